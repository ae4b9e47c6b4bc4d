"""How the candidates of a published band spread over its scores.

Arrays are indexed by the score, 0 to 600. Scores above 600 belong to nominees, who are kept apart.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from draws.charts.bands import BANDS
from draws.public.history import Distribution

Array = npt.NDArray[np.float64]

HIGHEST: Final = 600
SCORES: Final = np.arange(HIGHEST + 1)
# From the lowest band up, as the scores run; the band of the nominees is not among them.
RISING: Final = tuple(reversed(BANDS[1:]))
STARTS: Final = np.array([band.low for band in RISING])
WIDTHS: Final = np.array([band.high - band.low + 1 for band in RISING])
EVEN: Final = np.ones(HIGHEST + 1)
# The published bands are ten points or a little wider up to here; above, one band holds a hundred.
LAST_NARROW_SCORE: Final = 500


def counts_of(distribution: Distribution) -> Array:
    """Return the candidates of each band up to 600, the lowest band first."""
    return np.array(distribution.counts[:0:-1], dtype=np.float64)


def nominees_of(distribution: Distribution) -> int:
    """Return the candidates above 600 points."""
    return distribution.counts[0]


def by_band(density: Array) -> Array:
    """Add up the last axis of ``density`` to a figure for each band, the lowest first."""
    added: Array = np.add.reduceat(density, STARTS, axis=-1)
    return added


def over_scores(figures: Array) -> Array:
    """Repeat a figure for each band over the band's scores."""
    repeated: Array = np.repeat(figures, WIDTHS, axis=-1)
    return repeated


def spread(counts: Array, shape: Array) -> Array:
    """Return candidates by score: never negative, in each band in proportion to ``shape``, adding up to ``counts``.

    ``shape`` must be above 0 somewhere in each band.
    """
    spread_out: Array = shape * over_scores(counts / by_band(shape))
    return spread_out


def smooth_shape(distribution: Distribution, thinning: float) -> Array:
    """Return the shape of a pool: a smooth line through the bands up to 500, thinning out exponentially above.

    The line is straight in the logarithm between the middles of the bands; ``thinning`` is the rate a point:
    of two neighbouring scores above 500, the higher has exp(-thinning) times the candidates.
    """
    narrow = slice(0, len(RISING) - 1)
    heights = np.maximum(counts_of(distribution), 1.0)[narrow] / WIDTHS[narrow]
    middles = STARTS[narrow] + (WIDTHS[narrow] - 1) / 2
    line = np.exp(np.interp(SCORES, middles, np.log(heights)))
    shape: Array = np.where(SCORES > LAST_NARROW_SCORE, thinned(thinning), line)
    return shape


def thinned(thinning: float) -> Array:
    """Return an even spread up to 500 that thins out exponentially above, by ``thinning`` a point."""
    above = np.maximum(SCORES - LAST_NARROW_SCORE - 1.0, 0.0)
    shape: Array = np.exp(-thinning * above)
    return shape


def lowest_invited(density: Array, invitations: float) -> int:
    """Return the score at which ``invitations`` run out when the highest scores go first.

    601 if there are none left for anybody up to 600; the lowest score that anybody has if they are enough for all.
    """
    if invitations <= 0:
        return HIGHEST + 1
    passed = int(np.searchsorted(np.cumsum(density[::-1]), invitations))
    if passed > HIGHEST:
        return int(np.flatnonzero(density)[0]) if density.any() else 0
    return HIGHEST - passed
