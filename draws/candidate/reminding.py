"""Reminders that an invitation waits for its answer."""

from datetime import datetime

from draws.models import Invitation
from lifecycle.schedule import Job
from lifecycle.tables import InvitationState
from profiles import reminding
from profiles.reminding import ANSWER_DAYS, BATCH, Due, stages, unsaid, words


def remind_invited(*, at: datetime) -> int:
    """Remind the invited who have not answered 14, 7 and 1 days before the deadline; return how many."""
    return reminding.run(Job.REMIND_INVITED, (_invitations,), at)


def _invitations(at: datetime) -> list[Due]:
    due: list[Due] = []
    for days, most, least in stages(ANSWER_DAYS):
        found = Invitation.objects.filter(
            state=InvitationState.ISSUED,
            expires_at__lte=at + most,
            expires_at__gt=at + least,
            profile__simulated=False,
        )
        kind = f"invitation_{days}"
        named = unsaid(found, kind, words("invitation")).select_related("profile", "round")
        due += [_invitation(invitation, kind) for invitation in named.order_by("pk")[:BATCH]]
    return due


def _invitation(held: Invitation, kind: str) -> Due:
    details = {
        "number": held.profile.number,
        "round": held.round.number,
        "deadline_at": held.expires_at.isoformat(),
        "deadline_on": held.expires_at.date().isoformat(),
    }
    ends = held.expires_at.date()
    return Due(held.profile.account_id, kind, f"invitation {held.pk}", ends, "invitation_ends_soon", details)
