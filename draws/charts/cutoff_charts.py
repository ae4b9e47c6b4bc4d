"""The geometry of the picture of cut-offs over time, computed from numbers; templates/components draws it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from math import ceil, floor
from typing import Literal

from draws.charts.pool_charts import HIGHEST_SCORE, Anchor, Frame, Tick, grid_step, text

WIDE = Frame(1080, 450, 48, 890, 30, 398)
NARROW = Frame(340, 390, 36, 330, 30, 338)


@dataclass(frozen=True, slots=True)
class Cutoff:
    """A round: its day, its lowest score invited and, where it differs from its series, what it was for."""

    day: date
    score: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """Rounds of one kind, oldest first.

    ``look`` is act (line and dots), ink (dashed line and squares) or other (diamonds without a line).
    """

    name: str
    look: Literal["act", "ink", "other"]
    rounds: Sequence[Cutoff]


@dataclass(frozen=True, slots=True)
class Point:
    """A round's mark and its size from the middle outwards."""

    x: str
    y: str
    left: str
    top: str
    path: str
    latest: bool


@dataclass(frozen=True, slots=True)
class SeriesDrawing:
    """A series with its line, its marks, and the label of its last round."""

    name: str
    look: str
    line: str
    points: Sequence[Point]
    last_score: int
    label_x: str
    label_y: str
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Month:
    """A mark on the axis of time on the first day of a month; some also name the year."""

    at: str
    first_day: date
    names_year: bool


@dataclass(frozen=True, slots=True)
class CutoffDrawing:
    """One of the two drawings of the cut-offs; ``size`` is half a mark's width."""

    frame: Frame
    series: Sequence[SeriesDrawing]
    grid: Sequence[Tick]
    months: Sequence[Month]
    size: str
    side: str


@dataclass(frozen=True, slots=True)
class CutoffChart:
    """Cut-offs over time, a series a kind of round."""

    series: Sequence[Series]
    wide: CutoffDrawing
    narrow: CutoffDrawing


def cutoff_chart(series: Sequence[Series], *, first: date, last: date) -> CutoffChart:
    """Draw the cut-offs of the rounds from one day to another; series without a round are left out."""
    drawn = [kind for kind in series if kind.rounds]
    return CutoffChart(
        series=drawn,
        wide=_cutoff_drawing(drawn, WIDE, first, last, size=5),
        narrow=_cutoff_drawing(drawn, NARROW, first, last, size=4),
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


def _cutoff_drawing(
    series: Sequence[Series], frame: Frame, first: date, last: date, size: int
) -> CutoffDrawing:
    scores = [held.score for kind in series for held in kind.rounds] or [0, HIGHEST_SCORE]
    step = grid_step(max(scores) - min(scores) + 1, lines=8)
    lowest, highest = floor(min(scores) / step) * step, ceil((max(scores) + 1) / step) * step
    per_point = (frame.base - frame.top) / (highest - lowest)
    scales = _Scales(frame, first, max((last - first).days, 1), lowest, per_point)
    latest = max((held.day for kind in series for held in kind.rounds), default=first)
    return CutoffDrawing(
        frame=frame,
        series=_apart([_series_drawing(kind, scales, size, latest) for kind in series]),
        grid=[Tick(text(scales.y(score)), score) for score in range(lowest + step, highest + 1, step)],
        months=months_between(scales.x, first, last),
        size=text(size),
        side=text(2 * size),
    )


def _series_drawing(kind: Series, scales: _Scales, size: int, latest: date) -> SeriesDrawing:
    spots = [(scales.x(held.day), scales.y(held.score)) for held in kind.rounds]
    label_x, label_y, anchor = _label(kind, scales.frame, spots[-1])
    return SeriesDrawing(
        name=kind.rounds[-1].name or kind.name,
        look=kind.look,
        line="" if kind.look == "other" else "M" + " L".join(f"{text(x)} {text(y)}" for x, y in spots),
        points=[
            _point(spot, size, held.day == latest) for spot, held in zip(spots, kind.rounds, strict=True)
        ],
        last_score=kind.rounds[-1].score,
        label_x=text(label_x),
        label_y=text(label_y),
        anchor=anchor,
    )


def _label(kind: Series, frame: Frame, last: tuple[float, float]) -> tuple[float, float, Anchor]:
    """Return where the label of a series stands: beside its last mark, below it, or above it."""
    x, y = last
    if kind.look == "ink":
        return (x, y + 28, "mid") if frame.right - x > 50 else (frame.right, y + 28, "end")
    if frame is WIDE:
        return x + 16, y + 6, ""
    return min(x + 12, frame.right), y - 12, "end"


def _point(spot: tuple[float, float], size: int, latest: bool) -> Point:
    x, y = spot
    reach = text(size * 1.4)
    path = f"M{text(x)} {text(y - size * 1.4)}l{reach} {reach}l-{reach} {reach}l-{reach} -{reach}z"
    return Point(text(x), text(y), text(x - size), text(y - size), path, latest)


def _apart(series: list[SeriesDrawing]) -> list[SeriesDrawing]:
    """Return the series with labels at least a line's height apart, each as near to its mark as can be."""
    order = sorted(range(len(series)), key=lambda number: float(series[number].label_y))
    heights = [float(series[number].label_y) for number in order]
    for above, below in pairwise(range(len(heights))):
        heights[below] = max(heights[below], heights[above] + 20)
    moved = {number: text(height) for number, height in zip(order, heights, strict=True)}
    return [replace(kind, label_y=moved[number]) for number, kind in enumerate(series)]


def months_between(x: Callable[[date], float], first: date, last: date) -> list[Month]:
    """Return at most six evenly spaced first days of months, over more than two years of Januaries.

    A mark names the year where it is new. ``x`` says where a day stands.
    """
    firsts = list(_first_days(first, last))
    if len(firsts) > 24:
        firsts = [day for day in firsts if day.month == 1]
    marked = firsts[:: max(ceil(len(firsts) / 6), 1)]
    years = [None, *(day.year for day in marked)]
    return [
        Month(text(x(day)), day, names_year=day.year != before)
        for day, before in zip(marked, years, strict=False)
    ]


def _first_days(first: date, last: date) -> Iterable[date]:
    day = first.replace(day=1)
    while day <= last:
        if day >= first:
            yield day
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
