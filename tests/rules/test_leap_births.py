"""Ages around 29 February, against an oracle that only counts birthdays.

Somebody born on 29 February is a year older on 1 March in common years: the choice, and what it rests on, stand in
docs/adr/0004-figures-without-a-reading.md.
"""

from calendar import isleap
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rules import deadlines
from rules.assessment import assess_many
from rules.deadlines import completed_years
from rules.ranking import LINES
from tests.architecture.reading import PROJECT
from tests.rules.oracle_tables import AGE_WITHOUT
from tests.rules.profiles import amara

BORN_ON = [(2, 28), (2, 29), (3, 1)]
DAY = timedelta(days=1)
AGE = LINES.index("age")


def births(born_on: tuple[int, int]) -> list[date]:
    return [date(year, *born_on) for year in range(1930, 2011) if born_on != (2, 29) or isleap(year)]


def birthdays(born: date, until: date) -> int:
    """How many birthdays somebody has had: one on the birth's day and month each year, or on 1 March."""
    return sum(birthday(born, year) <= until for year in range(born.year + 1, until.year + 1))


def birthday(born: date, year: int) -> date:
    leap_child = (born.month, born.day) == (2, 29) and not isleap(year)
    return date(year, 3, 1) if leap_child else date(year, born.month, born.day)


@pytest.mark.parametrize("born_on", BORN_ON)
def test_an_age_is_the_number_of_birthdays_on_every_day_around_each_end_of_february(
    born_on: tuple[int, int],
) -> None:
    days = [date(year, 2, 27) + timedelta(days=days) for year in range(2015, 2031) for days in range(5)]
    assert all(completed_years(born, on) == birthdays(born, on) for born in births(born_on) for on in days)


@pytest.mark.slow
@pytest.mark.parametrize("born_on", BORN_ON)
def test_an_age_is_the_number_of_birthdays_on_every_day_of_sixteen_years(born_on: tuple[int, int]) -> None:
    """All births 1930 to 2010 against all days 2015 to 2030: about a million ages, in 5 seconds."""
    days = [date(2015, 1, 1) + timedelta(days=days) for days in range(16 * 365 + 4)]
    for born in births(born_on):
        age = birthdays(born, days[0] - DAY)
        for on in days:
            age += birthday(born, on.year) == on and on > born
            assert completed_years(born, on) == age, (born, on)


@pytest.mark.parametrize("born", [date(1996, 2, 28), date(1996, 2, 29), date(1996, 3, 1)])
def test_an_age_rises_once_a_year(born: date) -> None:
    days = [date(2015, 1, 1) + timedelta(days=days) for days in range(16 * 365 + 4)]
    ages = [completed_years(born, on) for on in days]
    rises = [on for on, before, after in zip(days[1:], ages, ages[1:], strict=False) if after != before]
    assert ages == sorted(ages)
    assert [on.year for on in rises] == list(range(2015, 2031))


def test_points_for_age_are_those_of_the_birthdays_had_around_each_end_of_february() -> None:
    """By columns, as a pool is scored: every birth of such a day whose points still change, in 2015 to 2030."""
    for year in range(2015, 2031):
        for on in (date(year, 2, 27) + timedelta(days=days) for days in range(5)):
            born = [
                birth for born_on in BORN_ON for birth in births(born_on) if 16 <= year - birth.year <= 47
            ]
            assert points(born, on) == [AGE_WITHOUT.get(birthdays(birth, on), 0) for birth in born]


@pytest.mark.parametrize("born", [date(1985, 2, 28), date(1984, 2, 29), date(1985, 3, 1)])
def test_points_for_age_change_once_a_year_on_the_birthday(born: date) -> None:
    days = [date(2015, 1, 1) + timedelta(days=days) for days in range(16 * 365 + 4)]
    profile = amara(birth_date=born.isoformat())
    every_day = assess_many([replace(profile, as_of=on) for on in days], next_change=False)
    found = [result.lines[AGE] for result in every_day]
    changes = [on for on, before, after in zip(days[1:], found, found[1:], strict=False) if after != before]
    lasting = [year for year in range(2015, 2031) if 30 <= year - born.year <= 45]
    assert changes == [birthday(born, year) for year in lasting]


def points(born: list[date], on: date) -> list[int]:
    candidates = [amara(birth_date=birth.isoformat()) for birth in born]
    return [result.lines[AGE] for result in assess_many(candidates, on, next_change=False)]


def test_nobody_has_an_age_before_birth() -> None:
    assert completed_years(date(2020, 1, 1), date(2015, 1, 1)) == 0


def test_the_choice_for_29_february_is_written_down_with_its_reason() -> None:
    told = (PROJECT / "docs/adr/0004-figures-without-a-reading.md").read_text(encoding="utf-8")
    assert "29 February" in told
    assert "1 March" in told
    assert "29 February becomes 1 March in common years" in (deadlines.__doc__ or "")
