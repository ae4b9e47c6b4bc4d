"""Measuring side by side: in every turn each side runs once, so that all share the machine's good and bad moments."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence

Task = Callable[[], object]
Timed = Callable[[], float]


def seconds(task: Task) -> float:
    """How long a task takes, with what earlier tasks left behind cleared away first."""
    gc.collect()
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def best(sides: Sequence[Timed], turns: int) -> list[float]:
    """The smallest figure of each side over the turns; a side does its own timing, so that it may prepare untimed.

    Every other turn goes the other way round, because who comes first pays for what both need.
    """
    found: list[list[float]] = [[] for _side in sides]
    for turn in range(turns):
        places = range(len(sides)) if turn % 2 == 0 else range(len(sides) - 1, -1, -1)
        for place in places:
            found[place].append(sides[place]())
    return [min(figures) for figures in found]


def percentile(figures: Sequence[float], hundredth: int) -> float:
    """The figure below which so many of a hundred lie."""
    return statistics.quantiles(figures, n=100, method="inclusive")[hundredth - 1]
