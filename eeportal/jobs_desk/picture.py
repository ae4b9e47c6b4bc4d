"""The geometry of the picture of the next days, one bar a day; templates/components/pool_drawing.html draws it."""

from collections.abc import Sequence
from dataclasses import dataclass

from draws.charts.pool_charts import Bar, Frame, PoolDrawing, Tick, grid_step, text

WIDE = Frame(1080, 240, 64, 1078, 24, 206)
NARROW = Frame(340, 220, 2, 338, 24, 186)
TICKS = (0, 7, 14, 21, 28)


@dataclass(frozen=True, slots=True)
class DaysChart:
    """How many things are due on each day from today on, drawn for a wide and a narrow place."""

    wide: PoolDrawing
    narrow: PoolDrawing
    invites: bool = False


def days_chart(by_day: Sequence[int]) -> DaysChart:
    """Draw one bar for each day."""
    return DaysChart(_drawing(by_day, WIDE), _drawing(by_day, NARROW))


def _drawing(by_day: Sequence[int], frame: Frame) -> PoolDrawing:
    highest = max(by_day) or 1
    slot, step = (frame.right - frame.left) / len(by_day), grid_step(highest, lines=3)
    high = (frame.base - frame.top) / highest
    return PoolDrawing(
        frame=frame,
        bars=[
            Bar(
                text(frame.left + day * slot + 1),
                text(frame.base - count * high),
                text(slot - 2),
                text(count * high),
                "quiet",
            )
            for day, count in enumerate(by_day)
        ],
        grid=[Tick(text(frame.base - count * high), count) for count in range(step, highest + 1, step)],
        ticks=[Tick(text(frame.left + (day + 0.5) * slot), day) for day in TICKS],
        you=None,
        cutoff=None,
    )
