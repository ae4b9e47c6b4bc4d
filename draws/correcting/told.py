"""What everybody is told of a corrected round, and a candidate of a withdrawn invitation. Changes nothing."""

from dataclasses import dataclass

from draws.models import Invitation, Round, RoundCorrection
from lifecycle.tables import InvitationState


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A candidate's invitation that was withdrawn, and the correction that did it."""

    invitation: Invitation
    correction: RoundCorrection


def corrections_of(held: Round) -> list[RoundCorrection]:
    """Return the corrections of a round that withdrew something, the first one first."""
    return list(RoundCorrection.objects.filter(round=held, withdrawn__gt=0))


def correction_of(invitation: Invitation) -> RoundCorrection | None:
    """Return the correction that withdrew an invitation; None where none did."""
    if invitation.state != InvitationState.RESCINDED:
        return None
    done = RoundCorrection.objects.filter(round=invitation.round_id)
    return done.filter(planned__invitations__contains=[invitation.pk]).order_by("pk").first()


def withdrawn_last(profile_id: int) -> Withdrawn | None:
    """Return the newest invitation of a profile if it was withdrawn; None once it was invited again, or never."""
    newest = Invitation.objects.filter(profile_id=profile_id).select_related("round").order_by("-pk").first()
    correction = correction_of(newest) if newest else None
    return Withdrawn(newest, correction) if newest and correction else None
