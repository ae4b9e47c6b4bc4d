"""Carrying out a confirmed correction: all of it in one transaction, once, whoever else tries at the same time."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from accounts.services import post_messages
from draws.correcting.returning import give_back, in_batches
from draws.models import Invitation, PlannedCorrection, RoundCorrection
from lifecycle import jobs, moves
from lifecycle.models import Transition
from lifecycle.schedule import Job
from lifecycle.tables import CORRECTION, CorrectionState, InvitationState, ProfileState
from profiles import pool_lock
from profiles.models import PoolEntry, Profile

KINDS = {
    ProfileState.IN_POOL: "invitation_withdrawn",
    ProfileState.INELIGIBLE: "invitation_withdrawn_ineligible",
    ProfileState.EXPIRED: "invitation_withdrawn_expired",
}
"""The message that a candidate gets, by what became of the profile."""


def carry_out_confirmed(*, at: datetime) -> int:
    """Carry out every confirmed correction, each in its transaction; return how many."""
    return jobs.in_batches(Job.CORRECT_ROUNDS, carry_out_next, at=at)


@transaction.atomic
def carry_out_next(at: datetime) -> int:
    """Carry out the correction that was confirmed first; return 1, or 0 when none waits.

    What was answered, or lapsed, meanwhile stays as it is. Killed anywhere, it leaves all or nothing and still waits.
    """
    pool_lock.share()
    waiting = PlannedCorrection.objects.select_for_update(of=("self",)).select_related("round")
    planned = waiting.filter(state=CorrectionState.CONFIRMED).order_by("pk").first()
    if planned is None:
        return 0
    _carry_out(planned, at)
    return 1


def _carry_out(planned: PlannedCorrection, at: datetime) -> None:
    confirmed_by = _confirmer_of(planned)
    withdrawn = _withdraw(planned, at)
    states = Counter[ProfileState]()
    for batch in in_batches(withdrawn):
        states.update(_return(planned, batch, at))
    RoundCorrection.objects.create(
        planned=planned,
        round=planned.round,
        reason_en=planned.reason_en,
        reason_fr=planned.reason_fr,
        prepared_by_id=planned.prepared_by_id,
        confirmed_by_id=confirmed_by,
        at=at,
        withdrawn=len(withdrawn),
        returned=states[ProfileState.IN_POOL],
        ineligible=states[ProfileState.INELIGIBLE],
        expired=states[ProfileState.EXPIRED],
        kept=len(planned.invitations) - len(withdrawn),
        digest=digest_of(withdrawn),
    )
    moves.move(planned, "carry_out", at=at, actor_id=confirmed_by)


def digest_of(invitations: Iterable[int]) -> str:
    """Return the SHA-256 of the keys of invitations in their order, parted by commas, as 64 hexadecimal digits."""
    return hashlib.sha256(",".join(map(str, invitations)).encode()).hexdigest()


def _withdraw(planned: PlannedCorrection, at: datetime) -> list[int]:
    """Withdraw those of the prepared list that are still open; return them, by rank.

    All are locked first, in one order, so that an answer or a lapse comes before it or finds it done.
    """
    held = Invitation.objects.select_for_update(of=("self",)).filter(pk__in=planned.invitations)
    still_open = held.filter(state=InvitationState.ISSUED, expires_at__gt=at).order_by("pk")
    keys = list(still_open.values_list("pk", flat=True))
    moved = set(moves.move_many(Invitation, keys, "rescind", at=at, cause=_cause(planned)))
    return [pk for pk in planned.invitations if pk in moved]


def _return(planned: PlannedCorrection, invitations: Sequence[int], at: datetime) -> Iterable[ProfileState]:
    """Return the profiles of withdrawn invitations, tell their candidates, and return what they became."""
    profiles = Profile.objects.filter(invitations__in=invitations).order_by("pk")
    owners = {profile.pk: profile for profile in profiles}
    states = give_back(list(owners), at=at, cause=_cause(planned))
    entries = PoolEntry.objects.in_bulk(list(owners))
    for state, kind in KINDS.items():
        there = [owners[pk] for pk, own in states.items() if own == state]
        post_messages(
            account_ids=[profile.account_id for profile in there],
            kind=kind,
            details=[_details(planned, profile, entries, at) for profile in there],
            at=at,
        )
    return states.values()


def _details(
    planned: PlannedCorrection, profile: Profile, entries: Mapping[int, PoolEntry], at: datetime
) -> dict[str, str | int]:
    entry = entries[profile.pk]
    return {
        "round": planned.round.number,
        "number": profile.number,
        "score": entry.score,
        "at_at": at.isoformat(),
        "day_on": at.date().isoformat(),
        "expires_at": entry.expires_at.isoformat(),
        "reason_en": planned.reason_en,
        "reason_fr": planned.reason_fr,
    }


def _confirmer_of(planned: PlannedCorrection) -> int | None:
    log = Transition.objects.filter(machine=CORRECTION.name, thing_id=planned.pk, event="confirm")
    return log.values_list("actor_id", flat=True).get()


def _cause(planned: PlannedCorrection) -> str:
    return f"round {planned.round.number} corrected"
