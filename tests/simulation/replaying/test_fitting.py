"""What is fitted for a round is fitted without it; on its eve, from earlier rounds alone."""

from collections.abc import Sequence

import numpy as np
import pytest

from draws.public.history import PublishedRound
from simulation.replaying import nominees, rivals
from simulation.replaying.choices import Choices, groups_of, targets_of, teachers
from simulation.replaying.fitting import (
    ENOUGH,
    THINNINGS,
    Telling,
    Trial,
    choose,
    choose_before,
    choose_without,
    remembering_nothing,
    tell,
)
from simulation.replaying.ledger import Settings
from tests.simulation.replaying.published import CHAIN, a_round, numbered, until, with_cutoff

# A round of each time: the first, one at 500, one after a long pause, one of the last.
OPEN = (("227", 580), ("233", 400), ("272", 480), ("290", 560))
SETTINGS = Settings(0.05, turnover=0.01, tilt=-1.0)


def open_trial(rounds: Sequence[PublishedRound]) -> Trial:
    return rivals.stock(rounds, targets_of(rounds, "general"))


def group_telling(rounds: Sequence[PublishedRound]) -> tuple[list[PublishedRound], Telling]:
    targets = targets_of(rounds, "program", "category")
    return targets, tell(SETTINGS, chain=rounds, targets=targets, groups=groups_of(rounds))


@pytest.fixture(scope="module")
def open_rounds() -> list[PublishedRound]:
    return until("294")


@pytest.fixture(scope="module")
def tried(open_rounds: list[PublishedRound]) -> Trial:
    return open_trial(open_rounds)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "cutoff"), OPEN)
def test_a_round_s_own_published_cutoff_moves_neither_of_its_figures(
    open_rounds: list[PublishedRound], tried: Trial, number: str, cutoff: int
) -> None:
    place = [held.number for held in tried.rounds].index(number)
    changed = open_trial(with_cutoff(open_rounds, number, cutoff))
    for choose_by in (choose_without, choose_before):
        before, after = choose_by(tried)[place], choose_by(changed)[place]
        assert before == after
        assert tried.known[before, place] == changed.known[after, place]


def test_what_is_said_without_a_round_does_not_read_its_cutoff() -> None:
    rounds = until("259")
    place = [held.number for held in targets_of(rounds, "general")].index("253")
    settings = [Settings(0.05)]
    one, other = (
        rivals.ledger_trial(chain, targets_of(chain, "general"), settings)
        for chain in (rounds, with_cutoff(rounds, "253", 560))
    )
    assert np.array_equal(one.unknown[:, place], other.unknown[:, place], equal_nan=True)


def test_knowing_the_round_instead_would_carry_its_cutoff_into_later_pools() -> None:
    rounds = until("259")
    settings = [Settings(0.05)]
    one, other = (
        rivals.ledger_trial(chain, targets_of(chain, "general"), settings)
        for chain in (rounds, with_cutoff(rounds, "253", 560))
    )
    assert not np.array_equal(one.known, other.known)


@pytest.mark.parametrize("number", ["252", "271", "273"])
def test_for_a_category_too_nothing_said_without_a_round_reads_its_cutoff(number: str) -> None:
    rounds = until("278")
    targets, one = group_telling(rounds)
    _same, other = group_telling(with_cutoff(rounds, number, 520))
    place = [held.number for held in targets].index(number)
    assert np.array_equal(one.unknown[place], other.unknown[place], equal_nan=True)
    assert np.array_equal(one.known[: place + 1], other.known[: place + 1], equal_nan=True)
    assert one.levels.get(number) == other.levels.get(number)


def test_a_category_s_first_round_takes_the_share_that_later_ones_show() -> None:
    targets, telling = group_telling(until("278"))
    firsts = {held.number for held, said in zip(targets, telling.known, strict=True) if np.isnan(said)}
    assert {"252", "256", "261", "264", "267"} <= firsts
    assert set(telling.levels) == firsts - {"240"}


def test_for_nominees_nothing_is_carried_over_from_their_other_rounds() -> None:
    targets = targets_of(until("269"), "pnp")
    counted = [500.0] * len(targets)
    one = nominees.nominees_trial(targets, counted)
    other = nominees.nominees_trial(with_cutoff(targets, "241", 1_000), counted)
    assert (one.known == other.known).all()
    place = [held.number for held in targets].index("241")
    assert choose_without(one)[place] == choose_without(other)[place]
    assert choose_before(one)[place] == choose_before(other)[place]


def test_leaving_one_out_chooses_by_the_others_and_all_together_by_all() -> None:
    day = CHAIN[0].day
    rounds = [a_round(str(number), day, cutoff=500) for number in range(1, 7)]
    # The second setting is right for all rounds but the last, where it is far off.
    right_but_once, near = [500, 500, 500, 500, 500, 900], [510] * 6
    tried = remembering_nothing(rounds, [near, right_but_once])
    assert choose_without(tried) == [0, 0, 0, 0, 0, 1]
    assert choose(tried) == 0


def test_on_its_eve_a_round_knows_the_rounds_before_only() -> None:
    rounds = [a_round(str(number), CHAIN[0].day, cutoff=500) for number in range(1, 8)]
    first_right, then_right = [500] * 5 + [900, 900], [510] * 7
    tried = remembering_nothing(rounds, [first_right, then_right])
    assert choose_before(tried)[ENOUGH:] == [0, 0, 1]


def test_with_too_few_rounds_before_it_the_middle_setting_is_taken() -> None:
    rounds = [a_round(str(number), CHAIN[0].day, cutoff=500) for number in range(1, 8)]
    tried = remembering_nothing(rounds, [[500 + off] * 7 for off in range(len(THINNINGS))])
    assert choose_before(tried)[:ENOUGH] == [len(THINNINGS) // 2] * ENOUGH


def test_a_kind_with_enough_rounds_is_taught_by_its_own_and_never_by_itself() -> None:
    targets = targets_of(CHAIN, "program", "category")
    matrix = teachers(targets)
    french = [place for place, held in enumerate(targets) if held.kind == "french"]
    assert matrix[french[3]].nonzero()[0].tolist() == [place for place in french if place != french[3]]
    assert not matrix.diagonal().any()


def test_a_rare_kind_is_taught_by_all_categories() -> None:
    targets = targets_of(CHAIN, "program", "category")
    row = targets.index(numbered("344"))
    taught_by = {targets[place].round_type for place in teachers(targets)[row].nonzero()[0]}
    assert taught_by == {"category"}


def test_on_the_eve_only_earlier_rounds_teach() -> None:
    targets = targets_of(CHAIN, "program", "category")
    assert not np.triu(teachers(targets, earlier=True)).any()


def test_there_are_38_open_rounds_with_a_distribution_23_of_them_above_500() -> None:
    rounds = targets_of(CHAIN, "general")
    assert len(rounds) == 38
    assert sum(held.cutoff > 500 for held in rounds) == 23


@pytest.mark.slow
@pytest.mark.parametrize(("number", "cutoff"), [("252", 520), ("271", 480), ("273", 420)])
def test_a_category_round_s_own_published_cutoff_moves_none_of_its_choices(number: str, cutoff: int) -> None:
    rounds = until("278")
    one, other = (
        next(choice for choice in Choices(chain, processes=1).for_groups() if choice.held.number == number)
        for chain in (rounds, with_cutoff(rounds, number, cutoff))
    )
    assert (one.settings, one.eve, one.level) == (other.settings, other.eve, other.level)


def test_a_round_never_teaches_about_itself_even_if_told_to() -> None:
    rounds = [a_round(str(number), CHAIN[0].day, cutoff=500) for number in range(1, 7)]
    tried = remembering_nothing(rounds, [[510] * 6, [500] * 5 + [900]])
    everybody = np.ones((6, 6), dtype=bool)
    assert choose_without(tried, everybody)[5] == 1
    assert choose_before(tried, everybody)[5] == 1
