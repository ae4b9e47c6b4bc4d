"""Why a result is what it is: each line and each requirement with its facts, its rule and the rule's source."""

from __future__ import annotations

from datetime import date

from rules import explained_lines, explained_programs
from rules.days import day
from rules.explained import Explanation, Facts, GridFactor, Line, Requirement, Rule, Section, to_json
from rules.factors import find
from rules.parameters import BOOK, Book
from rules.programs import judge
from rules.ranking import factor_table, rank
from rules.records import Profile
from rules.timeline import timeline

__all__ = [
    "Explanation",
    "Facts",
    "GridFactor",
    "Line",
    "Requirement",
    "Rule",
    "Section",
    "explain",
    "to_json",
]


def explain(profile: Profile, on: date | None = None, *, book: Book = BOOK) -> Explanation:
    """The explanation of `assess(profile, on)`, from the same findings.

    Raises `LookupError` for a day before Express Entry began.
    """
    as_of = on or profile.as_of
    known = timeline(profile, book.on(as_of))
    found = find(known, day(as_of))
    verdicts = judge(known, found)
    points = rank(factor_table([found.factors]), known.rules)
    return Explanation(
        as_of,
        explained_lines.lines(known, found, points.lines[:, 0].tolist()),
        explained_lines.sections(known, points.sections[:, 0].tolist()),
        explained_programs.requirements(known, found, verdicts),
        explained_programs.factors(known, found, verdicts["FSW"]),
    )
