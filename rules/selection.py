"""Who is invited by a round: the reference in plain Python that the round's SQL must equal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from rules.categories import CATEGORY_BITS
from rules.parameters import BOOK, SYSTEM_BEGAN
from rules.programs import PROGRAM_BITS

RoundType = Literal["general", "program", "pnp", "category"]

FEDERAL_PROGRAMS = PROGRAM_BITS["CEC"] | PROGRAM_BITS["FSW"] | PROGRAM_BITS["FST"]
INVITED_AS_ORDER: tuple[str, ...] = ("PNP", *BOOK["lifecycle.program_order"].on(SYSTEM_BEGAN).value)


class Candidate(NamedTuple):
    """One candidate in the pool; `programs` and `categories` are sums of their bits."""

    id: int
    score: int
    submitted_at: datetime
    programs: int
    categories: int


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a round asks for: at most `size` invitations.

    `programs` is a sum of `PROGRAM_BITS`, read by rounds of type "program" and by `invited_as` of every type
    (0 names none); `category` is a code of `CATEGORY_BITS`, needed by rounds of type "category" only.
    """

    round_type: RoundType
    size: int
    programs: int = 0
    category: str | None = None


class Invited(NamedTuple):
    """One invitation: the candidate's id, rank from 1, and the program the invitation is issued under."""

    id: int
    rank: int
    invited_as: str


@dataclass(frozen=True, slots=True)
class Selection:
    """The invitations in order of rank, and score and submission time of the last one (None if nobody)."""

    invited: list[Invited]
    cutoff: int | None
    tie_break_at: datetime | None


def select(candidates: Iterable[Candidate], instruction: Instruction) -> Selection:
    """The round's result: the highest scores first, equal scores by first submission, then by id."""
    qualified = sorted(
        (candidate for candidate in candidates if qualifies(candidate, instruction)),
        key=lambda candidate: (-candidate.score, candidate.submitted_at, candidate.id),
    )
    chosen = qualified[: max(0, instruction.size)]
    invited = [
        Invited(candidate.id, rank, invited_as(candidate.programs, instruction))
        for rank, candidate in enumerate(chosen, start=1)
    ]
    last = chosen[-1] if chosen else None
    return Selection(invited, last.score if last else None, last.submitted_at if last else None)


def qualifies(candidate: Candidate, instruction: Instruction) -> bool:
    """Whether the round may invite the candidate. Raises `KeyError` for a category that does not exist."""
    if instruction.round_type == "pnp":
        return bool(candidate.programs & PROGRAM_BITS["PNP"])
    if instruction.round_type == "program":
        return bool(candidate.programs & instruction.programs & FEDERAL_PROGRAMS)
    if not candidate.programs & FEDERAL_PROGRAMS:
        return False
    if instruction.round_type == "category":
        return bool(candidate.categories & CATEGORY_BITS[instruction.category or ""])
    return True


def invited_as(programs: int, instruction: Instruction) -> str:
    """The program an invitation is issued under: PNP, CEC, FSW, FST, the first that the candidate has.

    Where the round names programs, only those are looked at, unless the candidate has none of them.
    """
    named = programs & instruction.programs or programs
    return next(program for program in INVITED_AS_ORDER if named & PROGRAM_BITS[program])
