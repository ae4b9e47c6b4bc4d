"""What becomes of the profiles whose invitation is withdrawn: assessed as of the day, with their old time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from draws.models import Invitation
from lifecycle import moves
from lifecycle.tables import ProfileState
from profiles import assessing
from profiles.models import PoolEntry, Submission
from rules.assessment import Assessment as Result

BATCH = 1000
FORECAST_UP_TO = 5_000
"""For more invitations the forecast would take longer than a page may; they are assessed when it is carried out."""

EVENTS = {
    ProfileState.IN_POOL: "return",
    ProfileState.INELIGIBLE: "return_ineligible",
    ProfileState.EXPIRED: "return_expired",
}


def in_batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the keys in slices of ``BATCH``, so that memory stays small."""
    for start in range(0, len(keys), BATCH):
        yield keys[start : start + BATCH]


def forecast_of(invitations: Sequence[int], at: datetime) -> dict[str, int]:
    """Return how many profiles would come to each state, if they returned now; empty for too many to wait for."""
    counts: Counter[str] = Counter()
    if len(invitations) > FORECAST_UP_TO:
        return counts
    for batch in in_batches(invitations):
        counts.update(state.value for state in states_to_come(batch, at).values())
    return dict(counts)


def states_to_come(invitations: Sequence[int], at: datetime) -> dict[int, ProfileState]:
    """Return profile -> the state it would return to now. Changes nothing."""
    entries = entries_of(_profiles_of(invitations))
    results = _assess([entry for entry in entries if at < entry.expires_at], at)
    return {entry.pk: _state(entry, results, at) for entry in entries}


def give_back(profiles: Sequence[int], *, at: datetime, cause: str) -> dict[int, ProfileState]:
    """Return invited profiles to the pool, or to where time has led them; the caller holds the pool's lock, shared.

    Each keeps the time that breaks ties; it is assessed anew unless its 12 months are over.
    """
    entries = entries_of(profiles, locked=True)
    results = _assess([entry for entry in entries if at < entry.expires_at], at)
    assessed = [entry for entry in entries if entry.pk in results]
    if assessed:
        found = [results[entry.pk] for entry in assessed]
        assessing.reassess(assessed, [sent for sent, _result in found], [got for _sent, got in found], at=at)
    states = {entry.pk: _state(entry, results, at) for entry in entries}
    for state, event in EVENTS.items():
        there = [pk for pk, own in states.items() if own == state]
        moves.move_many(PoolEntry, there, event, at=at, cause=cause)
    return states


def entries_of(profiles: Sequence[int], *, locked: bool = False) -> list[PoolEntry]:
    """Return the pool rows of profiles, by profile; ``locked`` for the caller's transaction."""
    rows = PoolEntry.objects.filter(pk__in=profiles).order_by("pk")
    return list(rows.select_for_update(of=("self",)) if locked else rows)


def _assess(entries: Sequence[PoolEntry], at: datetime) -> dict[int, tuple[Submission, Result]]:
    """Return profile -> what was last sent and how it is assessed on the day."""
    latest = (
        Submission.objects.filter(profile__in=[entry.pk for entry in entries])
        .order_by("profile_id", "-sequence")
        .distinct("profile_id")
    )
    sent = list(latest)
    pairs = zip(sent, assessing.results(sent, at.date()), strict=True)
    return {submission.profile_id: (submission, result) for submission, result in pairs}


def _state(entry: PoolEntry, results: dict[int, tuple[Submission, Result]], at: datetime) -> ProfileState:
    if at >= entry.expires_at:
        return ProfileState.EXPIRED
    _sent, result = results[entry.pk]
    return ProfileState.IN_POOL if assessing.is_eligible(result) else ProfileState.INELIGIBLE


def _profiles_of(invitations: Sequence[int]) -> list[int]:
    return list(
        Invitation.objects.filter(pk__in=invitations).order_by("pk").values_list("profile", flat=True)
    )
