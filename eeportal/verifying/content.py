"""A digest of everything that the database holds: the same before a dump and after its restore.

It covers every row and every column of every table of this portal and of the parts it is built with, in whatever order
the rows lie. It leaves out what changes by itself while nothing happens: signed-in sessions, what the jobs note of
their runs, the tallies that a job folds (their sums are verified instead), and which migrations ran when.
"""

import hashlib
from dataclasses import dataclass

from django.db import connection

LEFT_OUT = frozenset(
    {
        "accounts_session",
        "django_migrations",
        "django_session",
        "lifecycle_jobrun",
        "lifecycle_jobstate",
        "pool_tally",
    }
)
TABLES = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace ORDER BY relname
"""
# Whatever the session or the server prefers, a row is written out in one way.
ONE_WAY = """
    SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
    SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'
"""
# Sums do not mind the order of the rows, and tell a row that is there twice from one that is there once.
TABLE_DIGEST = """
    SELECT count(*), coalesce(sum(('x' || left(row_digest, 16))::bit(64)::bigint::numeric), 0),
           coalesce(sum(('x' || right(row_digest, 16))::bit(64)::bigint::numeric), 0)
    FROM (SELECT md5(held::text) AS row_digest FROM "{table}" AS held) AS digests
"""


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows each table has, and the digest of all that is covered."""

    rows: dict[str, int]
    digest: str


def content() -> Content:
    """Return what the database holds; to be called in a transaction, so that all of it is seen at one instant."""
    rows: dict[str, int] = {}
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        cursor.execute(ONE_WAY)
        cursor.execute(TABLES)
        for (table,) in cursor.fetchall():
            if table not in LEFT_OUT:
                cursor.execute(TABLE_DIGEST.format(table=table))
                count, *sums = cursor.fetchone()
                rows[table] = count
                digest.update(f"{table},{count},{sums[0]},{sums[1]}\n".encode())
    return Content(rows, digest.hexdigest())
