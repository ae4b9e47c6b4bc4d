"""The geometry of the picture of the pool, computed from numbers; templates/components draws it.

Coordinates are texts in the units of the drawing's viewBox, so that no language puts a comma into them.
Every chart is drawn twice, for a wide and a narrow place: text is never scaled to less than about 13 px.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Literal

Paint = Literal["quiet", "you", "act"]
Anchor = Literal["", "mid", "end"]

LOWEST_BAR, HIGHEST_BAR, BAR_WIDTH, HIGHEST_SCORE = 300, 600, 10, 1200
ASIDE: Mapping[Anchor, int] = {"": 10, "mid": 0, "end": -10}


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
LONGEST_LABEL = 170
"""The width of ‘Invited’ in the longer of the two languages, with its arrow."""


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
    """How many candidates have a score from ``low`` to ``high``, both included.

    ``slots`` is its width in the picture: one for every ten points, and one for each of the two open ends.
    """

    low: int
    high: int
    count: int

    @property
    def slots(self) -> int:
        open_end = self.low == 0 or self.high == HIGHEST_SCORE
        return 1 if open_end else max((self.high + 1 - self.low) // BAR_WIDTH, 1)


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
    paint: Paint


@dataclass(frozen=True, slots=True)
class Upright:
    """A line across the bars with its label: ``anchor`` is the side of ``x`` on which the label stands.

    ``room`` says whether a second label fits on the right of it.
    """

    x: str
    label_x: str
    anchor: Anchor
    from_y: str
    to_y: str
    label_y: str
    score: int
    room: bool = False


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


@dataclass(frozen=True, slots=True)
class _Plot:
    """Where scores and counts stand in a frame. A bar is as high as its band has candidates in a slot."""

    frame: Frame
    bands: Sequence[ScoreBand]

    @property
    def highest(self) -> float:
        return max((band.count / band.slots for band in self.bands), default=0) or 1

    @property
    def slot(self) -> float:
        return (self.frame.right - self.frame.left) / sum(band.slots for band in self.bands)

    def height(self, candidates: float) -> float:
        return candidates * (self.frame.base - self.frame.top) / self.highest

    def band_of(self, score: int) -> ScoreBand:
        return next(band for band in self.bands if band.low <= score <= band.high)

    def x(self, score: int) -> float:
        """Return where a score begins."""
        band = self.band_of(score)
        before = sum(other.slots for other in self.bands if other.high < band.low)
        within = (score - band.low) / (band.high + 1 - band.low) * band.slots
        return self.frame.left + (before + within) * self.slot


def _pool_drawing(
    bands: Sequence[ScoreBand], frame: Frame, you: int | None, cutoff: int | None, invited_from: int | None
) -> PoolDrawing:
    plot = _Plot(frame, bands)
    step = grid_step(plot.highest, lines=4)
    return PoolDrawing(
        frame=frame,
        bars=[bar for band in bands for bar in _bars(plot, band, you, invited_from)],
        grid=[Tick(text(frame.base - plot.height(n)), n) for n in range(step, int(plot.highest) + 1, step)],
        ticks=_score_ticks(plot),
        you=None if you is None else _own_line(plot, you, cutoff),
        cutoff=None if cutoff is None else _cutoff_line(plot, cutoff),
    )


def _bars(plot: _Plot, band: ScoreBand, you: int | None, invited_from: int | None) -> Iterator[Bar]:
    """Yield the bar of a band; if the cut-off falls into it, also the part that would be invited."""
    gap = 2 if plot.slot < 28 else 3
    x, width = plot.x(band.low) + gap / 2, band.slots * plot.slot - gap
    height = plot.height(band.count / band.slots)
    paint: Paint = "quiet"
    if you is not None and band.low <= you <= band.high:
        paint = "you"
    elif invited_from is not None and band.low >= invited_from:
        paint = "act"
    yield _bar(plot, x, width, height, paint)
    if invited_from is not None and band.low < invited_from <= band.high:
        share = (band.high + 1 - invited_from) / (band.high + 1 - band.low)
        yield _bar(plot, x + width * (1 - share), width * share, height, "act")


def _bar(plot: _Plot, x: float, width: float, height: float, paint: Paint) -> Bar:
    return Bar(text(x), text(plot.frame.base - height), text(width), text(height), paint)


def _score_ticks(plot: _Plot) -> list[Tick]:
    """Return the marks below the axis: every 50 points in the wide drawing, every 100 in the narrow."""
    every = 50 if plot.frame is POOL_WIDE else 100
    edges = [band.high for band in plot.bands[:-1] if band.high % every == 0]
    return [Tick(text(plot.x(score + 1)), score) for score in edges]


def _own_line(plot: _Plot, you: int, cutoff: int | None) -> Upright:
    """Return the line from the middle of the own bar to a label that keeps away from the cut-off."""
    band, frame = plot.band_of(you), plot.frame
    x = plot.x(band.low) + band.slots * plot.slot / 2
    near = cutoff is not None and abs(cutoff - you) < 80
    anchor: Anchor = "mid"
    if x - frame.left < 60 or (near and cutoff is not None and you >= cutoff):
        anchor = ""
    elif frame.right - x < 60 or near:
        anchor = "end"
    from_y, to_y = frame.base - plot.height(band.count / band.slots) - 6, frame.top - 22
    return Upright(text(x), text(x + ASIDE[anchor]), anchor, text(from_y), text(to_y), text(to_y - 8), you)


def _cutoff_line(plot: _Plot, cutoff: int) -> Upright:
    """Return the line where the lowest score invited begins, with its label at the top."""
    x = plot.x(cutoff)
    anchor: Anchor = "" if x - plot.frame.left < 110 else "end"
    base = plot.frame.base + 6
    room = anchor == "end" and plot.frame.right - x >= LONGEST_LABEL
    return Upright(text(x), text(x + ASIDE[anchor]), anchor, text(base), "6", "20", cutoff, room)
