"""A stock of plans sorted by the score they lead to, so that a candidate for any score is made at first try.

The stock depends on the seed and the assessment day only: every process builds the same one.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

import numpy as np
from numpy.typing import NDArray

from simulation.population import points, strata
from simulation.population.plans import Plan

ROWS = 400_000
HIGHEST = 1_200


@dataclass(frozen=True, slots=True)
class Bank:
    """Plans as rows of small numbers, in the order of their scores; ``starts[s]`` is the first row of score s."""

    rows: NDArray[np.uint8]
    starts: NDArray[np.int64]

    def pick(self, score: int, slack: int, stream: Random) -> Plan:
        """Return a plan for a score, or for one at most ``slack`` away; the nearest where there is none."""
        low, high = self.starts[max(score - slack, 0)], self.starts[min(score + slack, HIGHEST) + 1]
        reach = slack
        while high - low < 1:
            reach += 1
            low, high = self.starts[max(score - reach, 0)], self.starts[min(score + reach, HIGHEST) + 1]
        return Plan(*self.rows[low + int(stream.random() * (high - low))].tolist())


def build(seed: int, day: date, rows: int = ROWS) -> Bank:
    """Return the stock of plans for a seed and an assessment day."""
    stream = np.random.Generator(np.random.PCG64([seed, 17]))
    parts = [_possible(stratum, round(rows * stratum.share), day, stream) for stratum in strata.STRATA]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in Plan._fields}
    scores = points.ranking(columns, day)
    order = np.argsort(scores, kind="stable")
    matrix = np.stack([columns[name] for name in Plan._fields], axis=1).astype(np.uint8)[order]
    return Bank(matrix, np.searchsorted(scores[order], np.arange(HIGHEST + 2)).astype(np.int64))


def _possible(stratum: strata.Stratum, rows: int, day: date, stream: np.random.Generator) -> strata.Columns:
    columns = strata.draw(stratum, rows, stream)
    possible = strata.feasible(columns) & points.admits(columns, day)
    return {name: column[possible] for name, column in columns.items()}
