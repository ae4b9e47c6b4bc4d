"""The first later day on which anything in a result differs although the facts stay.

Days that could matter are gathered and tried in order: days that the profile itself names (birthdays, tests,
credentials, offers, nominations), first days of parameters, and days on which an amount of work crosses a
level. Nothing can change between two of them, so the answer is exact.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterable, Iterator
from datetime import date
from functools import lru_cache
from heapq import merge
from typing import Final, NamedTuple

from rules.accrual import Quantity, crossings
from rules.days import NEVER
from rules.deadlines import anniversary
from rules.factors import MOST_YEARS
from rules.grid import grid
from rules.parameters import Book, InForce
from rules.programs import limits
from rules.timeline import SpouseTimeline, Timeline, timeline
from rules.work import Curve, History

HORIZON_YEARS: Final = 120
AHEAD: Final = 366

Trial = tuple[Timeline, int]


def next_change(
    known: Timeline, on: date, book: Book, *, ageing: bool = True
) -> Generator[Trial, bool, date | None]:
    """Search the first day after `on` on which the result differs; None if there is none within `HORIZON_YEARS`.

    `known` is the timeline on `on`. Yields a timeline and the number of a day to be tried, and is to be sent whether
    the result of that day differs. Whoever searches for many asks for a day of each, and compares them at once.
    Without `ageing` no birthday is tried.
    """
    for rules, first, stop in eras(book, on):
        known = known if rules is known.rules else timeline(known.profile, rules)
        number = yield from _first_in_era(known, first, stop, whole=first > on.toordinal(), ageing=ageing)
        if number is not None:
            return date.fromordinal(number)
    return None


def first_change(known: Timeline, on: int) -> int:
    """The first day after `on`, at most `AHEAD` days later, on which any fact or whole year of work may count anew.

    Whether a table asks for it does not matter here, and birthdays do not count. Days are numbers.
    """
    until = min((number for number in _dated_facts(known) if number > on), default=NEVER)
    until = min(until, on + AHEAD)
    for quantity in _quantities(known, whole_years(known.rules)):
        until = next(iter(crossings(quantity, on, until)), until)
    return until


def eras(book: Book, on: date) -> Iterator[tuple[InForce, int, int]]:
    """The rules in force from `on`, each with its first day's number and that of the next rules."""
    days = book.first_days
    index = bisect_right(days, on)
    starts = [on, *days[index:]]
    stops = [*days[index:], anniversary(on, HORIZON_YEARS)]
    for start, stop in zip(starts, stops, strict=True):
        yield book.on(start), start.toordinal(), stop.toordinal()


def _first_in_era(
    known: Timeline, start: int, stop: int, *, whole: bool, ageing: bool
) -> Generator[Trial, bool, int | None]:
    """Search the first day from `start` (itself only if `whole`) to before `stop` on which the result differs."""
    if whole and (yield known, start):
        return start
    limit = stop
    for number in _named_days(known, start, stop, ageing=ageing):
        if (yield known, number):
            limit = number
            break
    for number in merge(*[crossings(quantity, start, limit) for quantity in _quantities(known)]):
        if (yield known, number):
            return number
    return limit if limit < stop else None


def _named_days(known: Timeline, start: int, stop: int, *, ageing: bool) -> Iterator[int]:
    """Numbers of the days in between on which a fact other than work begins or ceases to count, in order, once each."""
    last, dated = start, sorted([number for number in _dated_facts(known) if start < number < stop])
    for number in merge(dated, birthdays(known.profile.birth_date, known.rules, start) if ageing else ()):
        if last < number < stop:
            yield number
            last = number
        elif number >= stop:
            return


def birthdays(born: date, rules: InForce, after: int) -> Iterator[int]:
    """Numbers of the birthdays after a day at which a table under `rules` changes, in order."""
    ages, first = levels(rules).ages, date.fromordinal(after)
    for age in ages[bisect_left(ages, first.year - born.year) :]:
        if (number := anniversary(born, age).toordinal()) > after:
            yield number


def _dated_facts(known: Timeline) -> Iterator[int]:
    """Numbers of the days, whenever they are, on which such a fact begins or ceases to count, but for birthdays."""
    for sitting in (*known.first, *known.second):
        yield from (sitting.taken, sitting.until)
    for credential in known.credentials:
        yield from (credential.since, credential.until)
    for study in known.studies:
        yield study.since
    yield from (known.offer.since, known.offer.trade_since, *known.nomination)
    yield from (known.certificate_since, known.sibling_since, known.relative_since)
    if known.spouse is not None:
        for sitting in known.spouse.sittings:
            yield from (sitting.taken, sitting.until)
        for credential in known.spouse.credentials:
            yield from (credential.since, credential.until)


class Levels(NamedTuple):
    """Where tables change: ages, and completed years of the four counts of years with their windows."""

    ages: tuple[int, ...]
    canadian: tuple[int, ...]
    canadian_window: int
    foreign: tuple[int, ...]
    foreign_window: int
    skilled: tuple[int, ...]
    skilled_window: int
    spouse: tuple[int, ...]
    spouse_window: int


@lru_cache(maxsize=64)
def levels(rules: InForce) -> Levels:
    """The `Levels` under `rules`."""
    value = rules.value
    tiers, canadian = value("crs.transferability.tiers"), value("crs.core.canadian_work")
    spouse, experience = value("crs.spouse.canadian_work"), value("fsw.grid.experience")
    ages = [row["ages"][0] for name in ("crs.core.age", "fsw.grid.age") for row in value(name)["table"]]
    return Levels(
        _above_zero(ages),
        _above_zero(
            [*_firsts(canadian["table"]), *(ends[0] for ends in tiers["canadian_work_years"].values())]
        ),
        canadian["window_years"],
        _above_zero(ends[0] for ends in tiers["foreign_work_years"].values()),
        value("crs.transferability.foreign_work")["window_years"],
        _above_zero(_firsts(experience["table"])),
        experience["window_years"],
        _above_zero(_firsts(spouse["table"])),
        spouse["window_years"],
    )


@lru_cache(maxsize=64)
def whole_years(rules: InForce) -> Levels:
    """The `Levels` under `rules` with every whole year of work, whether a table asks for it or not."""
    years = tuple(range(1, MOST_YEARS + 1))
    return levels(rules)._replace(canadian=years, foreign=years, skilled=years, spouse=years)


def _firsts(rows: Iterable[dict[str, list[int]]]) -> list[int]:
    return [row["years"][0] for row in rows]


def _above_zero(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted({number for number in numbers if number > 0}))


def _quantities(known: Timeline, at: Levels | None = None) -> Iterator[Quantity]:
    """Every amount of work that a result rests on, with the levels at which it matters (those of the tables)."""
    at, least, worked = at or levels(known.rules), limits(known.rules), known.history
    if worked.stints:
        yield from _years(known.canadian, at.canadian_window, at.canadian, worked)
        yield from _years(known.foreign, at.foreign_window, at.foreign, worked)
        yield from _years(known.skilled, at.skilled_window, at.skilled, worked)
        yield from _hours([known.canadian], least.cec_years, least.cec_hours, worked)
        yield from _hours(known.primary_runs, least.fsw_years, least.fsw_hours, worked)
        yield from _hours([known.primary], least.fst_years, least.fst_hours, worked)
        yield from _majority(known, least.cec_years)
        yield from _hours(known.full_time_runs, None, grid(known.rules).adaptability["work_hours"], worked)
        for check in known.checks:
            for curve in check.curves:
                yield Quantity(curve, check.window_years, (check.amount,))
    if known.spouse is not None:
        yield from _spouse_quantities(known.spouse, known.rules, at)


def _spouse_quantities(spouse: SpouseTimeline, rules: InForce, at: Levels) -> Iterator[Quantity]:
    yield from _years(spouse.canadian, at.spouse_window, at.spouse, spouse.history)
    hours = grid(rules).adaptability["work_hours"]
    yield from _hours(spouse.full_time_runs, None, hours, spouse.history)


def _years(curve: Curve, window: int, years: tuple[int, ...], worked: History) -> Iterator[Quantity]:
    if curve:
        yield Quantity(curve, window, tuple(number * worked.year for number in years))


def _hours(curves: Iterable[Curve], window: int | None, hours: int, worked: History) -> Iterator[Quantity]:
    for curve in curves:
        if curve:
            yield Quantity(curve, window, (hours * worked.hour,))


def _majority(known: Timeline, window: int) -> Iterator[Quantity]:
    """For each pair of occupations of the two CEC thresholds: by how much the first is ahead."""
    for high in known.high:
        for low in known.low or [()]:
            behind = tuple((start, stop, -rate) for start, stop, rate in low)
            yield Quantity(high + behind, window, (1,))
