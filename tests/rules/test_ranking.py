"""Points by columns: as one at a time, in small numbers, within caps, under the rules of the day."""

import json
from datetime import date

import numpy as np
import pytest

from rules import facts, parameters
from rules.assessment import assess, assess_many
from rules.factors import Factors
from rules.facts import Profile
from rules.language import CODES, STEPS, level, step, steps
from rules.parameters import ParameterError
from rules.ranges import by_number
from rules.ranking import LINES, SECTION_OF, SECTIONS, FactorTable, factor_table, rank
from rules.results import dumps, text
from tests.rules.profiles import amara, examples

PROFILES = [facts.parse(one["profile"]) for one in examples()]
DAYS = [date(2015, 1, 1), date(2016, 11, 19), date(2017, 6, 6), date(2020, 10, 20), date(2025, 3, 25)]


def random_table(size: int) -> FactorTable:
    chance = np.random.default_rng(20)
    most = {
        "with_spouse": 2, "age": 60, "education": 9, "first_language": CODES, "second_language": CODES,
        "canadian_years": 11, "foreign_years": 11, "spouse_education": 9, "spouse_language": CODES,
        "spouse_canadian_years": 11, "certificate": 2, "nomination": 2, "offer": 5, "canadian_study": 3,
        "french_first": 2, "sibling": 2,
    }  # fmt: skip
    rows = np.stack([chance.integers(0, most[name], size) for name in Factors._fields], axis=1)
    return factor_table([Factors(*row) for row in rows.tolist()])


@pytest.mark.parametrize("on", DAYS)
def test_a_table_of_many_rows_gives_the_same_as_one_row_at_a_time(on: date) -> None:
    table, rules = random_table(300), parameters.on(on)
    together = rank(table, rules)
    for row in range(len(table)):
        alone = rank(
            FactorTable({name: column[row : row + 1] for name, column in table.columns.items()}), rules
        )
        assert alone.lines[:, 0].tolist() == together.lines[:, row].tolist()
        assert alone.total[0] == together.total[row]


def test_chunks_leave_no_seam() -> None:
    table, rules = random_table(40_000), parameters.on(date(2026, 3, 1))
    whole = rank(table, rules)
    half = rank(FactorTable({name: column[20_000:] for name, column in table.columns.items()}), rules)
    assert (whole.total[20_000:] == half.total).all()
    assert (whole.lines[:, 20_000:] == half.lines).all()


@pytest.mark.parametrize("on", DAYS)
def test_sections_keep_their_caps_and_the_total_is_their_sum(on: date) -> None:
    points = rank(random_table(5_000), parameters.on(on))
    assert points.lines.min() == 0
    assert (points.sections.max(axis=1) <= [500, 40, 100, 600]).all()
    assert (points.sections.sum(axis=0) == points.total).all()
    assert points.total.max() <= 1200


def test_nobody_without_a_scored_spouse_has_points_of_a_spouse() -> None:
    table = random_table(5_000)
    points = rank(table, parameters.on(date(2026, 3, 1)))
    assert points.sections[1][table.columns["with_spouse"] == 0].max() == 0


def test_no_rows_give_no_points() -> None:
    assert rank(factor_table([]), parameters.on(date(2026, 3, 1))).total.size == 0


def test_profiles_of_different_days_can_be_assessed_together() -> None:
    together = assess_many(PROFILES, next_change=False)
    assert together == [assess(profile, next_change=False) for profile in PROFILES]


def test_the_sixteen_lines_stand_in_four_sections() -> None:
    assert [SECTION_OF[line] for line in LINES] == [
        name for name, part in SECTIONS.items() for _ in LINES[part]
    ]
    assert len(LINES) == 16


def test_levels_and_steps_are_each_others_inverse() -> None:
    assert [level(number) for number in range(STEPS)] == [0, 4, 5, 6, 7, 8, 9, 10]
    assert [step(number) for number in range(11)] == [0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7]
    assert steps(7 << 9 | 5 << 6 | 3 << 3 | 1) == (7, 5, 3, 1)


@pytest.mark.parametrize("rows", [[{"n": [0, 3], "points": 1}], [{"n": [0, 4], "points": 1}] * 2])
def test_a_table_with_a_hole_or_two_answers_is_refused(rows: list[dict[str, object]]) -> None:
    with pytest.raises(ParameterError, match="exactly one must"):
        by_number(rows, "n", 4)


@pytest.mark.parametrize("profile", PROFILES[:20])
def test_the_quick_text_of_a_result_is_the_text_of_its_document(profile: Profile) -> None:
    result = assess(profile)
    assert text(result) == dumps(result.to_json())
    without = json.loads(text(result, next_change=False))
    assert without == {key: value for key, value in result.to_json().items() if key != "next_change_on"}


def test_a_result_with_categories_is_written_alike() -> None:
    french = {"test": "tcf_canada", "date_taken": "2025-06-01"}
    scores = {"listening": 458, "reading": 453, "writing": 10, "speaking": 10}
    result = assess(amara(language_tests=[{**french, "scores": scores}]))
    assert result.categories == ("french",)
    assert (result.category_bits, result.program_bits) == (1, 0)
    assert text(result) == dumps(result.to_json())
