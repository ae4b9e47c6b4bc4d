"""A band's candidates spread over its scores: none negative, none lost, none made."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws.charts.bands import BANDS
from simulation.replaying.shapes import (
    EVEN,
    HIGHEST,
    RISING,
    SCORES,
    by_band,
    counts_of,
    lowest_invited,
    nominees_of,
    smooth_shape,
    spread,
)
from tests.simulation.replaying.published import CHAIN, numbered

PICTURES = [held.distribution for held in CHAIN if held.distribution is not None]
bands = st.lists(st.integers(0, 80_000), min_size=len(RISING), max_size=len(RISING))
thinnings = st.floats(0.0, 0.5)


@given(counts=bands, thinning=thinnings, shape_of=bands)
def test_whatever_the_shape_each_band_keeps_its_count(
    counts: list[int], thinning: float, shape_of: list[int]
) -> None:
    picture = replace(PICTURES[0], counts=(0, *reversed(shape_of)))
    density = spread(np.array(counts, dtype=float), smooth_shape(picture, thinning))
    assert (density >= 0).all()
    assert by_band(density) == pytest.approx(counts)


@given(thinning=thinnings)
def test_a_smooth_shape_is_above_nought_at_every_score(thinning: float) -> None:
    assert (smooth_shape(PICTURES[0], thinning) > 0).all()


@given(thinning=st.floats(0.01, 0.2))
def test_newcomers_thin_out_above_500_by_the_rate_a_point(thinning: float) -> None:
    above = smooth_shape(PICTURES[0], thinning)[501:]
    assert above[1:] / above[:-1] == pytest.approx(np.exp(-thinning))


def test_the_bands_cover_every_score_from_0_to_600_once() -> None:
    covered = [score for band in RISING for score in range(band.low, band.high + 1)]
    assert covered == SCORES.tolist()


def test_the_counts_are_the_published_ones_from_the_lowest_band_up() -> None:
    picture = PICTURES[0]
    assert counts_of(picture)[-1] == picture.counts[BANDS.index(RISING[-1])]
    assert counts_of(picture).sum() + nominees_of(picture) == picture.total


@given(counts=bands, invitations=st.integers(1, 2_000_000))
def test_as_many_as_are_invited_stand_at_or_above_the_lowest_score(
    counts: list[int], invitations: int
) -> None:
    density = spread(np.array(counts, dtype=float), EVEN)
    lowest = lowest_invited(density, invitations)
    at_or_above = density[lowest:].sum()
    assert at_or_above == pytest.approx(density.sum()) or at_or_above >= invitations - 1e-6
    assert density[lowest + 1 :].sum() <= invitations + 1e-6


def test_when_nominees_take_all_invitations_the_cutoff_is_above_600() -> None:
    assert lowest_invited(EVEN, 0) == HIGHEST + 1


def test_the_published_distributions_differ_from_their_totals_in_one_row_only() -> None:
    apart = [picture.round_number for picture in PICTURES if sum(picture.counts) != picture.total]
    assert apart == ["247"]
    assert numbered("247").distribution is not None
