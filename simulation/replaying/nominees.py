"""Rounds for nominees alone: how the scores above 600 lie.

Such a round takes nearly everybody, so its cut-off is close to the lowest nominee's score: it says little of how the
pool lies and cannot be told well. The scores are taken to be normal, kept between 601 and 1200; their middle and
spread and the daily growth from the picture to the round are fitted on the other rounds. No cut-off of an earlier
round is carried over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from draws.history import PublishedRound
from simulation.replaying.fitting import Trial, remembering_nothing
from simulation.replaying.shapes import HIGHEST, Array

MOST: Final = 1200
SCORES: Final = np.arange(HIGHEST + 1, MOST + 1)
MIDDLES: Final = tuple(range(700, 961, 20))
SPREADS: Final = (30, 40, 50, 60, 70, 80, 100, 120)
GROWTHS: Final = (0.0, 0.02, 0.05, 0.1, 0.2)


@dataclass(frozen=True, slots=True)
class Nominees:
    """How nominees' scores lie: their middle and spread in points, and growth a day as a share."""

    middle: int
    spread: int
    growth: float


def settings() -> list[Nominees]:
    """Return the settings to try."""
    return [Nominees(*numbers) for numbers in product(MIDDLES, SPREADS, GROWTHS)]


def shape(tried: Nominees) -> Array:
    """Return the share of the nominees at each score from 601 to 1200, adding up to 1."""
    heights = np.exp(-(((SCORES - tried.middle) / tried.spread) ** 2) / 2)
    shares: Array = heights / heights.sum()
    return shares


def present(counted: float, held: PublishedRound, days: int, tried: Nominees) -> int:
    """Return the nominees on the day of the round: those counted and their growth; no fewer than were invited."""
    return max(round(counted * (1 + tried.growth * days)), held.invitations)


def nominees_trial(targets: Sequence[PublishedRound], counted: Sequence[tuple[float, int]]) -> Trial:
    """Return what each of ``settings()`` says of ``targets``.

    ``counted``: for each round, the nominees in the picture less those invited since, and the picture's age in days.
    """
    rows = []
    for tried in settings():
        reached = np.cumsum(shape(tried)[::-1])
        rows.append(
            [_lowest(reached, held, *seen, tried) for held, seen in zip(targets, counted, strict=True)]
        )
    return remembering_nothing(targets, rows)


def _lowest(reached: Array, held: PublishedRound, counted: float, days: int, tried: Nominees) -> int:
    everybody = present(counted, held, days, tried)
    last = min(held.invitations, everybody - 0.5) / everybody
    return MOST - int(np.searchsorted(reached, last))
