"""How results hold over days: until the next change, and under parameters that come later."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from rules.assessment import assess, assess_many
from rules.facts import Profile, parse
from rules.parameters import BOOK, Book, Parameter, Row
from tests.rules.plausible import pool
from tests.rules.strategies import documents

Json = dict[str, Any]
DAY = timedelta(days=1)
LATER = date(2031, 4, 1)


def results(profile: Profile, days: list[date]) -> list[Json]:
    return [
        found.to_json() for found in assess_many([replace(profile, as_of=d) for d in days], next_change=False)
    ]


def assert_constant_until_next_change(document: Json, choose: Callable[[date, date], list[date]]) -> None:
    """The result is one and the same up to the day before the next change, and another one on that day."""
    profile = parse(document)
    until = assess(profile).next_change_on
    days = choose(profile.as_of, until or profile.as_of + 20 * 366 * DAY)
    expected, *found = results(profile, [profile.as_of, *days])
    changed = [day for day, result in zip(days, found, strict=True) if result != expected]
    assert not changed, f"{document} changes on {changed[0]}, not first on {until}"
    if until is not None:
        assert until > profile.as_of
        assert results(profile, [until]) != [expected], f"{document} does not change on {until}"


@pytest.mark.parametrize("seed", range(6))
def test_nothing_changes_before_the_next_change(seed: int) -> None:
    def some_days(start: date, until: date) -> list[date]:
        rng, length = random.Random(seed), (until - start).days
        near = [until - back * DAY for back in range(1, min(4, length))] + [start + DAY]
        return [day for day in near if day < until] + [start + rng.randrange(length) * DAY for _ in range(6)]

    for document in documents(500 + seed, 60):
        assert_constant_until_next_change(document, some_days)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_nothing_changes_on_any_day_before_the_next_change(seed: int) -> None:
    def every_day(start: date, until: date) -> list[date]:
        return [start + ahead * DAY for ahead in range(1, min(1500, (until - start).days))]

    for document in documents(700 + seed, 30):
        assert_constant_until_next_change(document, every_day)


def test_a_night_finds_at_most_one_percent_of_a_pool_due() -> None:
    """Not on the first day of a new parameter, when a whole pool may be due; none lies in these nights."""
    start, nights = date(2026, 9, 1), 30
    everybody = [parse(document) for document in pool(3, 2500, start)]
    candidates = [
        profile
        for profile, found in zip(everybody, assess_many(everybody, next_change=False), strict=True)
        if found.program_bits
    ]
    due_on = [found.next_change_on for found in assess_many(candidates)]
    due = []
    for night in range(1, nights + 1):
        today = start + night * DAY
        waiting = [place for place, day in enumerate(due_on) if day is not None and day <= today]
        due.append(len(waiting))
        for place, found in zip(waiting, assess_many([candidates[p] for p in waiting], today), strict=True):
            due_on[place] = found.next_change_on
    assert due[0] <= 0.01 * len(candidates)
    assert sum(due) / nights <= 0.01 * len(candidates), due


# ---- parameters that come later -------------------------------------------------------------------------

CHANGED_LATER: dict[str, Callable[[Any], Any]] = {
    "crs.core.age": lambda value: (
        value | {"table": [row | {"with": 1, "without": 1} for row in value["table"]]}
    ),
    "crs.additional.provincial_nomination": lambda points: points - 100,
    "crs.additional.sibling": lambda value: value | {"points": 20},
    "crs.transferability.maximum": lambda points: points - 50,
    "fsw.pass_mark": lambda points: points + 20,
    "fsw.language": lambda value: value | {"min_clb": 9},
    "fst.work": lambda value: value | {"window_years": 2},
    "cec.work": lambda value: value | {"hours": 780, "window_years": 6},
    "funds.table": lambda value: value | {"amounts": [amount * 2 for amount in value["amounts"]]},
    "test.validity_years": lambda years: years + 1,
    "eca.validity_years": lambda years: years - 4,
    "work.counting": lambda value: value | {"max_counted_hours_per_week": 40},
    "categories.set": lambda value: value | {"categories": []},
}


def with_later_rows() -> Book:
    """The package's parameters, many of them with another value from `LATER` on."""
    book = []
    for name, parameter in BOOK.items():
        rows = list(parameter.rows)
        if change := CHANGED_LATER.get(name):
            last = rows.pop()
            rows += [until(last, LATER - DAY), later(last, change(last.value))]
        book.append(Parameter(name, rows))
    return Book(book, "later")


def until(row: Row, last_day: date) -> Row:
    return Row(row.name, row.first_day, last_day, row.value, row.source, row.confidence, row.note)


def later(row: Row, value: Any) -> Row:
    return Row(row.name, LATER, None, value, row.source, row.confidence, row.note)


def test_a_parameter_that_comes_later_changes_no_earlier_result() -> None:
    """A thousand candidates, and every later value that the twin below shows to change results from its day on."""
    book = with_later_rows()
    profiles = [parse(document) for document in documents(61, 1000)]
    for found, again in zip(assess_many(profiles), assess_many(profiles, book=book), strict=True):
        before, after = found.to_json(), again.to_json()
        assert again.next_change_on is None or again.next_change_on > found.as_of
        if found.next_change_on is None or found.next_change_on > LATER:
            assert again.next_change_on in {found.next_change_on, LATER}
            before["next_change_on"] = after["next_change_on"]
        assert after == before


def test_the_same_parameters_change_results_from_their_first_day() -> None:
    """The twin of the test above: the later values are read once they hold."""
    book = with_later_rows()
    profiles = [parse(document) for document in documents(61, 500)]
    eve, day = LATER - DAY, LATER
    assert all(
        assess(profile, eve, book=book, next_change=False) == assess(profile, eve, next_change=False)
        for profile in profiles[:100]
    )
    changed = [
        profile
        for profile in profiles
        if assess(profile, day, book=book, next_change=False) != assess(profile, day, next_change=False)
    ]
    assert len(changed) > len(profiles) / 2
