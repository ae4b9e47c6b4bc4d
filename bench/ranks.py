"""A candidate's rank from the tallies, beside counting the pool."""

import time
from collections.abc import Callable
from datetime import datetime

from django.db import connection

from bench.progress import say
from bench.rows import Row, row
from bench.scratch import LARGE, Scratch
from bench.sizes import Sizes
from bench.turns import best
from draws import queries
from lifecycle import clock
from profiles import tallying
from profiles.models import PoolEntry

CANDIDATES, TURNS = 20, 8
COUNT = """
    SELECT count(*) FILTER (WHERE score > %(score)s OR (score = %(score)s AND
               (submitted_at < %(first)s OR submitted_at = %(first)s AND profile_id < %(profile)s))) + 1,
           count(*), count(*) FILTER (WHERE score = %(score)s)
    FROM pool WHERE state = 'in_pool' AND expires_at > %(at)s
"""
AHEAD = """
    SELECT count(*) + 1 FROM pool WHERE state = 'in_pool' AND expires_at > %(at)s AND (score > %(score)s OR
        (score = %(score)s AND (submitted_at < %(first)s OR submitted_at = %(first)s AND profile_id < %(profile)s)))
"""
EVENLY = """
    SELECT profile_id FROM (
        SELECT profile_id, row_number() OVER (ORDER BY score DESC, submitted_at, profile_id) AS place
        FROM pool WHERE state = 'in_pool' AND expires_at > %(at)s
    ) AS placed WHERE place %% %(step)s = 0 LIMIT %(most)s
"""
Find = Callable[[PoolEntry, datetime], tuple[int, ...]]


def rank(scratch: Scratch, sizes: Sizes) -> list[Row]:
    """The standing (rank, total, how many share the score) of candidates all over the pool, and counting the same.

    Both must find the same for every candidate. The second row is for information: the rank alone by ``count(*)``.
    """
    scratch.use(LARGE)
    tallying.fold(least=1)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE pool")
        cursor.execute("VACUUM ANALYZE pool_tally")
    at = clock.now()
    chosen = _spread(at)
    say(f"  ranking {len(chosen)} candidates by tallies and by counting")
    _refuse_different(chosen, at)
    sides = [_timed(find, entry, at) for find in (_kept, _counted, _ahead) for entry in chosen]
    figures, count = best(sides, TURNS), len(chosen)
    kept, counted, ahead = (sum(figures[start : start + count]) for start in range(0, 3 * count, count))
    each = 1000 / count
    told = f"{len(chosen)} candidates of {sizes.large:,}"
    return [
        row("count(*) / rank of a candidate", (counted * each, kept * each), ("at least", 30), "ms", told),
        row("count(*) of those ahead / the same", (ahead * each, kept * each), None, "ms", told),
    ]


def _spread(at: datetime) -> list[PoolEntry]:
    """Candidates at even distances down the pool."""
    step = max(1, queries.in_pool(at).count() // CANDIDATES)
    with connection.cursor() as cursor:
        cursor.execute(EVENLY, {"at": at, "step": step, "most": CANDIDATES})
        return list(PoolEntry.objects.filter(pk__in=[key for (key,) in cursor.fetchall()]).order_by("pk"))


def _timed(find: Find, entry: PoolEntry, at: datetime) -> Callable[[], float]:
    def timed() -> float:
        begun = time.perf_counter()
        find(entry, at)
        return time.perf_counter() - begun

    return timed


def _kept(entry: PoolEntry, at: datetime) -> tuple[int, int, int]:
    found = queries.standing(entry, queries.pool_by_score(at), at)
    return found.rank, found.total, found.same_score


def _counted(entry: PoolEntry, at: datetime) -> tuple[int, ...]:
    return _ask(COUNT, entry, at)


def _ahead(entry: PoolEntry, at: datetime) -> tuple[int, ...]:
    return _ask(AHEAD, entry, at)


def _ask(sql: str, entry: PoolEntry, at: datetime) -> tuple[int, ...]:
    values = {"score": entry.score, "first": entry.submitted_at, "profile": entry.pk, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(cursor.fetchone())


def _refuse_different(chosen: list[PoolEntry], at: datetime) -> None:
    for entry in chosen:
        if _kept(entry, at) != _counted(entry, at) or _kept(entry, at)[:1] != _ahead(entry, at):
            raise SystemExit("The tallies and the count differ: there is nothing to compare.")
