"""Ages around 29 February, against an oracle that only counts birthdays."""

from calendar import isleap
from datetime import date, timedelta

import pytest

from rules.deadlines import completed_years


def birthdays(born: date, until: date) -> int:
    """How many birthdays somebody has had: one on the birth's day and month each year, or on 1 March."""
    had = 0
    for year in range(born.year + 1, until.year + 1):
        leap_child = (born.month, born.day) == (2, 29) and not isleap(year)
        had += (date(year, 3, 1) if leap_child else date(year, born.month, born.day)) <= until
    return had


@pytest.mark.parametrize("born_on", [(2, 28), (2, 29), (3, 1)])
def test_an_age_is_the_number_of_birthdays_on_every_day_around_each_end_of_february(
    born_on: tuple[int, int],
) -> None:
    births = [date(year, *born_on) for year in range(1930, 2011) if born_on != (2, 29) or isleap(year)]
    days = [date(year, 2, 27) + timedelta(days=days) for year in range(2015, 2031) for days in range(5)]
    assert all(completed_years(born, on) == birthdays(born, on) for born in births for on in days)


@pytest.mark.parametrize("born", [date(1996, 2, 28), date(1996, 2, 29), date(1996, 3, 1)])
def test_an_age_rises_once_a_year(born: date) -> None:
    days = [date(2015, 1, 1) + timedelta(days=days) for days in range(16 * 365 + 4)]
    ages = [completed_years(born, on) for on in days]
    rises = [on for on, before, after in zip(days[1:], ages, ages[1:], strict=False) if after != before]
    assert ages == sorted(ages)
    assert [on.year for on in rises] == list(range(2015, 2031))


def test_nobody_has_an_age_before_birth() -> None:
    assert completed_years(date(2020, 1, 1), date(2015, 1, 1)) == 0
