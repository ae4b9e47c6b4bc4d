"""What is kept of a profile re-scores it as its facts would, as long as it holds and under changed tables too."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from random import Random
from typing import Any

import pytest

from rules.assessment import Assessment, assess_many
from rules.facts import parse
from rules.grace import in_pool
from rules.kept import APPLIED, basis
from rules.parameters import BOOK, Book, Parameter
from rules.records import Profile
from rules.rescoring import columns_of, rescore
from tests.rules.eventful import eventful
from tests.rules.plausible import pool
from tests.rules.strategies import documents

ON = date(2026, 3, 1)
Change = Callable[[Any], Any]


def _set(**changes: Any) -> Change:
    return lambda value: {**value, **changes}


def _funds(value: Any) -> Any:
    return {**value, "amounts": [round(1.4 * amount) for amount in value["amounts"]]}


def _ages(value: Any) -> Any:
    rows = deepcopy(value["table"])
    for row in rows:
        row.update({name: max(0, points - 3) for name, points in row.items() if name != "ages"})
    return {**value, "table": rows}


CHANGES: dict[str, Change] = {
    "crs.additional.provincial_nomination": lambda _value: 300,
    "crs.additional.sibling": _set(points=40),
    "crs.additional.french": _set(english_below=60, english_reached=80),
    "crs.core.age": _ages,
    "crs.transferability.maximum": lambda _value: 60,
    "cec.language": _set(higher_min_clb=9, lower_min_clb=6),
    "fst.language": _set(listening=7, speaking=7, reading=6, writing=6),
    "fsw.language": _set(min_clb=9),
    "fsw.pass_mark": lambda _value: 72,
    "fsw.education": _set(min_level="three_year"),
    "fsw.grid.age": _ages,
    "funds.table": _funds,
}


def changed_book(*names: str) -> Book:
    """The rules with some tables changed in every row."""
    return Book(
        (
            Parameter(name, [replace(row, value=CHANGES[name](row.value)) for row in held.rows])
            if name in names
            else held
            for name, held in BOOK.items()
        ),
        "changed",
    )


def plausible(count: int = 250) -> list[Profile]:
    return [parse(document) for document in pool(7, count, ON)]


def by_day(profiles: list[Profile]) -> list[tuple[date, list[Profile]]]:
    ordered = sorted(profiles, key=lambda one: one.as_of)
    return [(day, list(those)) for day, those in groupby(ordered, key=lambda one: one.as_of)]


def refuse_different(known: list[Assessment], on: date, expected: list[Assessment], book: Book = BOOK) -> int:
    """Compare what is kept in ``known`` with what the facts gave; return how many were compared."""
    holdings = [result.holding for result in known]
    holds = [
        place
        for place, held in enumerate(holdings)
        if held and on < held.until and held.basis == basis(book.on(on))
    ]
    if not holds:
        return 0
    kept = columns_of([held.kept for place in holds if (held := holdings[place])])
    found = rescore(kept, on, book.on(on))
    for row, place in enumerate(holds):
        if not found.unsure[row]:
            wanted = expected[place]
            assert int(found.points.total[row]) == wanted.total
            assert tuple(found.points.lines[:, row].tolist()) == wanted.lines
            assert int(found.programs[row]) == wanted.program_bits
            assert int(kept["categories"][row]) == wanted.category_bits
    return len(holds)


def test_on_its_own_day_a_kept_row_gives_what_the_facts_give() -> None:
    profiles = plausible()
    known = assess_many(profiles, next_change=False, keeping=True)
    assert refuse_different(known, ON, known) == len(profiles)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_candidates_on_boundaries_are_kept_right_too(seed: int) -> None:
    for day, those in by_day([parse(document) for document in [*documents(seed, 250), *eventful(seed, 250)]]):
        known = assess_many(those, next_change=False, keeping=True)
        refuse_different(known, day, known)


@pytest.mark.parametrize("later", [1, 17, 60, 200, 364])
def test_a_kept_row_holds_until_the_day_that_it_names(later: int) -> None:
    profiles, on = plausible(), ON + timedelta(days=later)
    known = assess_many(profiles, next_change=False, keeping=True)
    expected = assess_many(profiles, on, next_change=False)
    compared = refuse_different(known, on, expected)
    assert compared > (20 if later < 100 else 0)


@pytest.mark.slow
def test_the_eventful_hold_until_the_day_that_they_name() -> None:
    rng = Random(3)
    for day, those in by_day([parse(document) for document in eventful(11, 300)]):
        on = day + timedelta(days=rng.randint(1, 120))
        known = assess_many(those, next_change=False, keeping=True)
        refuse_different(known, on, assess_many(those, on, next_change=False))


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_table_is_applied_to_what_is_kept(name: str) -> None:
    profiles, book = plausible(120), changed_book(name)
    known = assess_many(profiles, next_change=False, keeping=True)
    expected = assess_many(profiles, ON, next_change=False, book=book)
    assert refuse_different(known, ON, expected, book) == len(profiles)


def test_all_the_changed_tables_together_are_applied_to_candidates_on_boundaries() -> None:
    book = changed_book(*CHANGES)
    for day, those in by_day([parse(document) for document in [*documents(5, 250), *eventful(5, 250)]]):
        known = assess_many(those, next_change=False, keeping=True)
        refuse_different(known, day, assess_many(those, day, next_change=False, book=book), book)


def test_the_changes_of_these_tests_change_results() -> None:
    profiles = plausible()
    before = assess_many(profiles, ON, next_change=False)
    after = assess_many(profiles, ON, next_change=False, book=changed_book(*CHANGES))
    assert sum(one.total != other.total for one, other in zip(before, after, strict=True)) > 50
    assert sum(one.program_bits != other.program_bits for one, other in zip(before, after, strict=True)) > 25


def test_whoever_a_funds_table_may_give_a_grace_is_sent_back_to_the_facts() -> None:
    table = BOOK["funds.table"].rows[-1]
    eve, on = table.first_day - timedelta(days=1), table.first_day
    profiles = [parse(document) for document in pool(3, 500, eve)]
    known = assess_many(profiles, eve, next_change=False, keeping=True)
    today = assess_many(profiles, on, next_change=False, keeping=True)
    graced = [in_pool(one, result) for one, result in zip(profiles, today, strict=True)]
    kept = columns_of([result.holding.kept for result in known if result.holding])
    found = rescore(kept, on, BOOK.on(on))
    holding = [place for place, result in enumerate(known) if result.holding and on < result.holding.until]
    differing = [place for place in holding if int(found.programs[place]) != graced[place].program_bits]
    assert all(found.unsure[place] for place in differing)


@pytest.mark.parametrize("name", sorted(set(BOOK) - set(APPLIED)))
def test_a_parameter_that_is_read_into_what_is_kept_changes_its_basis(name: str) -> None:
    book = Book(
        (
            Parameter(name, [replace(row, value="another") for row in held.rows])
            if held.name == name
            else held
            for held in BOOK.values()
        ),
        "changed",
    )
    same = basis(book.on(ON)) == basis(BOOK.on(ON))
    assert same == name.startswith("lifecycle.")
