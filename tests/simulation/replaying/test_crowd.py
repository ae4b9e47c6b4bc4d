"""The candidates of a replayed pool, and the portal's own selection among them."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from draws.public.history import PublishedRound
from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS
from simulation.replaying.crowd import Standing, crowd, hold, whole
from simulation.replaying.fitting import start
from simulation.replaying.ledger import Settings, walk
from simulation.replaying.nominees import Nominees, shape
from simulation.replaying.shapes import HIGHEST, by_band, counts_of, nominees_of
from tests.simulation.replaying.published import CHAIN, a_round, numbered

NOMINEES = shape(Nominees(960, 30))
DAY = CHAIN[0].day


def standing(
    held: PublishedRound, *, members: float = 0.0, nominees: float = 20.0, share: float = 0.0
) -> Standing:
    total = np.zeros(HIGHEST + 1)
    total[400:500] = 10.0
    return Standing(held, total, total * members, nominees, NOMINEES, share)


@given(st.lists(st.floats(0, 1_000), min_size=1, max_size=50))
def test_whole_candidates_are_cut_so_that_no_sum_from_the_top_is_off_by_more_than_a_half(
    density: list[float],
) -> None:
    made = whole(np.array(density))
    assert (made >= 0).all()
    off = np.cumsum(made[::-1]) - np.cumsum(density[::-1])
    assert np.abs(off).max() <= 0.5 + 1e-6


@pytest.mark.slow
def test_an_open_round_s_pool_is_the_published_one_and_selection_comes_to_the_ledger_s_cutoff() -> None:
    held = numbered("292")
    ledger = start(CHAIN, Settings(0.05), ())
    next(found for found in walk(CHAIN, ledger) if found is held)
    pool = Standing(held, ledger.total, np.zeros(HIGHEST + 1), ledger.nominees, NOMINEES, 0.0)
    scores = np.bincount([candidate.score for candidate in crowd(pool, seed=1)], minlength=1_201)
    assert held.distribution is not None
    assert by_band(scores[: HIGHEST + 1].astype(float)) == pytest.approx(counts_of(held.distribution), abs=1)
    assert scores[HIGHEST + 1 :].sum() == nominees_of(held.distribution)
    selection, _size = hold(pool, seed=1)
    assert selection.cutoff is not None
    assert abs(selection.cutoff - ledger.cutoff(held)) <= 1
    assert len(selection.invited) == held.invitations


def test_nominees_are_invited_first_in_an_open_round() -> None:
    selection, _size = hold(standing(a_round("2", DAY, size=25)), seed=1)
    assert [invited.invited_as for invited in selection.invited] == ["PNP"] * 20 + ["FSW"] * 5


def test_a_category_round_invites_members_only() -> None:
    held = a_round("2", DAY, size=100, category="french")
    pool = standing(held, members=0.25, share=0.5)
    french = {one.id for one in crowd(pool, seed=1) if one.categories & CATEGORY_BITS["french"]}
    selection, _size = hold(pool, seed=1)
    assert {invited.id for invited in selection.invited} <= french
    assert len(french) == 250 + 10


def test_in_a_round_for_the_canadian_experience_class_the_others_have_another_program() -> None:
    held = numbered("297")
    candidates = crowd(standing(held, members=0.5), seed=1)
    assert sum(bool(one.programs & PROGRAM_BITS["CEC"]) for one in candidates) == 500
    assert all(one.programs & (PROGRAM_BITS["CEC"] | PROGRAM_BITS["FSW"]) for one in candidates)


def test_a_round_for_nominees_invites_as_many_as_qualify_the_lowest_of_all_among_them() -> None:
    held = numbered("331")
    pool = standing(held, nominees=633, share=held.invitations / 633)
    selection, _size = hold(pool, seed=1)
    lowest = min(one.score for one in crowd(pool, seed=1) if one.score > HIGHEST)
    assert len(selection.invited) == held.invitations
    assert selection.cutoff == lowest


def test_another_size_moves_the_cutoff() -> None:
    pool = standing(a_round("2", DAY, size=100))
    assert hold(pool, seed=1, size=900)[0].cutoff == 412
    assert hold(pool, seed=1)[0].cutoff == 492


def test_the_same_seed_gives_the_same_crowd_and_another_seed_other_times() -> None:
    pool = standing(a_round("2", DAY))
    assert crowd(pool, seed=1) == crowd(pool, seed=1)
    assert crowd(pool, seed=1) != crowd(pool, seed=2)


def test_everybody_submitted_within_the_year_before_the_round() -> None:
    held = a_round("2", DAY)
    at = datetime(DAY.year, DAY.month, DAY.day, 15, tzinfo=UTC)
    times = [one.submitted_at for one in crowd(standing(held), seed=1)]
    assert at - timedelta(days=365) <= min(times) <= max(times) < at
