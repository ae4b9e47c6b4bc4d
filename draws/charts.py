"""The geometry of the picture of the pool, computed from numbers; templates/components draws it.

Coordinates are texts in the units of the drawing's viewBox, so that no language puts a comma into them.
Every chart is drawn twice, for a wide and a narrow place: text is never scaled to less than about 13 px.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Literal

LOWEST_BAR, HIGHEST_BAR, BAR_WIDTH, HIGHEST_SCORE = 300, 600, 10, 1200


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of a drawing and the sides of the plot in it."""

    width: int
    height: int
    left: float
    right: float
    top: float
    base: float


POOL_WIDE = Frame(1080, 340, 64, 1078, 76, 306)
POOL_NARROW = Frame(340, 300, 2, 338, 78, 266)


def text(value: float) -> str:
    """Return a coordinate with at most one decimal, always with a point."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid or a mark on an axis: where it is, and the number it stands for."""

    at: str
    value: int


def grid_step(highest: float, *, lines: int) -> int:
    """Return the smallest of 1, 2, 5, 10, 20, 50 … that needs at most so many lines to reach ``highest``."""
    smallest = max(highest / lines, 1)
    power = 10 ** floor(log10(smallest))
    return int(next(factor * power for factor in (1, 2, 5, 10) if factor * power >= smallest))


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """How many candidates have a score from ``low`` to ``high``, both included."""

    low: int
    high: int
    count: int


def ten_point_bands(by_score: Mapping[int, int]) -> list[ScoreBand]:
    """Return the pool in bands of ten points, lowest first; up to 300 and from 601 on are one band each."""
    lows = range(LOWEST_BAR + 1, HIGHEST_BAR, BAR_WIDTH)
    edges = [(0, LOWEST_BAR), *((low, low + BAR_WIDTH - 1) for low in lows), (HIGHEST_BAR + 1, HIGHEST_SCORE)]
    return [
        ScoreBand(low, high, sum(by_score.get(score, 0) for score in range(low, high + 1)))
        for low, high in edges
    ]


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; ``paint`` is quiet (everybody else), you, or act (would be invited)."""

    x: str
    y: str
    width: str
    height: str
    paint: Literal["quiet", "you", "act"]


@dataclass(frozen=True, slots=True)
class Upright:
    """A line across the bars with its label: ``anchor`` is the side of ``x`` on which the label stands."""

    x: str
    label_x: str
    anchor: Literal["", "mid", "end"]
    from_y: str
    to_y: str
    label_y: str
    score: int


@dataclass(frozen=True, slots=True)
class PoolDrawing:
    """One of the two drawings of the pool."""

    frame: Frame
    bars: Sequence[Bar]
    grid: Sequence[Tick]
    ticks: Sequence[Tick]
    you: Upright | None
    cutoff: Upright | None


@dataclass(frozen=True, slots=True)
class PoolChart:
    """The pool by score band, lowest first, with an optional own place and an optional cut-off line.

    ``ahead`` and ``behind`` are the candidates with a better and a worse rank; None without a rank.
    """

    bands: Sequence[ScoreBand]
    total: int
    ahead: int | None
    behind: int | None
    invites: bool
    wide: PoolDrawing
    narrow: PoolDrawing


def pool_chart(
    bands: Sequence[ScoreBand],
    *,
    you: int | None = None,
    rank: int | None = None,
    cutoff: int | None = None,
    invites: bool = False,
) -> PoolChart:
    """Draw the pool, with the score and rank of a candidate and a cut-off line where they are given.

    ``invites`` paints what lies at or above the cut-off as that which would be invited.
    """
    invited_from = cutoff if invites else None
    total = sum(band.count for band in bands)
    return PoolChart(
        bands=bands,
        total=total,
        ahead=None if rank is None else rank - 1,
        behind=None if rank is None else total - rank,
        invites=invites,
        wide=_pool_drawing(bands, POOL_WIDE, you, cutoff, invited_from),
        narrow=_pool_drawing(bands, POOL_NARROW, you, cutoff, invited_from),
    )


def _pool_drawing(
    bands: Sequence[ScoreBand], frame: Frame, you: int | None, cutoff: int | None, invited_from: int | None
) -> PoolDrawing:
    highest = max((band.count for band in bands), default=0) or 1
    step = grid_step(highest, lines=4)
    scale = (frame.base - frame.top) / max(highest, step)
    return PoolDrawing(
        frame=frame,
        bars=_bars(bands, frame, scale, you, invited_from),
        grid=[Tick(text(frame.base - n * scale), n) for n in range(step, highest + 1, step)],
        ticks=_score_ticks(bands, frame),
        you=_upright(
            bands, frame, you, _top_of(bands, you, frame, scale) - 6, frame.top - 28, away_from=cutoff
        ),
        cutoff=_upright(bands, frame, cutoff, frame.base + 6, 6, away_from=None, at_edge=True),
    )


def _slot(bands: Sequence[ScoreBand], frame: Frame) -> float:
    return (frame.right - frame.left) / len(bands)


def _index(bands: Sequence[ScoreBand], score: int) -> int:
    return next(number for number, band in enumerate(bands) if band.low <= score <= band.high)


def _bars(
    bands: Sequence[ScoreBand], frame: Frame, scale: float, you: int | None, invited_from: int | None
) -> list[Bar]:
    slot = _slot(bands, frame)
    gap = 2 if slot < 28 else 3
    bars = []
    for number, band in enumerate(bands):
        x, width = frame.left + number * slot + gap / 2, slot - gap
        paint: Literal["quiet", "you", "act"] = "quiet"
        if you is not None and band.low <= you <= band.high:
            paint = "you"
        elif invited_from is not None and band.low >= invited_from:
            paint = "act"
        bars.append(_bar(frame, x, width, band.count * scale, paint))
        if invited_from is not None and band.low < invited_from <= band.high:
            share = (band.high + 1 - invited_from) / (band.high + 1 - band.low)
            bars.append(_bar(frame, x + width * (1 - share), width * share, band.count * scale, "act"))
    return bars


def _bar(frame: Frame, x: float, width: float, height: float, paint: Literal["quiet", "you", "act"]) -> Bar:
    return Bar(text(x), text(frame.base - height), text(width), text(height), paint)


def _score_ticks(bands: Sequence[ScoreBand], frame: Frame) -> list[Tick]:
    """Return the marks below the axis: every 50 points in the wide drawing, every 100 in the narrow."""
    every = 50 if frame.width > 600 else 100
    slot = _slot(bands, frame)
    edges = [(number + 1, band.high) for number, band in enumerate(bands[:-1])]
    return [Tick(text(frame.left + number * slot), score) for number, score in edges if score % every == 0]


def _top_of(bands: Sequence[ScoreBand], score: int | None, frame: Frame, scale: float) -> float:
    return frame.base if score is None else frame.base - bands[_index(bands, score)].count * scale


def _upright(
    bands: Sequence[ScoreBand],
    frame: Frame,
    score: int | None,
    from_y: float,
    to_y: float,
    *,
    away_from: int | None,
    at_edge: bool = False,
) -> Upright | None:
    """Return the line of a score: in the middle of its bar or, ``at_edge``, where that score begins."""
    if score is None:
        return None
    slot = _slot(bands, frame)
    number = _index(bands, score)
    band = bands[number]
    within = (score - band.low) / (band.high + 1 - band.low) if at_edge else 0.5
    x = frame.left + (number + within) * slot
    anchor = _anchor(frame, x, score, away_from, at_edge)
    shift = {"": 10, "mid": 0, "end": -10}[anchor] if at_edge or anchor != "mid" else 0
    return Upright(
        text(x),
        text(x + shift),
        anchor,
        text(from_y),
        text(to_y),
        text(to_y + 14 if at_edge else to_y - 8),
        score,
    )


def _anchor(
    frame: Frame, x: float, score: int, away_from: int | None, at_edge: bool
) -> Literal["", "mid", "end"]:
    """Return the side on which a label has room and does not meet the other line."""
    room = 110 if at_edge else 60
    if x - frame.left < room:
        return ""
    if frame.right - x < room or at_edge:
        return "end"
    if away_from is not None and abs(away_from - score) < 80:
        return "end" if score < away_from else ""
    return "mid"
