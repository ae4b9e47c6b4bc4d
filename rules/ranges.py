"""Tables of ranges, as the law prints them, turned into lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rules.parameters import ParameterError


def by_number(rows: Iterable[Mapping[str, Any]], key: str, last: int, column: str = "points") -> list[int]:
    """Entry n, for 0 to `last`, is `column` of the row whose range `key` ([from, to]; None: no end) holds n.

    Raises `ParameterError` for a number that no row or more than one row holds.
    """
    found = []
    for number in range(last + 1):
        held = [row[column] for row in rows if holds(row[key], number)]
        if len(held) != 1:
            raise ParameterError(f"{len(held)} rows hold {key} {number}; exactly one must: {list(rows)}")
        found.append(held[0])
    return found


def holds(ends: tuple[int, int | None], number: int) -> bool:
    """Whether `number` lies in the range, both ends included."""
    first, last = ends
    return first <= number and (last is None or number <= last)
