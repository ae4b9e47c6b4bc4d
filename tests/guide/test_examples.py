"""What the topics say of made-up people, of tests and of occupations is what the rules work out, on every day."""

from datetime import date

import pytest
from django.utils import translation

from eligibility.noc_finder import skill_letter
from guide import topic_blocks
from guide.blocks import BLOCKS
from guide.examples import MOST_STEPS, couple, steps_of_ana
from rules.occupations import noc2016, noc2021

DAYS = (date(2018, 1, 1), date(2024, 2, 29), date(2026, 11, 23), date(2030, 2, 28))
TRUCK_DRIVERS, NURSE_AIDES, PAYROLL, TAILORS, SPORT, BUTCHERS = "7511", "3413", "1432", "6342", "5254", "6331"


@pytest.fixture(params=DAYS, ids=str)
def on(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


def test_lia_meets_a_program_with_more_points_and_davi_meets_none(on: date) -> None:
    with translation.override("en"):
        _titles, (lia, davi) = couple(on)
    assert lia.total > davi.total
    assert (lia.programs, davi.programs) == ("Federal Skilled Worker", "none")


def test_the_couple_is_the_same_on_every_day() -> None:
    with translation.override("en"):
        told = [couple(day) for day in DAYS]
    assert told == told[:1] * len(DAYS)


def test_the_steps_of_ana_gain_and_the_greatest_comes_first(on: date) -> None:
    score, steps = steps_of_ana(on)
    gains = [shown.step.gain for shown in steps]
    assert score > 0
    assert len(gains) == MOST_STEPS
    assert gains == sorted(gains, reverse=True)


def test_a_test_is_shown_only_once_it_is_accepted() -> None:
    def names(day: date) -> list[str]:
        return [test["name"] for test in topic_blocks.accepted_tests(day)]

    assert "PTE Core" not in names(date(2024, 1, 29))
    assert "PTE Core" in names(date(2024, 1, 30))


def test_the_categories_of_the_occupations_hold_each_one_once(on: date) -> None:
    rows = topic_blocks.teer(on)["rows"]
    assert sum(count for _teer, _words, count, _skilled in rows) == len(noc2021)
    assert [teer for teer, _words, _count, skilled in rows if skilled] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("old", "letter", "teers"),
    [
        (TRUCK_DRIVERS, "C", {3}),
        (NURSE_AIDES, "C", {3}),
        (PAYROLL, "C", {3}),
        (TAILORS, "B", {4}),
        (SPORT, "B", {4}),
        (BUTCHERS, "B", {3, 5}),
    ],
)
def test_the_work_named_as_changed_has_changed_so(old: str, letter: str, teers: set[int]) -> None:
    assert skill_letter(old) == letter
    assert {noc2021[code].teer for code in noc2016[old].codes} == teers


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["best-steps", "couple", "skill-types", "teer", "test-levels"])
def test_each_block_is_drawn(name: str, language: str, on: date) -> None:
    with translation.override(language):
        assert "<" in BLOCKS[name].drawn(on)
