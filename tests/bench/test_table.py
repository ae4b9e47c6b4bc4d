"""The benchmark's own arithmetic: ratios, goals, turns, and what it prints. What it measures is not timed here."""

import json
import sys

import pytest

from bench import __main__ as command
from bench.rows import Row, Sense, as_json, as_table, row
from bench.sizes import Sizes
from bench.table import NAMES
from bench.turns import best, percentile


def at_most(ours: float, reference: float, goal: float) -> Row:
    return row("a job", (ours, reference), ("at most", goal), "s", "5 of 10")


def test_a_ratio_is_ours_to_the_reference() -> None:
    assert at_most(3, 2, 1).ratio == 1.5


@pytest.mark.parametrize(
    ("sense", "goal", "met"),
    [
        ("at most", 2, True),
        ("at most", 1.9, False),
        ("at least", 2, True),
        ("at least", 2.1, False),
        ("exactly", 2, True),
        ("exactly", 1, False),
    ],
)
def test_a_goal_is_met_by_its_own_sense(sense: Sense, goal: float, met: bool) -> None:
    assert Row("a job", 4, 2, 2, goal, sense, "s", "").met is met


def test_a_row_for_information_has_no_verdict() -> None:
    found = row("a job", (1, 2), None, "ms", "")
    assert found.met is None
    assert "MISSED" not in as_table([found])


def test_a_row_is_one_json_object_on_one_line() -> None:
    text = as_json(at_most(3, 2, 1.3))
    assert "\n" not in text
    assert json.loads(text) == {
        "job": "a job",
        "ours": 3,
        "reference": 2,
        "ratio": 1.5,
        "goal": 1.3,
        "sense": "at most",
        "unit": "s",
        "sizes": "5 of 10",
        "met": False,
    }


def test_the_table_tells_figures_goal_and_verdict() -> None:
    line = as_table([at_most(3, 2, 1.3)]).splitlines()[1]
    for cell in ("a job", "3 s", "2 s", "1.5", "at most 1.3", "MISSED", "5 of 10"):
        assert cell in line


def test_each_side_keeps_its_best_turn_and_every_other_turn_goes_the_other_way_round() -> None:
    asked: list[str] = []
    figures = {"ours": iter([3.0, 1.0, 2.0]), "other": iter([6.0, 7.0, 5.0])}

    def side(name: str) -> float:
        asked.append(name)
        return next(figures[name])

    assert best([lambda: side("ours"), lambda: side("other")], 3) == [1.0, 5.0]
    assert asked == ["ours", "other", "other", "ours", "ours", "other"]


def test_the_95th_percentile_leaves_the_slowest_twentieth_out() -> None:
    assert percentile([float(number) for number in range(101)], 95) == 95


@pytest.mark.parametrize(("large", "invited"), [(5_000_000, 5_000), (1_000_000, 5_000), (100_000, 500)])
def test_rounds_are_of_5_000_where_the_pool_lasts(large: int, invited: int) -> None:
    assert Sizes(large).invited == invited
    assert Sizes(large).few == invited // 100


def test_a_job_that_there_is_not_is_told_with_those_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "--only", "weather"])
    with pytest.raises(SystemExit, match="weather"):
        command.main()


def test_every_job_of_the_table_has_a_name_of_its_own() -> None:
    assert len(set(NAMES)) == len(NAMES)
