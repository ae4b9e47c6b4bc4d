"""A day as a number, and the first day of a window of whole years that ends before it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from rules.deadlines import anniversary

NEVER: Final = date.max.toordinal() + 1
"""The number of a day that no assessment reaches."""


class Day:
    """One assessment day; `number` is its proleptic Gregorian ordinal."""

    __slots__ = ("_windows", "date", "number")

    def __init__(self, on: date) -> None:
        self.date = on
        self.number = on.toordinal()
        self._windows: dict[int, int] = {}

    def window(self, years: int) -> int:
        """The number of the first day of the last `years` years; the window ends the day before this day."""
        if years not in self._windows:
            self._windows[years] = anniversary(self.date, -years).toordinal()
        return self._windows[years]


@lru_cache(maxsize=8192)
def day(on: date) -> Day:
    """The `Day` of a date."""
    return Day(on)
