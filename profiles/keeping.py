"""Kept factors in and out of the database: written beside every assessment, read back as columns, many at once."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from profiles.models import KeptFactors, PoolEntry
from rules import parameters
from rules.kept import Holding, Kept

Columns = dict[str, NDArray[Any]]

POOL, FACTORS = PoolEntry._meta.db_table, KeptFactors._meta.db_table
WIDE = frozenset({"born", "sent", "funds"})
EPOCH = date(1970, 1, 1)

NAMES = ", ".join(("profile_id", "basis", "version", "until", *Kept._fields))
TYPES = ("bigint", "text", "text", "date", *("int" if name in WIDE else "smallint" for name in Kept._fields))
WRITE = f"""
    INSERT INTO {FACTORS} ({NAMES}) SELECT * FROM unnest({", ".join(f"%s::{kind}[]" for kind in TYPES)})
    ON CONFLICT (profile_id) DO UPDATE SET
    {", ".join(f"{name} = excluded.{name}" for name in ("basis", "version", "until", *Kept._fields))}
"""

HEAD = 19
"""Bytes before the first row of a binary COPY without extensions: signature, flags, length of what is extended."""
END = 2
STATES = ("score", "programs", "pool_categories", "in_pool", "known")


def keep(profile_ids: Sequence[int], holdings: Sequence[Holding]) -> None:
    """Write what is kept of some profiles, in place of what was kept before. The two are parallel."""
    if not profile_ids:
        return
    if len(holdings) != len(profile_ids):
        raise ValueError("Each profile needs what is kept of it: assess it with keeping=True.")
    rows = [
        [held.basis for held in holdings],
        [parameters.VERSION] * len(holdings),
        [held.until for held in holdings],
    ]
    columns = [list(column) for column in zip(*(held.kept for held in holdings), strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(profile_ids), *rows, *columns])


def read(where: str, values: dict[str, Any]) -> Columns:
    """Return rows of the pool with what is kept of them, as columns by name, ordered by profile.

    ``where`` ends the statement, from ``WHERE`` on; the pool is ``pool`` in it. ``values`` holds its parameters, and
    ``basis`` and ``on``: ``known`` is 1 where what is kept was read by that basis and holds on that day. Columns:
    those of ``Kept``, ``profile`` and ``until`` (days since 1970), and ``STATES`` as the pool has them.
    """
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({_select()} {where}) TO STDOUT (FORMAT BINARY)", values) as copy,
    ):
        told = b"".join(copy)
    rows = np.frombuffer(told, _row(), offset=HEAD, count=(len(told) - HEAD - END) // _row().itemsize)
    return {name: rows[name].astype(np.int64) for name in rows.dtype.names or () if not name.startswith("_")}


def day_of(number: int) -> date:
    """The day of a number of ``until``."""
    return date.fromordinal(EPOCH.toordinal() + number)


def _select() -> str:
    kept = ", ".join(
        f"coalesce(kept.{name}, 0)::{'int' if name in WIDE else 'smallint'}" for name in Kept._fields
    )
    return f"""
        SELECT pool.profile_id, coalesce(kept.until - date '{EPOCH}', 0)::int,
               pool.score::smallint, pool.programs::smallint, pool.categories::smallint,
               (pool.state = 'in_pool')::int::smallint,
               coalesce(kept.basis = %(basis)s AND kept.until > %(on)s, false)::int::smallint, {kept}
        FROM {POOL} AS pool LEFT JOIN {FACTORS} AS kept USING (profile_id)"""


def _row() -> np.dtype[Any]:
    """A row of a binary COPY: how many fields, then each with its length before it."""
    return np.dtype([("_fields", ">i2"), *_fields()])


def _fields() -> Iterator[tuple[str, str]]:
    sizes = {"profile": ">i8", "until": ">i4"} | dict.fromkeys(STATES, ">i2")
    sizes |= {name: ">i4" if name in WIDE else ">i2" for name in Kept._fields}
    for name, size in sizes.items():
        yield f"_{name}", ">i4"
        yield name, size
