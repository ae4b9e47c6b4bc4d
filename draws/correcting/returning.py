"""What becomes of the profiles whose invitation is withdrawn: assessed as of the day, with their old time."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from draws.models import Invitation
from lifecycle import moves
from lifecycle.tables import ProfileState
from profiles import assessing
from profiles.models import PoolEntry, Submission
from rules import facts
from rules.assessment import assess_many
from rules.grace import in_pool

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
    sent = _sent([entry for entry in entries if at < entry.expires_at])
    candidates = [facts.parse(one.facts) for one in sent]
    # What comes next is not asked for a forecast, and takes the most time.
    found = assess_many(candidates, at.date(), next_change=False)
    eligible = {
        one.profile_id: assessing.is_eligible(in_pool(candidate, result))
        for one, candidate, result in zip(sent, candidates, found, strict=True)
    }
    return {entry.pk: _state(entry, eligible, at) for entry in entries}


def give_back(profiles: Sequence[int], *, at: datetime, cause: str) -> dict[int, ProfileState]:
    """Return invited profiles to the pool, or to where time has led them; the caller holds the pool's lock, shared.

    Each keeps the time that breaks ties; it is assessed anew unless its 12 months are over.
    """
    entries = entries_of(profiles, locked=True)
    assessed = [entry for entry in entries if at < entry.expires_at]
    sent = _sent(assessed)
    results = assessing.results(sent, at.date())
    if assessed:
        assessing.reassess(assessed, sent, results, at=at)
    found = zip(assessed, results, strict=True)
    eligible = {entry.pk: assessing.is_eligible(result) for entry, result in found}
    states = {entry.pk: _state(entry, eligible, at) for entry in entries}
    for state, event in EVENTS.items():
        there = [pk for pk, own in states.items() if own == state]
        moves.move_many(PoolEntry, there, event, at=at, cause=cause)
    return states


def entries_of(profiles: Sequence[int], *, locked: bool = False) -> list[PoolEntry]:
    """Return the pool rows of profiles, by profile; ``locked`` for the caller's transaction."""
    rows = PoolEntry.objects.filter(pk__in=profiles).order_by("pk")
    return list(rows.select_for_update(of=("self",)) if locked else rows)


def _sent(entries: Sequence[PoolEntry]) -> list[Submission]:
    """Return what was last sent of each profile, in the order of the entries."""
    latest = Submission.objects.filter(profile__in=[entry.pk for entry in entries])
    return list(latest.order_by("profile_id", "-sequence").distinct("profile_id"))


def _state(entry: PoolEntry, eligible: Mapping[int, bool], at: datetime) -> ProfileState:
    if at >= entry.expires_at:
        return ProfileState.EXPIRED
    return ProfileState.IN_POOL if eligible[entry.pk] else ProfileState.INELIGIBLE


def _profiles_of(invitations: Sequence[int]) -> list[int]:
    return list(
        Invitation.objects.filter(pk__in=invitations).order_by("pk").values_list("profile", flat=True)
    )
