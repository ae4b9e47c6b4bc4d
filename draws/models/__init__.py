"""Rounds and invitations."""

from draws.models.corrections import PlannedCorrection, RoundCorrection
from draws.models.invitations import Invitation, InvitationQuerySet
from draws.models.names import Category, InvitedAs, RoundType
from draws.models.rounds import Round, RoundQuerySet

__all__ = [
    "Category",
    "Invitation",
    "InvitationQuerySet",
    "InvitedAs",
    "PlannedCorrection",
    "Round",
    "RoundCorrection",
    "RoundQuerySet",
    "RoundType",
]
