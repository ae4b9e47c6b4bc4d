"""What the pool looks like and where a candidate stands in it. Changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from draws.charts.bands import BANDS
from draws.models import Invitation, Round
from lifecycle.tables import InvitationState, ProfileState
from profiles.models import PoolEntry, PoolTally

BY_SCORE = f"""
    SELECT score, sum(change) FROM (
        SELECT score, change FROM {PoolTally._meta.db_table}
        UNION ALL
        SELECT score, -1 FROM {PoolEntry._meta.db_table} WHERE state = 'in_pool' AND expires_at <= %s
    ) AS changes GROUP BY score HAVING sum(change) <> 0
"""

AHEAD = f"""
    SELECT count(*) FROM {PoolEntry._meta.db_table}
    WHERE state = 'in_pool' AND expires_at > %s AND score = %s AND (submitted_at, profile_id) < (%s, %s)
"""
"""Among those with the same score only, from end to end of one index."""


@dataclass(frozen=True)
class Standing:
    """A candidate's place: ``rank`` of ``total`` in the pool, and how many share the score."""

    rank: int
    total: int
    same_score: int


def in_pool(at: datetime) -> QuerySet[PoolEntry]:
    """The rows that are in the pool at an instant, even when the job that expires profiles is late."""
    return PoolEntry.objects.filter(state=ProfileState.IN_POOL, expires_at__gt=at)


def in_pool_at(entry: PoolEntry, at: datetime) -> bool:
    """Whether an entry is in the pool at an instant."""
    return entry.state_at(at) == ProfileState.IN_POOL


def standing(entry: PoolEntry, by_score: Mapping[int, int], at: datetime) -> Standing:
    """Return where an entry of the pool stands among all of them, whose ``pool_by_score`` is given.

    Only those with the same score are looked at one by one.
    """
    with connection.cursor() as cursor:
        cursor.execute(AHEAD, [at, entry.score, entry.submitted_at, entry.pk])
        ahead = cursor.fetchone()[0]
    higher = sum(count for score, count in by_score.items() if score > entry.score)
    return Standing(
        rank=higher + ahead + 1,
        total=sum(by_score.values()),
        same_score=by_score.get(entry.score, 0),
    )


def pool_by_band(at: datetime) -> list[int]:
    """Return how many are in the pool in each of ``BANDS``, in that order."""
    by_score = pool_by_score(at)
    return [
        sum(count for score, count in by_score.items() if band.low <= score <= band.high) for band in BANDS
    ]


def pool_by_score(at: datetime) -> dict[int, int]:
    """Return score -> how many in the pool have it, in one query that looks at the tallies instead of the pool.

    Those whose time is over but whom the job has not expired yet are taken off; an index finds them.
    """
    with connection.cursor() as cursor:
        cursor.execute(BY_SCORE, [at])
        return dict(cursor.fetchall())


def open_invitation(profile_id: int) -> Invitation | None:
    """Return the profile's unanswered invitation, whether or not its time is over."""
    waiting = Invitation.objects.filter(profile_id=profile_id, state=InvitationState.ISSUED)
    return waiting.select_related("round", "profile").first()


def next_number(last_published: int) -> int:
    """Return the number of the next round: after the published ones and after our own."""
    newest = Round.objects.order_by("-number").values_list("number", flat=True).first()
    return max(newest or 0, last_published) + 1
