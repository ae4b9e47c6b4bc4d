"""What becomes of an invitation: declined by the candidate, or lapsed by time."""

from datetime import datetime

from django.db import transaction

from accounts.services import post_message, post_messages
from draws.errors import InvitationOver
from draws.models import Invitation
from lifecycle import moves
from lifecycle.jobs import in_batches
from lifecycle.schedule import Job
from lifecycle.tables import InvitationState, ProfileState
from profiles import assessing, pool_lock
from profiles.models import PoolEntry, Profile
from profiles.services import latest_submission

BATCH = 1000


@transaction.atomic
def decline(*, invitation: Invitation, at: datetime) -> ProfileState:
    """Decline an invitation; the profile returns to the pool with its old time. Declining twice is once.

    It is assessed anew as of that day: no longer eligible, or past its 12 months, it does not return. Returns the
    profile's state. Raises ``InvitationOver`` when it can no longer be answered.
    """
    pool_lock.share()
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("profile").get(pk=invitation.pk)
    )
    entry = PoolEntry.objects.select_for_update(of=("self",)).get(pk=invitation.profile_id)
    if invitation.state == InvitationState.DECLINED:
        return ProfileState(entry.state)
    if invitation.state_at(at) != InvitationState.ISSUED:
        raise InvitationOver
    account_id = invitation.profile.account_id
    moves.move(invitation, "decline", at=at, actor_id=account_id)
    details = {
        "round": invitation.round.number,
        "number": invitation.profile.number,
        "at_at": at.isoformat(),
    }
    post_message(account_id=account_id, kind="invitation_declined", details=details, at=at)
    return _return(invitation.profile, entry, at)


def lapse_invitations(*, at: datetime) -> int:
    """Lapse every invitation that was not answered in time and remove its profile; return how many."""
    return in_batches(Job.LAPSE_INVITATIONS, _lapse_batch, at=at)


def _return(profile: Profile, entry: PoolEntry, at: datetime) -> ProfileState:
    if at >= entry.expires_at:
        return _return_as(profile, entry, "return_expired", "profile_expired", at)
    submission = latest_submission(profile)
    (result,) = assessing.results([submission], at.date())
    assessing.reassess([entry], [submission], [result], at=at)
    entry.score = result.total
    if assessing.is_eligible(result):
        return _return_as(profile, entry, "return", "returned_to_pool", at)
    return _return_as(profile, entry, "return_ineligible", "profile_no_longer_eligible", at)


def _return_as(profile: Profile, entry: PoolEntry, event: str, kind: str, at: datetime) -> ProfileState:
    moves.move(entry, event, at=at, actor_id=profile.account_id, cause="invitation declined")
    details = {
        "number": profile.number,
        "score": entry.score,
        "day_on": at.date().isoformat(),
        "expires_at": entry.expires_at.isoformat(),
    }
    post_message(account_id=profile.account_id, kind=kind, details=details, at=at)
    return ProfileState(entry.state)


def _lapse_batch(at: datetime) -> int:
    pool_lock.share()
    # Locked in the order in which a correction locks them, so that neither waits for the other in a ring.
    due = Invitation.objects.due(at).select_for_update(of=("self",)).order_by("pk")
    due = due.select_related("round", "profile")[:BATCH]
    invitations = {invitation.pk: invitation for invitation in due}
    lapsed = [invitations[pk] for pk in moves.move_many(Invitation, invitations, "lapse", at=at)]
    moves.move_many(PoolEntry, [invitation.profile_id for invitation in lapsed], "lapse", at=at)
    post_messages(
        account_ids=[invitation.profile.account_id for invitation in lapsed],
        kind="invitation_lapsed",
        details=[
            {
                "round": invitation.round.number,
                "number": invitation.profile.number,
                "deadline_at": invitation.expires_at.isoformat(),
            }
            for invitation in lapsed
        ],
        at=at,
    )
    return len(lapsed)
