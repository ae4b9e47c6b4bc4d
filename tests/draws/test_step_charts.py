"""The picture of a score over time: steps that begin and end where they should, labels that keep apart."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws.charts.step_charts import NARROW, WIDE, Ending, Step, StepDrawing, step_chart

FIRST, UNTIL = date(2026, 9, 24), date(2028, 9, 24)
DAYS = st.dates(min_value=date(2026, 9, 25), max_value=UNTIL)


def drawn(steps: list[Step], others: list[Step] | None = None, *ends: date) -> StepDrawing:
    endings = [Ending(day, "profile_expires") for day in ends]
    return step_chart(steps, steps if others is None else others, until=UNTIL, endings=endings).wide


def test_a_score_that_stays_is_one_level_line() -> None:
    drawing = drawn([Step(FIRST, 444)])
    assert re.fullmatch(r"M48 [\d.]+H1068", drawing.line)
    assert drawing.dash == ""


def test_a_step_goes_across_to_its_day_and_then_up_or_down() -> None:
    drawing = drawn([Step(FIRST, 444), Step(date(2027, 9, 24), 469)])
    assert re.fullmatch(r"M48 [\d.]+H[\d.]+V[\d.]+H1068", drawing.line)
    before, after = float(drawing.marks[0].y), float(drawing.marks[1].y)
    assert after < before


def test_what_to_prevent_leaves_the_line_where_the_scores_part() -> None:
    parts = date(2027, 9, 24)
    drawing = drawn([Step(FIRST, 444)], [Step(FIRST, 444), Step(parts, 245)])
    mark = drawing.dash_marks[0]
    assert drawing.dash.startswith(f"M{mark.x} {drawing.marks[0].y}H{mark.x}V{mark.y}")


def test_an_ending_is_an_upright_line_on_its_day() -> None:
    ending = drawn([Step(FIRST, 444)], None, date(2027, 9, 24)).endings[0]
    assert float(ending.x) == pytest.approx((WIDE.left + WIDE.right) / 2, abs=1)
    assert drawn([Step(FIRST, 444)], None, date(2029, 1, 1)).endings == []


def test_of_two_endings_close_together_the_second_has_its_label_a_row_lower() -> None:
    two = drawn([Step(FIRST, 444)], None, date(2027, 9, 24), date(2027, 10, 24)).endings
    assert [ending.label_y for ending in two] == ["16", "34"]
    apart = drawn([Step(FIRST, 444)], None, date(2027, 2, 24), date(2027, 10, 24)).endings
    assert [ending.label_y for ending in apart] == ["16", "16"]


@pytest.mark.parametrize(("day", "anchor"), [(date(2026, 9, 26), ""), (date(2028, 9, 20), "end")])
def test_the_label_of_an_ending_stays_within_the_picture(day: date, anchor: str) -> None:
    assert drawn([Step(FIRST, 444)], None, day).endings[0].anchor == anchor


@given(st.dictionaries(DAYS, st.integers(0, 1200), max_size=20), st.integers(0, 1200))
def test_everything_lies_within_the_plot_and_labels_keep_apart(later: dict[date, int], score: int) -> None:
    steps = [Step(FIRST, score), *(Step(day, later[day]) for day in sorted(later))]
    chart = step_chart(steps, steps, until=UNTIL)
    for drawing, frame in ((chart.wide, WIDE), (chart.narrow, NARROW)):
        labels = [(float(m.label_x), float(m.label_y)) for m in drawing.marks if m.labelled]
        assert all(frame.left <= float(mark.x) <= frame.right for mark in drawing.marks)
        assert all(frame.top - 1 <= float(mark.y) <= frame.base + 1 for mark in drawing.marks)
        for place, (x, y) in enumerate(labels):
            assert all(abs(x - ox) > 40 or abs(y - oy) > 20 for ox, oy in labels[:place])
