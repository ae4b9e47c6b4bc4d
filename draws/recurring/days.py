"""The days of a rule, such as every second Wednesday. Pure: days are UTC days, so no clock is ever put forward in them.

The days of a rule are numbered from 0. The day of a number, and the number of the first day not before a given one,
are both found by arithmetic, however far apart they are.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = 7
MONTHS = 12
LAST_OF_MONTH = 5
END = date(2099, 12, 31)
"""No day lies after it: the portal's clock does not go further."""


class Unit(StrEnum):
    """What a rule counts in."""

    WEEKS = "weeks"
    MONTH = "month"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of days from ``first`` on, up to and with ``last``.

    ``WEEKS``: a ``weekday`` (0 is Monday) of every ``every``-th week, from the first one that is not before ``first``.
    ``MONTH``: the ``place``-th ``weekday`` of each month, 1 to 4, or ``LAST_OF_MONTH``; ``every`` is 1.
    ``DAYS``: every ``every``-th day, beginning with ``first``.
    """

    unit: Unit
    first: date
    every: int = 1
    weekday: int = 0
    place: int = 1
    last: date | None = None

    def day(self, number: int) -> date | None:
        """Return the day of a number; nothing after the last day. Raises ``ValueError`` for a negative number."""
        if number < 0:
            raise ValueError(f"no day has the number {number}")
        found = self._month_day(number) if self.unit == Unit.MONTH else self._stepped(number)
        return found if found is not None and found <= (self.last or END) else None

    def number(self, on: date) -> int:
        """Return the number of the first day of the rule that is not before a day, were there no last one."""
        if self.unit == Unit.MONTH:
            return self._month_number(on)
        return max(0, -((self._anchor() - on).days // self._step()))

    def days(self, start: date, end: date) -> Iterator[date]:
        """Yield the days of the rule from a day up to and with another."""
        number = self.number(start)
        while (day := self.day(number)) is not None and day <= end:
            yield day
            number += 1

    def _step(self) -> int:
        return self.every * WEEK if self.unit == Unit.WEEKS else self.every

    def _anchor(self) -> date:
        """Return day 0 of a rule with an even step."""
        if self.unit == Unit.DAYS:
            return self.first
        return self.first + timedelta(days=(self.weekday - self.first.weekday()) % WEEK)

    def _stepped(self, number: int) -> date | None:
        days = number * self._step()
        return self._anchor() + timedelta(days=days) if days <= (END - self._anchor()).days else None

    def _month_day(self, number: int) -> date | None:
        return self._of_month(self._first_month() + number)

    def _month_number(self, on: date) -> int:
        """Return the number of this month's day, or of the next month's when this one's is over."""
        first = self._first_month()
        month = month_of(max(on, self.first))
        found = self._of_month(month)
        return max(0, month - first + int(found is not None and found < on))

    def _first_month(self) -> int:
        month = month_of(self.first)
        found = self._of_month(month)
        return month + int(found is not None and found < self.first)

    def _of_month(self, month: int) -> date | None:
        """Return the rule's day of a month, counted from the year 0; nothing after ``END``."""
        year, index = divmod(month, MONTHS)
        if year > END.year:
            return None
        first_weekday, length = monthrange(year, index + 1)
        early = 1 + (self.weekday - first_weekday) % WEEK
        if self.place != LAST_OF_MONTH:
            return date(year, index + 1, early + (self.place - 1) * WEEK)
        return date(year, index + 1, early + (length - early) // WEEK * WEEK)


def month_of(day: date) -> int:
    """Return the number of a day's month, counted from the year 0."""
    return day.year * MONTHS + day.month - 1
