"""Which scores a pool like a published one holds: a quota a band, and a shape within each band.

A round's page gives the number of candidates in each of 15 score bands. The quotas of a pool of another size
keep those shares by largest remainder. Within a band the published pages are silent; what the rounds' cut-offs
betray (see ``weight``) and the slope towards the neighbouring bands give the shape.
"""

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from draws.charts.bands import BANDS
from draws.public.history import Distribution, published_distributions

# Fitted to 23 all-programs rounds: above 500 a point more is held by exp(-0.07) times as many.
THINNING_ABOVE_500 = 0.07
# A nominated candidate has 600 points more than the facts alone give, and those who need a nomination
# most are in the middle of the field.
NOMINEE_MEAN, NOMINEE_SPREAD, NOMINEE_LOWEST, NOMINEE_HIGHEST = 970.0, 75.0, 720, 1150
LOWEST_SCORE = 130


class UnknownDistributionError(LookupError):
    """No distribution was published for this round number."""


def published(round_number: str) -> Distribution:
    """Return the distribution published with a round; ``UnknownDistributionError`` when there is none."""
    found = published_distributions().get(round_number)
    if found is None or not sum(found.counts):
        raise UnknownDistributionError(round_number)
    return found


def quotas(distribution: Distribution, size: int) -> tuple[int, ...]:
    """Return how many of ``size`` candidates each band gets: exact shares, by largest remainder."""
    exact = [size * count / sum(distribution.counts) for count in distribution.counts]
    whole = [math.floor(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda band: (whole[band] - exact[band], band))
    for band in by_remainder[: size - sum(whole)]:
        whole[band] += 1
    return tuple(whole)


def targets(distribution: Distribution, size: int, seed: int) -> NDArray[np.int16]:
    """Return the score that each of ``size`` candidates shall have, in an order shuffled by the seed."""
    stream = np.random.Generator(np.random.PCG64([seed, size]))
    parts = [
        _spread(distribution, band, quota, stream) for band, quota in enumerate(quotas(distribution, size))
    ]
    scores = np.concatenate(parts)
    return scores[stream.permutation(size)]


def weights(distribution: Distribution, band: int) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
    """Return the scores of a band and how many candidates each holds relative to the others."""
    low, high = BANDS[band].low, BANDS[band].high
    if low == 0:
        low = LOWEST_SCORE
    if low == 601:
        low, high = NOMINEE_LOWEST, NOMINEE_HIGHEST
    scores = np.arange(low, high + 1, dtype=np.int16)
    return scores, _shape(distribution, band, scores.astype(np.float64))


def band_of(score: int) -> int:
    """Return the position in ``BANDS`` of the band that holds a score."""
    return next(position for position, band in enumerate(BANDS) if band.low <= score <= band.high)


def _shape(distribution: Distribution, band: int, scores: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = BANDS[band].low, BANDS[band].high
    if low == 601:
        return np.exp(-(((scores - NOMINEE_MEAN) / NOMINEE_SPREAD) ** 2) / 2)
    if low == 501:
        return np.exp(-THINNING_ABOVE_500 * (scores - low))
    if low >= 481:
        return np.ones_like(scores)
    densities = list(_densities(distribution))
    if low == 0:
        below = max(distribution.counts[band], 1)
        return np.exp(densities[band - 1] / 2 / below * (scores - high))
    upper = (densities[band - 1] + densities[band]) / 2
    lower = (densities[band] + densities[band + 1]) / 2
    return lower + (upper - lower) * (scores - low + 0.5) / (high - low + 1)


def _densities(distribution: Distribution) -> Iterator[float]:
    """Yield candidates a point; the lowest band counts with half of its upper neighbour's at its upper end."""
    density = 0.0
    for count, band in zip(distribution.counts[:-1], BANDS[:-1], strict=True):
        density = count / (band.high - band.low + 1)
        yield density
    yield density / 2


def _spread(
    distribution: Distribution, band: int, quota: int, stream: np.random.Generator
) -> NDArray[np.int16]:
    """Return ``quota`` scores of a band, one drawn from each of as many equal slices of its shape."""
    scores, shape = weights(distribution, band)
    edges = np.cumsum(shape) / np.sum(shape)
    slices = (np.arange(quota) + stream.random(quota)) / max(quota, 1)
    return scores[np.minimum(np.searchsorted(edges, slices, side="right"), len(scores) - 1)]
