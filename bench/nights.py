"""What time does to the pool in a night: results that are due, and profiles whose year is over."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection

from bench.progress import say
from bench.rows import Row, row
from bench.scratch import LARGE, SMALL, Scratch, rest
from bench.sizes import Sizes
from bench.turns import best, seconds
from lifecycle import clock
from lifecycle.tables import AGEING_PROFILE
from profiles import ageing
from profiles.models import PoolEntry

NIGHTS = 3
SETTLED = 4
"""The nights after which as many are due each night as in any other: the first ones are thin in a pool just made."""

BARE = "CREATE TABLE bare_pool (LIKE pool INCLUDING ALL)"
UPDATE_ALL = "UPDATE bare_pool SET score = score"


def due_tonight(scratch: Scratch, sizes: Sizes) -> list[Row]:
    """A night's results derived and written, for as many nights as turns, and a bare update of all rows."""
    scratch.use(LARGE)
    tonight = clock.now() + timedelta(days=SETTLED)
    say("  letting the pool settle")
    ageing.assess_due(at=tonight)
    nights, counts = iter(range(1, NIGHTS + 1)), list[int]()

    def night() -> float:
        at = tonight + timedelta(days=next(nights))
        counts.append(due(at))
        rest("pool")
        return seconds(lambda: ageing.assess_due(at=at))

    ours, reference = best([night, bare_update], NIGHTS)
    drop_bare()
    if not min(counts):
        raise SystemExit("In one of the nights nothing was due: there is nothing to measure.")
    told = f"{min(counts):,} to {max(counts):,} due of {sizes.large:,}"
    return [row("rows due tonight / update of all rows", (ours, reference), ("at most", 0.10), "s", told)]


def due(at: datetime) -> int:
    """How many results are due on an instant."""
    return PoolEntry.objects.filter(
        state__in=AGEING_PROFILE, next_change_on__lte=at.date(), expires_at__gt=at
    ).count()


def bare_update() -> float:
    """The seconds of rewriting every row of a copy of the pool with the same indexes, and without triggers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('bare_pool')")
        if cursor.fetchone()[0] is None:
            cursor.execute(BARE)
            cursor.execute("INSERT INTO bare_pool SELECT * FROM pool")
        rest("bare_pool")
        return seconds(lambda: cursor.execute(UPDATE_ALL))


def drop_bare() -> None:
    """Drop the copy."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bare_pool")


def expiry_a_row(scratch: Scratch, sizes: Sizes) -> list[Row]:
    """The job that expires profiles, by row, on both pools in turns: each time for the next few thousand."""

    def on(name: str) -> Callable[[], float]:
        def expire() -> float:
            scratch.use(name)
            at = _when_over(sizes.invited)
            rest("pool")
            expired: list[int] = []
            taken = seconds(lambda: expired.append(ageing.expire_profiles(at=at)))
            return 1_000_000 * taken / expired[0]

        return expire

    ours, reference = best([on(LARGE), on(SMALL)], NIGHTS)
    told = f"{sizes.invited:,} of {sizes.large:,} / of {sizes.small:,}"
    return [row("expiry a row, large pool / small", (ours, reference), ("at most", 1.3), "µs", told)]


def _when_over(count: int) -> datetime:
    """Return the instant at which so many more are over."""
    remaining = PoolEntry.objects.filter(state__in=AGEING_PROFILE).order_by("expires_at")
    return remaining.values_list("expires_at", flat=True)[min(count, remaining.count()) - 1]
