"""Score bands: quotas by largest remainder, and the shape within a band."""

from collections import Counter

import numpy as np
import pytest

from draws.charts.bands import BANDS
from draws.public.history import published_distributions
from simulation.population.bands import (
    UnknownDistributionError,
    band_of,
    published,
    quotas,
    targets,
    weights,
)

LIKE = published("447")


@pytest.mark.parametrize("size", [1, 7, 1_000, 25_000, 250_000])
def test_quotas_add_up_to_the_size_of_the_pool(size: int) -> None:
    assert sum(quotas(LIKE, size)) == size


@pytest.mark.parametrize("size", [1, 7, 1_000, 25_000])
def test_no_quota_is_a_whole_candidate_away_from_the_exact_share(size: int) -> None:
    exact = [size * count / sum(LIKE.counts) for count in LIKE.counts]
    assert all(abs(quota - share) < 1 for quota, share in zip(quotas(LIKE, size), exact, strict=True))


def test_a_pool_of_the_published_size_has_the_published_counts() -> None:
    assert quotas(LIKE, sum(LIKE.counts)) == LIKE.counts


def test_targets_fill_each_band_to_its_quota() -> None:
    held = Counter(band_of(score) for score in targets(LIKE, 5_000, seed=3).tolist())
    assert [held[band] for band in range(len(BANDS))] == list(quotas(LIKE, 5_000))


def test_targets_are_the_same_for_the_same_seed_and_shuffled_by_another() -> None:
    first, again, other = (targets(LIKE, 1_000, seed=seed) for seed in (3, 3, 4))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_above_500_a_point_more_is_held_by_seven_percent_fewer() -> None:
    scores, shape = weights(LIKE, band_of(501))
    assert scores[0] == 501
    assert shape[10] / shape[0] == pytest.approx(np.exp(-0.7))


def test_from_481_to_500_candidates_are_spread_evenly() -> None:
    for score in (481, 491):
        _scores, shape = weights(LIKE, band_of(score))
        assert set(shape.tolist()) == {1.0}


def test_neighbouring_bands_meet_without_a_step_below_480() -> None:
    for score in (451, 441, 431, 421, 411):
        _scores, upper = weights(LIKE, band_of(score))
        _scores, lower = weights(LIKE, band_of(score - 1))
        assert upper[0] == pytest.approx(lower[-1], rel=0.03)


def test_nobody_but_a_nominee_is_aimed_above_600() -> None:
    scores, _shape = weights(LIKE, 0)
    assert scores[0] > 700


def test_every_published_distribution_can_be_aimed_at() -> None:
    for number, distribution in published_distributions().items():
        if sum(distribution.counts):
            assert len(targets(published(number), 100, seed=1)) == 100


def test_a_round_without_a_published_distribution_is_refused() -> None:
    with pytest.raises(UnknownDistributionError):
        published("5")
