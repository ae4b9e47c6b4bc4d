"""Where a candidate would stand in the pool with another score and the same time of submission."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from draws import queries
from profiles.models import PoolEntry


@dataclass(frozen=True, slots=True)
class Ranks:
    """The rank by score, and how many would be in the pool, the candidate included."""

    by_score: Mapping[int, int]
    total: int


def would_stand(
    scores: Collection[int], *, submitted_at: datetime, entry: PoolEntry | None, at: datetime
) -> Ranks:
    """Return the rank that each score would have among everybody else now in the pool, in two queries."""
    pool = queries.pool_by_score(at)
    if entry is not None and entry.score in pool and queries.in_pool_at(entry, at):
        pool[entry.score] -= 1
    own = 0 if entry is None else entry.pk
    earlier = Q(submitted_at__lt=submitted_at)
    if entry is not None:
        earlier |= Q(submitted_at=submitted_at, profile_id__lt=own)
    ahead = dict(
        queries.in_pool(at)
        .filter(earlier, score__in=set(scores))
        .exclude(profile_id=own)
        .values_list("score")
        .annotate(count=Count("profile_id"))
    )
    ranks = {
        score: 1 + ahead.get(score, 0) + sum(count for other, count in pool.items() if other > score)
        for score in scores
    }
    return Ranks(ranks, sum(pool.values()) + 1)
