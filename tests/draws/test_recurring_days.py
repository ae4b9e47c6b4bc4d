"""The days of a rule against a calendar read day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws.recurring.days import END, LAST_OF_MONTH, Rule, Unit

FIRSTS = st.dates(date(2015, 1, 1), date(2060, 12, 31))
LASTS = st.one_of(st.none(), st.integers(0, 900))
UNITS = st.sampled_from(list(Unit))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    unit, first, days = draw(UNITS), draw(FIRSTS), draw(LASTS)
    return Rule(
        unit,
        first,
        every=1 if unit == Unit.MONTH else draw(st.integers(1, 52)),
        weekday=draw(st.integers(0, 6)),
        place=draw(st.integers(1, LAST_OF_MONTH)),
        last=None if days is None else first + timedelta(days=days),
    )


def belongs(rule: Rule, day: date) -> bool:
    """Say whether a day is one of a rule's, by looking at the calendar."""
    if day < rule.first or (rule.last is not None and day > rule.last):
        return False
    if rule.unit == Unit.DAYS:
        return (day - rule.first).days % rule.every == 0
    if day.weekday() != rule.weekday:
        return False
    if rule.unit == Unit.WEEKS:
        return (day - rule.first).days // 7 % rule.every == 0
    if rule.place == LAST_OF_MONTH:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == rule.place


@given(rules(), st.integers(-100, 1000), st.integers(0, 400))
def test_the_days_between_two_are_those_that_a_calendar_shows(rule: Rule, ahead: int, length: int) -> None:
    start = rule.first + timedelta(days=ahead)
    end = start + timedelta(days=length)
    every_day = (start + timedelta(days=passed) for passed in range(length + 1))
    assert list(rule.days(start, end)) == [day for day in every_day if belongs(rule, day)]


@given(rules(), st.integers(0, 500))
def test_a_days_number_leads_back_to_the_day(rule: Rule, number: int) -> None:
    day = rule.day(number)
    assert day is None or rule.number(day) == number


@given(rules(), st.integers(0, 500))
def test_the_day_after_a_day_of_the_rule_has_the_next_number(rule: Rule, number: int) -> None:
    day = rule.day(number)
    assert day is None or rule.number(day + timedelta(days=1)) == number + 1


@given(rules())
def test_no_day_lies_after_the_end_of_the_portals_clock(rule: Rule) -> None:
    late = list(rule.days(END - timedelta(days=800), date(2110, 1, 1)))
    assert all(day <= END for day in late)
    assert rule.day(10**9) is None


def test_every_second_wednesday() -> None:
    rule = Rule(Unit.WEEKS, date(2026, 10, 1), every=2, weekday=2)
    assert list(rule.days(date(2026, 10, 1), date(2026, 11, 10))) == [
        date(2026, 10, 7),
        date(2026, 10, 21),
        date(2026, 11, 4),
    ]


def test_the_last_friday_of_each_month_keeps_to_the_last_also_where_there_are_five() -> None:
    rule = Rule(Unit.MONTH, date(2026, 10, 1), weekday=4, place=LAST_OF_MONTH)
    assert list(rule.days(date(2026, 10, 1), date(2026, 12, 31))) == [
        date(2026, 10, 30),
        date(2026, 11, 27),
        date(2026, 12, 25),
    ]


def test_a_month_whose_day_is_over_begins_with_the_next() -> None:
    rule = Rule(Unit.MONTH, date(2026, 10, 8), weekday=2, place=1)
    assert rule.day(0) == date(2026, 11, 4)


def test_a_night_on_which_clocks_change_somewhere_is_a_day_like_any_other() -> None:
    rule = Rule(Unit.DAYS, date(2026, 10, 24))
    assert list(rule.days(date(2026, 10, 24), date(2026, 10, 27))) == [
        date(2026, 10, day) for day in range(24, 28)
    ]


def test_there_is_no_day_before_the_first() -> None:
    with pytest.raises(ValueError, match="no day has the number -1"):
        Rule(Unit.DAYS, date(2026, 10, 24)).day(-1)
