"""The account of the pool: it agrees with every published picture, and rounds leave a step in it."""

from dataclasses import replace
from datetime import date

import pytest

from simulation.replaying.fitting import start
from simulation.replaying.ledger import Ledger, Settings, walk
from simulation.replaying.shapes import by_band, counts_of
from tests.simulation.replaying.published import CHAIN, a_picture, a_round

SETTINGS = Settings(0.05, turnover=0.01, tilt=-1.0)
GROUPS = ("cec", "french", "healthcare")
FIRST, LATER = date(2024, 1, 1), date(2024, 1, 15)


def a_ledger(**settings: float) -> Ledger:
    return Ledger(Settings(0.05, **settings), a_picture("1", FIRST), ("french",))


def test_after_each_picture_every_band_holds_the_published_number() -> None:
    ledger = start(CHAIN, SETTINGS, GROUPS)
    seen = []
    for held in walk(CHAIN, ledger):
        if held.distribution is ledger.picture and held.distribution not in seen:
            assert by_band(ledger.total) == pytest.approx(counts_of(ledger.picture))
            seen.append(ledger.picture)
    assert len(seen) > 100


def test_no_number_of_candidates_is_ever_negative_and_no_group_is_larger_than_the_pool() -> None:
    ledger = start(CHAIN, SETTINGS, GROUPS)
    for held in walk(CHAIN, ledger):
        assert (ledger.total >= 0).all()
        assert (ledger.members >= 0).all()
        if held.kind in GROUPS:
            assert (ledger.qualified(held) <= ledger.total).all()


def test_after_a_round_open_to_all_nobody_is_left_above_its_cutoff() -> None:
    ledger = a_ledger()
    ledger.take(a_round("2", FIRST, cutoff=520))
    assert ledger.total[521:].sum() == 0
    assert ledger.total[520] > 0
    assert ledger.nominees == 0


def test_above_the_last_cutoff_only_newcomers_stand_so_there_is_a_step() -> None:
    ledger = a_ledger()
    ledger.take(a_round("2", FIRST, cutoff=520))
    counts = (2_000, *(3_000,) * 13)
    ledger.look(a_round("3", LATER, picture=a_picture("3", LATER, counts=counts)))
    assert ledger.total[519] / ledger.total[521] > 2
    assert by_band(ledger.total)[-1] == pytest.approx(2_000)


def test_a_picture_older_than_the_last_round_is_not_used_again() -> None:
    ledger = a_ledger()
    ledger.take(a_round("2", LATER, cutoff=520))
    before = ledger.total.copy()
    ledger.look(a_round("3", LATER, picture=a_picture("3", FIRST, counts=(9_000,) * 14)))
    assert (ledger.total == before).all()


def test_a_round_takes_the_nominees_invited_since_the_picture_out_of_the_next() -> None:
    ledger = a_ledger()
    ledger.take(replace(a_round("2", FIRST, size=60), round_type="pnp"))
    assert ledger.nominees == 40


def test_the_first_round_of_a_category_tells_its_share_whatever_was_taken_before() -> None:
    french = a_round("2", FIRST, category="french", cutoff=450, size=2_000)
    low, high = (a_ledger().with_level("french", level) for level in (0.02, 0.2))
    low.take(french)
    high.take(french)
    assert low.levels == pytest.approx(high.levels, rel=0.05)


def test_a_category_round_takes_its_members_only() -> None:
    ledger = a_ledger()
    before = ledger.total.sum()
    ledger.take(a_round("2", FIRST, category="french", cutoff=450, size=2_000))
    assert before - ledger.total.sum() == pytest.approx(2_000, rel=0.05)
    assert ledger.members[0, 451:].sum() == 0


def test_nothing_can_be_told_of_a_category_before_its_first_round() -> None:
    ledger = a_ledger()
    french = a_round("2", FIRST, category="french", cutoff=450)
    assert not ledger.can_tell(french)
    ledger.take(french)
    assert ledger.can_tell(replace(french, number="3"))


def test_with_a_cutoff_given_the_published_one_is_not_looked_at() -> None:
    french = a_round("2", FIRST, category="french", cutoff=450)
    one, other = a_ledger(), a_ledger()
    one.take(french, cutoff=470)
    other.take(replace(french, cutoff=300), cutoff=470)
    assert (one.total == other.total).all()
    assert (one.levels == other.levels).all()


def test_a_copy_goes_its_own_way() -> None:
    ledger = a_ledger()
    before = ledger.total.copy()
    ledger.copy().take(a_round("2", FIRST, cutoff=300))
    assert (ledger.total == before).all()


def test_growth_leaves_fewer_invitations_for_those_in_the_picture() -> None:
    held = a_round("2", LATER, size=1_000)
    assert a_ledger(growth=0.01).left_for_others(held) < a_ledger().left_for_others(held)


def test_turnover_brings_members_back_above_their_last_cutoff() -> None:
    french = a_round("2", FIRST, category="french", cutoff=450)
    same = a_round("3", LATER, picture=a_picture("3", LATER, nominees=90))
    still, busy = a_ledger(), a_ledger(turnover=0.02)
    for ledger in (still, busy):
        ledger.take(french)
        ledger.look(same)
    assert busy.members[0, 451:].sum() > 2 * still.members[0, 451:].sum()
