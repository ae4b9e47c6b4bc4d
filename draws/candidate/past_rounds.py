"""Which of the past rounds would have invited a candidate, had they been in the pool with their present score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache

from draws.public import register
from draws.public.register import PROGRAMS, Listed
from rules.deadlines import anniversary
from rules.facts import Profile as Facts
from rules.membership import categories_under
from rules.parameters import BOOK
from rules.programs import PROGRAM_BITS
from rules.selection import FEDERAL_PROGRAMS

JOB_OFFERS_LOST_POINTS = date(2025, 3, 25)
"""From this day on a job offer earns no points: older cut-offs stand for other scores."""


class Outcome(StrEnum):
    """What a round would have meant; those with the score at the cut-off differ by the tie-break."""

    EVERYBODY = "everybody"
    ABOVE = "above"
    BEFORE_TIE = "before_tie"
    AFTER_TIE = "after_tie"
    TIE_UNKNOWN = "tie_unknown"
    SHORT = "short"
    NOT_OPEN = "not_open"


INVITING = frozenset({Outcome.EVERYBODY, Outcome.ABOVE, Outcome.BEFORE_TIE})


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What a round reads of a candidate: the score, bits of ``PROGRAM_BITS``, the facts, and the tie-break's instant.

    ``on`` is the day on which the facts are read.
    """

    score: int
    programs: int
    facts: Facts
    submitted_at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class PastRound:
    """One past round and what it would have meant; ``short`` is how many points were missing."""

    held: Listed
    outcome: Outcome
    short: int = 0

    @property
    def invited(self) -> bool:
        """Whether it would have invited for sure."""
        return self.outcome in INVITING

    @property
    def open(self) -> bool:
        """Whether it was for a kind of candidate that this one is."""
        return self.outcome != Outcome.NOT_OPEN


@dataclass(frozen=True, slots=True)
class PastYear:
    """The rounds of the past 12 months, latest first."""

    rounds: Sequence[PastRound]

    @property
    def invited(self) -> list[PastRound]:
        return [past for past in self.rounds if past.invited]

    @property
    def open(self) -> list[PastRound]:
        """Those that were open to the candidate, invited or not."""
        return [past for past in self.rounds if past.open]

    @property
    def closed(self) -> list[PastRound]:
        """Those for other programs or categories."""
        return [past for past in self.rounds if not past.open]


def rounds_of_the_year(on: date) -> list[Listed]:
    """Return every public round of the 12 months up to a day, latest first, in one query."""
    return register.all_rounds(on, after=anniversary(on, -1))


def past_year(standpoint: Standpoint, held: Iterable[Listed]) -> PastYear:
    """Return what each of the given rounds would have meant."""
    return PastYear(judged(standpoint, held))


def judged(standpoint: Standpoint, held: Iterable[Listed]) -> list[PastRound]:
    """Return what each round would have meant for a candidate, in the order given. Asks the database nothing."""

    @cache
    def categories(listed_on: date) -> frozenset[str]:
        return frozenset(categories_under(standpoint.facts, standpoint.on, listed_on))

    return [_judge(standpoint, one, categories(_era(one.day))) for one in held]


def _era(day: date) -> date:
    """Return the first day of the list of categories in force on a day, so that each list is read once."""
    return BOOK["categories.set"].on(day).first_day


def _judge(standpoint: Standpoint, held: Listed, categories: frozenset[str]) -> PastRound:
    if not any(_is_open(kind, standpoint.programs, categories) for kind in held.kinds):
        return PastRound(held, Outcome.NOT_OPEN)
    if held.took_everybody or held.cutoff is None:
        return PastRound(held, Outcome.EVERYBODY)
    short = held.cutoff - standpoint.score
    if short:
        return PastRound(held, Outcome.SHORT if short > 0 else Outcome.ABOVE, max(short, 0))
    return PastRound(held, _by_tie(held.tie_break_at, standpoint.submitted_at))


def _is_open(kind: str, programs: int, categories: frozenset[str]) -> bool:
    """Return whether a kind of round may invite, as ``rules.selection`` decides it for who is in the pool."""
    if not programs & FEDERAL_PROGRAMS:
        return False
    if kind == "pnp":
        return bool(programs & PROGRAM_BITS["PNP"])
    if kind in PROGRAMS:
        return bool(programs & PROGRAM_BITS[kind.upper()])
    return kind == "general" or kind in categories


def _by_tie(tie_break_at: datetime | None, submitted_at: datetime) -> Outcome:
    """Return what decides at the cut-off's own score: whoever submitted up to the instant was invited."""
    if tie_break_at is None:
        return Outcome.TIE_UNKNOWN
    return Outcome.BEFORE_TIE if submitted_at <= tie_break_at else Outcome.AFTER_TIE
