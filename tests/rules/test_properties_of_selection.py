"""A round's selection against counting, on pools full of ties."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS
from rules.selection import Candidate, Instruction, RoundType, select

thorough = settings(max_examples=200, deadline=None)


@st.composite
def candidates_of_a_pool(draw: st.DrawFn) -> list[Candidate]:
    """Few scores and few instants, so that ties are the rule."""
    instant = st.integers(0, 3).map(lambda hours: datetime(2026, 5, 1, hours, tzinfo=UTC))
    rows = draw(
        st.lists(
            st.tuples(st.integers(430, 433), instant, st.integers(0, 15), st.integers(0, 7)), max_size=30
        )
    )
    ids = draw(st.permutations(range(1, len(rows) + 1)))
    return [Candidate(number, *row) for number, row in zip(ids, rows, strict=True)]


@st.composite
def instructions(draw: st.DrawFn) -> Instruction:
    kinds: tuple[RoundType, ...] = ("general", "program", "pnp", "category")
    kind = draw(st.sampled_from(kinds))
    return Instruction(
        round_type=kind,
        size=draw(st.integers(0, 35)),
        programs=draw(st.integers(1, 7)) if kind == "program" else 0,
        category=draw(st.sampled_from(("french", "healthcare", "stem"))) if kind == "category" else None,
    )


def may_be_invited(candidate: Candidate, instruction: Instruction) -> bool:
    federal = candidate.programs & 7
    return {
        "general": federal != 0,
        "program": federal & instruction.programs != 0,
        "pnp": candidate.programs & 8 != 0,
        "category": federal != 0
        and candidate.categories & CATEGORY_BITS.get(instruction.category or "", 0) != 0,
    }[instruction.round_type]


def better(one: Candidate, other: Candidate) -> bool:
    if one.score != other.score:
        return one.score > other.score
    if one.submitted_at != other.submitted_at:
        return one.submitted_at < other.submitted_at
    return one.id < other.id


@thorough
@given(candidates_of_a_pool(), instructions())
def test_a_selection_is_what_counting_the_better_candidates_gives(
    candidates: list[Candidate], instruction: Instruction
) -> None:
    wanted = [one for one in candidates if may_be_invited(one, instruction)]
    ranks = {one.id: 1 + sum(better(other, one) for other in wanted) for one in wanted}
    expected = sorted((rank, number) for number, rank in ranks.items() if rank <= instruction.size)
    found = select(candidates, instruction)
    assert [(row[1], row[0]) for row in found.invited] == expected
    last = next((one for one in wanted if expected and one.id == expected[-1][1]), None)
    assert (found.cutoff, found.tie_break_at) == ((last.score, last.submitted_at) if last else (None, None))


@thorough
@given(candidates_of_a_pool(), instructions())
def test_an_invitation_names_the_first_program_that_the_candidate_has(
    candidates: list[Candidate], instruction: Instruction
) -> None:
    programs = {one.id: one.programs for one in candidates}
    for number, _, invited_as in select(candidates, instruction).invited:
        held = programs[number] & instruction.programs or programs[number]
        assert invited_as == next(name for name in ("PNP", "CEC", "FSW", "FST") if held & PROGRAM_BITS[name])
