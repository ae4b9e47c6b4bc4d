"""Keeping how many are in the pool at each score, so that a rank needs no count of the pool.

The database appends each statement's changes to ``pool_tally`` by itself (triggers of migration 0006). Appending
never waits for another writer, where one counter a score would make all who share it wait for the slowest of them.
"""

from django.db import connection, transaction

from profiles.models import PoolEntry, PoolTally

ENOUGH = 5_000
"""So many changes are summed up in a moment when read; folding fewer would only make work."""

POOL, TALLY = PoolEntry._meta.db_table, PoolTally._meta.db_table

FOLD = f"""
    WITH folded AS (DELETE FROM {TALLY} RETURNING score, change)
    INSERT INTO {TALLY} (score, change)
    SELECT score, sum(change) FROM folded GROUP BY score HAVING sum(change) <> 0
"""
COUNT = f"SELECT score, count(*) FROM {POOL} WHERE state = 'in_pool' GROUP BY score"
DIFFERENCES = f"""
    SELECT score, coalesce(kept, 0), coalesce(counted, 0)
    FROM (SELECT score, sum(change) AS kept FROM {TALLY} GROUP BY score HAVING sum(change) <> 0) AS tallies
    FULL JOIN ({COUNT}) AS counts(score, counted) USING (score)
    WHERE kept IS DISTINCT FROM counted ORDER BY score
"""


def fold(*, least: int = ENOUGH) -> int:
    """Make one row a score of all the changes once there are ``least`` of them; return how many it made.

    One statement takes what it sees and puts back the sum, so whoever reads, writes or folds meanwhile misses nothing.
    """
    if PoolTally.objects.count() < least:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(FOLD)
        return int(cursor.rowcount)


def differences() -> list[tuple[int, int, int]]:
    """Return (score, kept, counted) wherever what is kept is not what counting the pool gives; empty when all is well.

    One statement, so that both are seen at the same instant however busy the pool is. Counts the whole pool.
    """
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES)
        return list(cursor.fetchall())


@transaction.atomic
def rebuild() -> int:
    """Count the pool anew, in place of what was kept; return for how many scores.

    Whoever writes to the pool, or folds, waits meanwhile; readers do not.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {POOL}, {TALLY} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(f"DELETE FROM {TALLY}")
        cursor.execute(f"INSERT INTO {TALLY} (score, change) {COUNT}")
        return int(cursor.rowcount)
