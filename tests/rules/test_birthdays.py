"""A result that a birthday alone changes is worked out from what is kept, exactly as from the facts."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from random import Random

import pytest

from rules.assessment import Assessment, assess, assess_many
from rules.birthdays import Aged, aged, next_birthday
from rules.days import NEVER
from rules.facts import parse
from rules.grace import in_pool
from rules.kept import Holding
from rules.records import Profile
from rules.rescoring import columns_of
from tests.rules.eventful import eventful
from tests.rules.plausible import pool

ON = date(2026, 3, 1)
LONG_AGO = date(1960, 1, 1)


def figures(result: Assessment | Aged) -> tuple[object, ...]:
    bits = result.program_bits, result.category_bits
    return result.as_of, result.lines, result.total, *bits, result.next_change_on


def held(result: Assessment) -> Holding:
    assert result.holding is not None
    return result.holding


def differing(profiles: Sequence[Profile], on: date, later: Sequence[int]) -> tuple[int, int]:
    """How many results of later days were worked out from what was kept on a day, and how many of them are wrong."""
    then = [held(result) for result in assess_many(profiles, on, keeping=True)]
    done = wrong = 0
    for days in later:
        day = on + timedelta(days=days)
        those = [(one, holding) for one, holding in zip(profiles, then, strict=True) if holding.until > day]
        found = aged(columns_of([holding.kept for _one, holding in those]), day)
        for (one, _holding), result in zip(those, found, strict=True):
            if result is not None:
                done += 1
                wrong += figures(result) != figures(in_pool(one, assess(one, day)))
    return done, wrong


def by_day(documents: Sequence[object]) -> list[tuple[date, list[Profile]]]:
    profiles = sorted((parse(document) for document in documents), key=lambda one: one.as_of)
    return [(day, list(those)) for day, those in groupby(profiles, key=lambda one: one.as_of)]


def test_on_any_later_day_it_is_what_the_facts_give() -> None:
    chance = Random(8)
    ((on, profiles),) = by_day(pool(8, 120, ON))
    done, wrong = differing(profiles, on, [1, *(chance.randrange(2, 366) for _ in range(7))])
    assert (done > 300, wrong) == (True, 0)


def test_on_the_very_birthday_it_is_what_the_facts_give() -> None:
    done = 0
    for one in by_day(pool(9, 150, ON))[0][1]:
        birthday = next_birthday(one.birth_date, int(one.scored_spouse is not None), ON)
        if birthday is not None and birthday - ON < timedelta(days=366):
            days = (birthday - ON).days
            found, wrong = differing([one], ON, [days - 1, days, days + 1])
            done += found
            assert wrong == 0
    assert done > 50


@pytest.mark.parametrize("seed", [3, 4])
def test_it_is_what_the_facts_give_for_those_to_whom_much_happens(seed: int) -> None:
    chance, total = Random(seed), 0
    for on, profiles in by_day(list(eventful(seed, 60))):
        done, wrong = differing(profiles, on, [chance.randrange(1, 200) for _ in range(3)])
        total += done
        assert wrong == 0
    assert total > 20


def test_nothing_is_told_from_the_day_on_which_something_else_counts_anew() -> None:
    (result,) = assess_many([parse(pool(8, 1, ON)[0])], ON, keeping=True)
    kept = held(result).kept
    assert ON.toordinal() < kept.steady < NEVER
    on = date.fromordinal(kept.steady)
    assert aged(columns_of([kept]), on) == [None]
    assert aged(columns_of([kept]), on - timedelta(days=1)) != [None]


def test_without_a_search_for_the_next_change_nothing_is_told_later() -> None:
    (result,) = assess_many([parse(pool(8, 1, ON)[0])], ON, next_change=False, keeping=True)
    assert aged(columns_of([held(result).kept]), ON + timedelta(days=1)) == [None]


def test_after_the_last_age_of_the_tables_no_birthday_counts() -> None:
    assert next_birthday(LONG_AGO, 0, ON) is None


def test_who_turns_thirty_loses_points_on_that_day() -> None:
    assert next_birthday(date(1996, 5, 17), 0, ON) == date(2026, 5, 17)
