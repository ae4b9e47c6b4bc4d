"""Kept factors in and out of the database: written beside every assessment, read back as columns, many at once.

A row is packed into bytes, big-endian, the wide fields with four and the others with two, in the order of ``Kept``. So
the database hands over a whole chunk of the pool as one value, and it becomes columns without a step for each row.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from struct import Struct
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray
from psycopg import ClientCursor

from lifecycle.tables import AGEING_PROFILE
from profiles.models import KeptFactors, PoolEntry
from rules import parameters
from rules.kept import Holding, Kept

Columns = dict[str, NDArray[np.int64]]

POOL, FACTORS = PoolEntry._meta.db_table, KeptFactors._meta.db_table
AGEING = ", ".join(f"'{state}'" for state in AGEING_PROFILE)
WIDE = frozenset({"born", "sent", "funds", "steady"})
EPOCH = date(1970, 1, 1)

LAYOUT = Struct(">" + "".join("i" if name in WIDE else "h" for name in Kept._fields))
COLUMNS = ("profile_id", "basis", "version", "until", "packed")
WRITE = f"""
    INSERT INTO {FACTORS} (profile_id, basis, until, version, packed)
    SELECT profile_id, basis, until, %s, substring(%s FROM (place::int - 1) * {LAYOUT.size} + 1 FOR {LAYOUT.size})
    FROM unnest(%s::bigint[], %s::text[], %s::date[]) WITH ORDINALITY AS rows(profile_id, basis, until, place)
    ON CONFLICT (profile_id) DO UPDATE SET
    basis = excluded.basis, version = excluded.version, until = excluded.until, packed = excluded.packed
"""

READ = f"""
    SELECT string_agg(
        int8send(profile_id) || int4send(until) || int2send(score) || int2send(programs) || int2send(categories)
        || int2send(in_pool) || int2send(known) || packed, ''
    ) FROM (
        SELECT pool.profile_id, coalesce(kept.until - date '{EPOCH}', 0)::int AS until, pool.score, pool.programs,
               pool.categories, (pool.state = 'in_pool')::int::smallint AS in_pool, known::int::smallint,
               CASE WHEN known THEN kept.packed ELSE '{{empty}}'::bytea END AS packed
        FROM (SELECT * FROM {POOL} WHERE {{which}}) AS pool
        LEFT JOIN (SELECT * FROM {FACTORS} WHERE {{which}}) AS kept USING (profile_id)
        CROSS JOIN LATERAL (SELECT coalesce(kept.basis = %(basis)s AND kept.until > %(on)s, false) AS known) AS holds
        WHERE pool.state IN ({AGEING}) AND pool.expires_at > %(at)s ORDER BY pool.profile_id
    ) AS rows
"""
EMPTY = "\\x" + "00" * LAYOUT.size
HEAD, END = 25, 2
"""Bytes before and after the one value of a binary COPY: signature, flags, lengths; the mark of the end."""
STATES = ("score", "programs", "pool_categories", "in_pool", "known")


def pack(kept: Kept) -> bytes:
    """Return a row as it is stored."""
    return LAYOUT.pack(*kept)


def unpack(packed: bytes) -> Kept:
    """Return the row that was stored."""
    return Kept(*LAYOUT.unpack(packed))


def row_of(profile_id: int, held: Holding) -> tuple[int, str, str, date, bytes]:
    """Return the cells of ``COLUMNS`` for a profile."""
    return profile_id, held.basis, parameters.VERSION, held.until, pack(held.kept)


def keep(profile_ids: Sequence[int], holdings: Sequence[Holding]) -> None:
    """Write what is kept of some profiles, in place of what was kept before. The two are parallel."""
    if len(holdings) != len(profile_ids):
        raise ValueError("Each profile needs what is kept of it: assess it with keeping=True.")
    if profile_ids:
        packed = b"".join(pack(held.kept) for held in holdings)
        bases, until = [held.basis for held in holdings], [held.until for held in holdings]
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [parameters.VERSION, packed, list(profile_ids), bases, until])


def read(which: str, values: dict[str, Any]) -> Columns:
    """Return rows of the pool, eligible or not, with what is kept of them, as columns by name, ordered by profile.

    ``which`` is a condition on ``profile_id``, by which both tables are searched. ``values`` holds its parameters, the
    instant ``at``, and ``basis`` and ``on``: ``known`` is 1 where what is kept was read by that basis and holds on that
    day. Columns: those of ``Kept``, ``profile`` and ``until`` (days since 1970), and ``STATES`` as the pool has them.
    """
    asked = READ.format(empty=EMPTY, which=which)
    with connection.cursor() as cursor:
        # With its values in it: the cursor that notes statements takes none beside a COPY.
        sql = ClientCursor(connection.connection).mogrify(asked, values)
        with cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)") as copy:
            told = b"".join(copy)
    rows = np.frombuffer(told, ROW, offset=HEAD, count=max(0, len(told) - HEAD - END) // ROW.itemsize)
    return {name: rows[name].astype(np.int64) for name in ROW.names or ()}


def day_of(number: int) -> date:
    """The day of a number of ``until``."""
    return date.fromordinal(EPOCH.toordinal() + number)


def _fields() -> Iterator[tuple[str, str]]:
    yield from (("profile", ">i8"), ("until", ">i4"), *((name, ">i2") for name in STATES))
    yield from ((name, ">i4" if name in WIDE else ">i2") for name in Kept._fields)


ROW = np.dtype([*_fields()])
