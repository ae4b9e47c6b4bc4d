"""Who a round invites, in which order and under which program."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS
from rules.selection import Candidate, Instruction, select

START = datetime(2026, 1, 1, tzinfo=UTC)
CEC, FSW, FST, PNP = (PROGRAM_BITS[name] for name in ("CEC", "FSW", "FST", "PNP"))
GENERAL = Instruction("general", 10)


def candidate(
    number: int, score: int = 450, minutes: int = 0, programs: int = FSW, categories: int = 0
) -> Candidate:
    return Candidate(number, score, START + timedelta(minutes=minutes), programs, categories)


def ids(candidates: list[Candidate], instruction: Instruction) -> list[int]:
    return [invited.id for invited in select(candidates, instruction).invited]


def test_the_highest_scores_come_first() -> None:
    assert ids([candidate(1, 400), candidate(2, 500), candidate(3, 450)], GENERAL) == [2, 3, 1]


def test_equal_scores_are_ranked_by_first_submission() -> None:
    assert ids([candidate(1, minutes=5), candidate(2, minutes=3), candidate(3, minutes=4)], GENERAL) == [
        2,
        3,
        1,
    ]


def test_equal_instants_are_ranked_by_id() -> None:
    assert ids([candidate(3), candidate(1), candidate(2)], GENERAL) == [1, 2, 3]


def test_no_more_are_invited_than_the_round_says() -> None:
    result = select([candidate(n, 500 - n, n) for n in range(5)], replace(GENERAL, size=3))
    assert [(one.id, one.rank) for one in result.invited] == [(0, 1), (1, 2), (2, 3)]
    assert result.cutoff == 498
    assert result.tie_break_at == START + timedelta(minutes=2)


def test_the_tie_break_is_the_submission_of_the_last_one_invited() -> None:
    pool = [candidate(1, 500, 9), candidate(2, 450, 1), candidate(3, 450, 7), candidate(4, 450, 8)]
    result = select(pool, replace(GENERAL, size=3))
    assert (result.cutoff, result.tie_break_at) == (450, START + timedelta(minutes=7))


@pytest.mark.parametrize("size", [0, -1])
def test_a_round_for_nobody_has_no_cutoff(size: int) -> None:
    result = select([candidate(1)], replace(GENERAL, size=size))
    assert (result.invited, result.cutoff, result.tie_break_at) == ([], None, None)


@pytest.mark.parametrize(
    ("instruction", "programs", "categories", "invited"),
    [
        (GENERAL, FSW, 0, True),
        (GENERAL, 0, 0, False),
        (GENERAL, PNP, 0, False),
        (Instruction("pnp", 1), PNP | CEC, 0, True),
        (Instruction("pnp", 1), PNP, 0, True),
        (Instruction("pnp", 1), CEC, 0, False),
        (Instruction("program", 1, programs=CEC), CEC, 0, True),
        (Instruction("program", 1, programs=CEC), FSW | FST, 0, False),
        (Instruction("program", 1, programs=CEC | FST), FST, 0, True),
        (Instruction("program", 1), CEC, 0, False),
        (Instruction("program", 1, programs=PNP), PNP, 0, False),
        (Instruction("category", 1, category="french"), CEC, CATEGORY_BITS["french"], True),
        (Instruction("category", 1, category="french"), CEC, CATEGORY_BITS["stem"], False),
        (Instruction("category", 1, category="french"), PNP, CATEGORY_BITS["french"], False),
        (Instruction("category", 1, category="researchers"), FST, CATEGORY_BITS["researchers"], True),
    ],
)
def test_a_round_invites_only_whom_its_instruction_allows(
    instruction: Instruction, programs: int, categories: int, invited: bool
) -> None:
    pool = [candidate(1, programs=programs, categories=categories)]
    assert ids(pool, instruction) == ([1] if invited else [])


def test_a_category_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        select([candidate(1)], Instruction("category", 1, category="poets"))


@pytest.mark.parametrize(
    ("programs", "named", "invited_as"),
    [
        (CEC | FSW | FST | PNP, 0, "PNP"),
        (CEC | FSW | FST, 0, "CEC"),
        (FSW | FST, 0, "FSW"),
        (FST, 0, "FST"),
        (CEC | FSW, FSW, "FSW"),
        (CEC | PNP, CEC, "CEC"),
        (FSW | FST, FST | CEC, "FST"),
    ],
)
def test_an_invitation_names_the_first_program_of_the_order(
    programs: int, named: int, invited_as: str
) -> None:
    instruction = Instruction("program" if named else "general", 1, programs=named)
    (invited,) = select([candidate(1, programs=programs)], instruction).invited
    assert invited.invited_as == invited_as
