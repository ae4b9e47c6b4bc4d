"""Rounds and invitations."""

from draws.models.corrections import PlannedCorrection, RoundCorrection
from draws.models.invitations import Invitation, InvitationQuerySet
from draws.models.names import Category, InvitedAs, RoundType
from draws.models.previews import Seen
from draws.models.recurring import Occurrence, RecurringPlan, RecurringStep, Skipped
from draws.models.rounds import Round, RoundQuerySet

__all__ = [
    "Category",
    "Invitation",
    "InvitationQuerySet",
    "InvitedAs",
    "Occurrence",
    "PlannedCorrection",
    "RecurringPlan",
    "RecurringStep",
    "Round",
    "RoundCorrection",
    "RoundQuerySet",
    "RoundType",
    "Seen",
    "Skipped",
]
