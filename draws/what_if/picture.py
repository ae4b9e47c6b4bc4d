"""The geometry of the scores side by side, a bar a column in its four sections; the template draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from draws.candidate.past_rounds import PastRound
from draws.charts.pool_charts import HIGHEST_SCORE, Anchor, Frame, Tick, grid_step, text
from draws.public.cutoffs import SHORT_KINDS

GAP = 2.0
ROOM_FOR_TOTALS = 60
LONGEST_LABEL = 29
BAR_TOP, BELOW = 40, 30


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its name, the points of its four sections in order, and their total."""

    name: str
    parts: Sequence[int]
    total: int


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a bar; ``look`` is 1 to 4."""

    look: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class BarDrawing:
    """One bar with its label and its total."""

    label: str
    label_y: str
    y: str
    total_y: str
    total: int
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class CutoffLine:
    """The latest cut-off across the bars, with its label on the side that has room."""

    x: str
    anchor: Anchor
    name: str
    score: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """One of the two drawings."""

    frame: Frame
    height: int
    bars: Sequence[BarDrawing]
    grid: Sequence[Tick]
    cutoff: CutoffLine | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The bars, and the drawings for a wide and a narrow place."""

    bars: Sequence[Bar]
    wide: Drawing
    narrow: Drawing
    cutoff: PastRound | None


def comparison_picture(bars: Sequence[Bar], latest: PastRound | None) -> Picture:
    """Draw the bars from zero; `latest` is a round whose cut-off stands across them."""
    height = {"wide": 58 * len(bars) + 14, "narrow": 66 * len(bars) + 12}
    wide = Frame(1080, BAR_TOP + height["wide"] + BELOW, 230, 1080, 34, BAR_TOP + height["wide"])
    narrow = Frame(340, BAR_TOP + height["narrow"] + BELOW, 0, 340, 34, BAR_TOP + height["narrow"])
    return Picture(
        bars,
        _drawing(bars, wide, 34, latest, beside=True),
        _drawing(bars, narrow, 26, latest, beside=False),
        latest,
    )


def _drawing(
    bars: Sequence[Bar], frame: Frame, height: int, latest: PastRound | None, *, beside: bool
) -> Drawing:
    cutoff = latest.held.cutoff if latest else None
    highest = min(max([*(bar.total for bar in bars), cutoff or 0, 100]), HIGHEST_SCORE)
    per_point = (frame.right - frame.left - ROOM_FOR_TOTALS) / highest
    step = grid_step(highest, lines=6)
    return Drawing(
        frame=frame,
        height=height,
        bars=[_bar(bar, row, frame, per_point, beside=beside) for row, bar in enumerate(bars)],
        grid=[Tick(text(frame.left + points * per_point), points) for points in range(0, highest + 1, step)],
        cutoff=_cutoff_line(latest, frame, per_point),
    )


def _bar(bar: Bar, row: int, frame: Frame, per_point: float, *, beside: bool) -> BarDrawing:
    y = BAR_TOP + (58 * row + 4 if beside else 66 * row + 20)
    starts = accumulate(bar.parts, initial=0)
    parts = [
        Part(look, text(frame.left + start * per_point), text(max(points * per_point - GAP, 1)))
        for look, (start, points) in enumerate(zip(starts, bar.parts, strict=False), start=1)
        if points
    ]
    return BarDrawing(
        label=shortened(bar.name) if beside else shortened(bar.name, LONGEST_LABEL + 8),
        label_y=text(y + 22 if beside else y - 7),
        y=text(y),
        total_y=text(y + 23 if beside else y + 19),
        total=bar.total,
        parts=parts,
    )


def shortened(name: str, longest: int = LONGEST_LABEL) -> str:
    """Return a name that has room beside its bar."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"


def _cutoff_line(latest: PastRound | None, frame: Frame, per_point: float) -> CutoffLine | None:
    if latest is None or latest.held.cutoff is None:
        return None
    x = frame.left + latest.held.cutoff * per_point
    anchor: Anchor = "end" if x > (frame.left + frame.right) / 2 else ""
    return CutoffLine(text(x), anchor, str(SHORT_KINDS[latest.held.kinds[0]]), latest.held.cutoff)
