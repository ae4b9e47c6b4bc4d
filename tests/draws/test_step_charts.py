"""The picture of a score over time: steps that begin and end where they should, labels that keep apart."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws.step_charts import NARROW, WIDE, Step, StepDrawing, step_chart

FIRST, UNTIL = date(2026, 9, 24), date(2028, 9, 24)
DAYS = st.dates(min_value=date(2026, 9, 25), max_value=UNTIL)


def drawn(steps: list[Step], others: list[Step] | None = None, ends_on: date | None = None) -> StepDrawing:
    return step_chart(steps, steps if others is None else others, until=UNTIL, ends_on=ends_on).wide


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


def test_the_end_of_the_profile_is_an_upright_line_on_its_day() -> None:
    middle = drawn([Step(FIRST, 444)], ends_on=date(2027, 9, 24)).ends_at
    assert float(middle) == pytest.approx((WIDE.left + WIDE.right) / 2, abs=1)
    assert drawn([Step(FIRST, 444)], ends_on=date(2029, 1, 1)).ends_at == ""


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
