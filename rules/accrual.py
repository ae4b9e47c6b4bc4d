"""The days on which an amount of work within a moving window crosses a level, found without walking the days.

Between two *knots* (a stretch of work begins or ends, or its first or last day leaves the window) the amount
changes by the same sum every day, so that the next crossing is a division. On 1 March the window may move by
no day or by two, so that day is a knot as well in the years in which it does.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import isleap
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rules.days import NEVER, day
from rules.deadlines import anniversary
from rules.work import Stretch

DAYS_A_YEAR = 365


class Quantity(NamedTuple):
    """A sum of stretches within the last `years` years (None: ever), and the levels that matter.

    Stretches may overlap, and a negative rate takes away. `levels` ascend.
    """

    stretches: tuple[Stretch, ...]
    years: int | None
    levels: tuple[int, ...]

    def window(self, number: int) -> int:
        """The first day that counts on the day `number`."""
        return 0 if self.years is None else _first_of(number, self.years)

    def amount(self, number: int) -> int:
        """The sum on the day `number`."""
        return self.between(self.window(number), number)

    def between(self, first: int, number: int) -> int:
        """The sum from the day `first` to the day before `number`."""
        total = 0
        for start, stop, rate in self.stretches:
            days = min(stop, number) - max(start, first)
            if days > 0:
                total += days * rate
        return total


def crossings(quantity: Quantity, after: int, before: int) -> Iterable[int]:
    """The days between `after` and `before`, neither included, on which the sum reaches or leaves a level."""
    first = quantity.window(after)
    amount = quantity.between(first, after)
    return (
        _found(quantity, amount, after, before) if _in_reach(quantity, amount, first, after, before) else ()
    )


@lru_cache(maxsize=1 << 15)
def _first_of(number: int, years: int) -> int:
    """The first day of the last `years` years on the day `number`."""
    return day(date.fromordinal(number)).window(years)


def _found(quantity: Quantity, amount: int, after: int, before: int) -> Iterator[int]:
    """The crossings of a sum that is `amount` on the day `after`."""
    start = after
    for knot in _knots(quantity, after, before):
        last = knot - 1
        if last > start:
            reached = quantity.amount(last)
            yield from _within(quantity.levels, start, amount, (reached - amount) // (last - start), last)
            amount = reached
        if knot == before:
            return
        crossed = quantity.amount(knot)
        if bisect_right(quantity.levels, crossed) != bisect_right(quantity.levels, amount):
            yield knot
        start, amount = knot, crossed


def _in_reach(quantity: Quantity, amount: int, first: int, after: int, before: int) -> bool:
    """Whether any level lies between the least and the most that the sum can come to in between.

    It can rise by what is worked meanwhile, and fall by what leaves the window; a negative rate turns that round.
    `first` is the window's first day on `after`.
    """
    last = quantity.window(before)
    low = high = amount
    for start, stop, rate in quantity.stretches:
        comes = leaves = 0
        if stop > after and start < before:
            comes = (min(stop, before) - max(start, after)) * rate
        if stop > first and start < last:
            leaves = (min(stop, last) - max(start, first)) * rate
        if rate > 0:
            low, high = low - leaves, high + comes
        else:
            low, high = low + comes, high - leaves
    return bisect_right(quantity.levels, low) != bisect_right(quantity.levels, high)


def _within(levels: tuple[int, ...], start: int, amount: int, slope: int, last: int) -> Iterator[int]:
    """Crossings after `start` up to `last` while the amount changes by `slope` a day."""
    while slope:
        index = bisect_right(levels, amount)
        if slope > 0:
            if index == len(levels):
                return
            days = -((amount - levels[index]) // slope)
        else:
            if not index:
                return
            days = (amount - levels[index - 1]) // -slope + 1
        start, amount = start + days, amount + days * slope
        if start > last:
            return
        yield start


def _knots(quantity: Quantity, after: int, before: int) -> Iterable[int]:
    """The knots after `after`, the last one `before` itself; it comes early if no crossing can follow."""
    knots = {number for stretch in quantity.stretches for number in stretch[:2]}
    if quantity.years is None:
        return [*sorted(knot for knot in knots if after < knot < before), before]
    knots |= {_leaves(number, quantity.years) for number in knots if number < NEVER}
    steady = max(knot for knot in knots if knot < NEVER)
    if steady < before and _settled(quantity):
        before = max(after, steady) + 1
    knots |= _leap_knots(quantity.years, after, before)
    return [*sorted(knot for knot in knots if after < knot < before), before]


@lru_cache(maxsize=1 << 15)
def _leaves(number: int, years: int) -> int:
    """The day on which the day `number` is the first of the window, or has just left it."""
    return anniversary(date.fromordinal(number), years).toordinal()


def _settled(quantity: Quantity) -> bool:
    """Whether the amount stays between the same levels for ever once only open-ended work is left."""
    years = quantity.years or 0
    rate = sum(rate for _, stop, rate in quantity.stretches if stop >= NEVER)
    fewest = bisect_right(quantity.levels, rate * years * DAYS_A_YEAR)
    most = bisect_right(quantity.levels, rate * (years * DAYS_A_YEAR + years // 4 + 1))
    return fewest == most


def _leap_knots(years: int, after: int, before: int) -> frozenset[int]:
    return _uneven_years(years, date.fromordinal(after).year, date.fromordinal(before).year)


@lru_cache(maxsize=1 << 12)
def _uneven_years(years: int, first: int, last: int) -> frozenset[int]:
    """The first days of March of years in which the window moves otherwise than by a day."""
    uneven = (year for year in range(first, last + 1) if isleap(year) != isleap(year - years))
    return frozenset({date(year, 3, 1).toordinal() for year in uneven})
