"""The geometry of the picture of a score over time: steps, since a score changes on a day and holds until the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil, floor

from draws.charts.cutoff_charts import Month, months_between
from draws.charts.pool_charts import HIGHEST_SCORE, Anchor, Frame, Tick, grid_step, text

WIDE = Frame(1080, 412, 48, 1068, 54, 350)
NARROW = Frame(340, 352, 48, 330, 54, 284)
LEAST_RANGE = 40
# The room that a label takes, generously, so that "1,184 today" keeps clear of the next one in both languages.
LABEL_WIDTH, FIRST_LABEL_WIDTH, LABEL_HEIGHT = 50, 118, 22
ENDING_WIDTH, ENDING_ROWS = 120, (16, 34)


@dataclass(frozen=True, slots=True)
class Step:
    """From a day on, a score."""

    day: date
    score: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot where the score changes, with a label if there is room for one."""

    x: str
    y: str
    label_x: str
    label_y: str
    anchor: Anchor
    score: int
    labelled: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """A day on which something ends: an upright line with its label, the second of two close ones a row lower."""

    day: date
    kind: str
    x: str = ""
    anchor: Anchor = "mid"
    label_y: str = ""


@dataclass(frozen=True, slots=True)
class StepDrawing:
    """One of the two drawings: ``line`` is expected, ``dash`` what to prevent, from where the two part."""

    frame: Frame
    grid: Sequence[Tick]
    months: Sequence[Month]
    line: str
    dash: str
    marks: Sequence[Mark]
    dash_marks: Sequence[Mark]
    endings: Sequence[Ending]


@dataclass(frozen=True, slots=True)
class StepChart:
    """A score over time, drawn for a wide and a narrow place."""

    wide: StepDrawing
    narrow: StepDrawing


def step_chart(
    expected: Sequence[Step], unprevented: Sequence[Step], *, until: date, endings: Sequence[Ending] = ()
) -> StepChart:
    """Draw a score from its first day to ``until``; both begin with the same step, and may be the same.

    ``endings`` are given by day and kind; those beyond the picture are left out.
    """
    return StepChart(
        *(_drawing(expected, unprevented, frame, until, endings) for frame in (WIDE, NARROW)),
    )


@dataclass(frozen=True, slots=True)
class _Scales:
    frame: Frame
    first: date
    days: int
    lowest: int
    per_point: float

    def x(self, day: date) -> float:
        return self.frame.left + (day - self.first).days / self.days * (self.frame.right - self.frame.left)

    def y(self, score: int) -> float:
        return self.frame.base - (score - self.lowest) * self.per_point


def _drawing(
    expected: Sequence[Step],
    unprevented: Sequence[Step],
    frame: Frame,
    until: date,
    endings: Sequence[Ending],
) -> StepDrawing:
    first = expected[0].day
    lowest, highest, step = _range([one.score for one in (*expected, *unprevented)])
    per_point = (frame.base - frame.top) / (highest - lowest)
    scales = _Scales(frame, first, max((until - first).days, 1), lowest, per_point)
    parted = _parted(expected, unprevented)
    marks = list(_marks(expected, scales, []))
    return StepDrawing(
        frame=frame,
        grid=[Tick(text(scales.y(score)), score) for score in range(lowest, highest + 1, step)],
        months=months_between(scales.x, first, until),
        line=_path(expected, scales),
        dash=_path(parted, scales) if parted else "",
        marks=marks,
        dash_marks=list(_marks(parted[1:], scales, marks)),
        endings=list(_endings([one for one in endings if first < one.day <= until], scales)),
    )


def _endings(endings: Sequence[Ending], scales: _Scales) -> Iterator[Ending]:
    """Yield the upright lines; a label stays within the frame, and a row lower where the one before it reaches."""
    frame, taken = scales.frame, 0.0
    for ending in sorted(endings, key=lambda one: one.day):
        x, half = scales.x(ending.day), ENDING_WIDTH / 2
        anchor: Anchor = "" if x - half < 0 else "end" if x + half > frame.width else "mid"
        begins = x if anchor == "" else x - ENDING_WIDTH if anchor == "end" else x - half
        row = ENDING_ROWS[begins < taken]
        taken = begins + ENDING_WIDTH
        yield replace(ending, x=text(x), anchor=anchor, label_y=text(row))


def _range(scores: Sequence[int]) -> tuple[int, int, int]:
    """Return the lowest and highest line of the grid, and the step between two."""
    span = max(max(scores) - min(scores), LEAST_RANGE)
    step = grid_step(span, lines=6)
    lowest = max(floor((min(scores) - step / 2) / step) * step, 0)
    highest = min(ceil((max(*scores, lowest + span) + step / 2) / step) * step, HIGHEST_SCORE)
    return lowest, max(highest, lowest + step), step


def _parted(expected: Sequence[Step], unprevented: Sequence[Step]) -> list[Step]:
    """Return the steps of the second line from where it leaves the first; empty if it never does."""
    parts = next((step for step in unprevented if _on(expected, step.day) != step.score), None)
    if parts is None:
        return []
    return [Step(parts.day, _on(expected, parts.day)), *(s for s in unprevented if s.day >= parts.day)]


def _on(steps: Sequence[Step], day: date) -> int:
    """Return the score on a day."""
    return [step.score for step in steps if step.day <= day][-1]


def _path(steps: Sequence[Step], scales: _Scales) -> str:
    first, *rest = steps
    path = f"M{text(scales.x(first.day))} {text(scales.y(first.score))}"
    moves = "".join(f"H{text(scales.x(step.day))}V{text(scales.y(step.score))}" for step in rest)
    return f"{path}{moves}H{text(scales.frame.right)}"


def _marks(steps: Sequence[Step], scales: _Scales, taken: Sequence[Mark]) -> Iterator[Mark]:
    """Yield a dot a step; a label only where it keeps clear of those before it."""
    boxes = [_box(mark) for mark in taken if mark.labelled]
    for number, step in enumerate(steps):
        rises = number + 1 < len(steps) and steps[number + 1].score > step.score
        mark = _mark(step, scales, first=number == 0 and not taken, below=number == 0 and rises)
        left, right, y = _box(mark)
        free = all(right < start or end < left or abs(y - at) > LABEL_HEIGHT for start, end, at in boxes)
        if free:
            boxes.append((left, right, y))
        yield replace(mark, labelled=free)


def _mark(step: Step, scales: _Scales, *, first: bool, below: bool) -> Mark:
    x, y, right = scales.x(step.day), scales.y(step.score), scales.frame.right
    near_end = right - x < LABEL_WIDTH
    return Mark(
        text(x),
        text(y),
        text(right if near_end else x + 8),
        text(y + 26 if below else y - 12),
        "end" if near_end else "",
        step.score,
        labelled=True,
        first=first,
    )


def _box(mark: Mark) -> tuple[float, float, float]:
    """Return where a label begins and ends, and its height."""
    width, x = FIRST_LABEL_WIDTH if mark.first else LABEL_WIDTH, float(mark.label_x)
    left = x - width if mark.anchor == "end" else x
    return left, left + width, float(mark.label_y)
