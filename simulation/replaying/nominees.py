"""Rounds for nominees alone: how the scores above 600 lie.

Such a round takes everybody who qualifies, so its cut-off is the lowest nominee's score: it says little of how the
pool lies and cannot be told well. The scores are taken to thin out exponentially downwards from a highest one, which
makes the lowest of many lower than the lowest of few. That highest score and the rate are fitted on the other
rounds. No cut-off of an earlier round is carried over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from draws.public.history import PublishedRound
from simulation.replaying.fitting import Trial, remembering_nothing
from simulation.replaying.shapes import HIGHEST, Array

MOST: Final = 1200
SCORES: Final = np.arange(HIGHEST + 1, MOST + 1)
TOPS: Final = tuple(range(860, 1081, 20))
SCALES: Final = tuple(range(20, 61, 5))


@dataclass(frozen=True, slots=True)
class Nominees:
    """How nominees' scores lie: ``top`` is the highest; ``scale`` points lower there are 1/e as many."""

    top: int
    scale: int


def settings() -> list[Nominees]:
    """Return the settings to try."""
    return [Nominees(*numbers) for numbers in product(TOPS, SCALES)]


def shape(tried: Nominees) -> Array:
    """Return the share of the nominees at each score from 601 to 1200, adding up to 1."""
    heights = np.where(tried.top >= SCORES, np.exp((SCORES - tried.top) / tried.scale), 0.0)
    shares: Array = heights / heights.sum()
    return shares


def present(counted: float, held: PublishedRound) -> int:
    """Return the candidates above 600 on the day of the round: those counted, and no fewer than were invited."""
    return max(round(counted), held.invitations)


def nominees_trial(targets: Sequence[PublishedRound], counted: Sequence[float]) -> Trial:
    """Return what each of ``settings()`` says of ``targets``.

    ``counted``: for each round, the candidates above 600 in the picture, less those invited since.
    """
    rows = []
    for tried in settings():
        reached = np.cumsum(shape(tried)[::-1])
        rows.append([_lowest(reached, present(*seen)) for seen in zip(counted, targets, strict=True)])
    return remembering_nothing(targets, rows)


def _lowest(reached: Array, everybody: int) -> int:
    """Return the lowest score of ``everybody``, ``reached`` being the share from the top down to each score."""
    return MOST - int(np.searchsorted(reached, 1 - 0.5 / everybody))
