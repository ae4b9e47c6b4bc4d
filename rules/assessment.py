"""One candidate, or many, assessed on a day: points, programs, categories, and when that can next change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from rules.categories import CATEGORY_BITS, match
from rules.changes import next_change
from rules.days import day
from rules.factors import Factors, Findings, find
from rules.kept import Holding, keep
from rules.parameters import BOOK, Book, InForce
from rules.programs import PROGRAM_BITS, Verdict, judge
from rules.ranking import LINES, SECTION_OF, SECTIONS, factor_table, rank
from rules.records import Profile
from rules.timeline import Timeline, timeline

PointsRow = tuple[list[int], list[int], int]


BATCH: Final = 256
"""So many are assessed at once: enough for columns to pay, few enough to be forgotten soon."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result for one candidate on `as_of`.

    lines: 16 points in the order of `ranking.LINES`; sections: after their caps; total: their sum.
    programs: the verdicts of CEC, FSW, FST. categories: codes in the order of the set in force.
    next_change_on: the first later day on which anything here differs although the facts stay; None if
    there is none or it was not asked for. program_bits, category_bits: sums of `PROGRAM_BITS` (PNP: a
    nomination counts) and `CATEGORY_BITS`. holding: what is kept for re-scoring, if it was asked for.
    """

    as_of: date
    lines: tuple[int, ...]
    sections: dict[str, int]
    total: int
    programs: dict[str, Verdict]
    categories: tuple[str, ...]
    program_bits: int
    category_bits: int
    factors: Factors
    next_change_on: date | None = None
    holding: Holding | None = None

    def to_json(self) -> dict[str, Any]:
        """The result JSON document."""
        lines = zip(LINES, self.lines, strict=True)
        return {
            "crs": {
                "total": self.total,
                **self.sections,
                "lines": [{"section": SECTION_OF[n], "factor": n, "points": points} for n, points in lines],
            },
            "programs": {name: _program(verdict) for name, verdict in self.programs.items()},
            "categories": list(self.categories),
            "next_change_on": self.next_change_on.isoformat() if self.next_change_on else None,
        }


def assess(
    profile: Profile, on: date | None = None, *, next_change: bool = True, book: Book = BOOK
) -> Assessment:
    """The assessment of one profile on `on` (its own `as_of` unless given) by the parameters of `book`.

    Raises `LookupError` for a day before Express Entry began.
    """
    return assess_many([profile], on, next_change=next_change, book=book)[0]


def assess_many(
    profiles: Iterable[Profile],
    on: date | None = None,
    *,
    next_change: bool = True,
    keeping: bool = False,
    keep_for: date | None = None,
    book: Book = BOOK,
) -> list[Assessment]:
    """The assessments of many profiles, in their order; points are worked out by columns.

    With `keeping` each holds what a re-scoring needs instead of the facts; with `keep_for` only those that stay as
    they are on that day.
    """
    waiting = iter(profiles)
    assessments: list[Assessment] = []
    while batch := list(islice(waiting, BATCH)):
        outcomes = [_outcome(timeline(one, book.on(on or one.as_of)), on or one.as_of) for one in batch]
        for outcome, points in zip(outcomes, _rank(outcomes), strict=True):
            outcome.points = points
            changes_on = _next_change(outcome, book) if next_change else None
            stays = keep_for is None or changes_on is None or changes_on > keep_for
            assessments.append(_assessment(outcome, changes_on, keeping and stays))
    return assessments


@dataclass(slots=True)
class _Outcome:
    """Everything that a result holds, before it takes its final form."""

    known: Timeline
    found: Findings
    programs: dict[str, Verdict]
    categories: tuple[str, ...]
    points: PointsRow | None = None

    def ranked(self) -> PointsRow:
        """Lines, sections and total, worked out at most once."""
        if self.points is None:
            self.points = _rank_one(self.found.factors, self.known.rules)
        return self.points

    def same_as(self, other: _Outcome) -> bool:
        """Whether both give the same result."""
        if self.programs != other.programs or self.categories != other.categories:
            return False
        if self.found.factors == other.found.factors and self.known.rules is other.known.rules:
            return True
        return self.ranked() == other.ranked()


def _outcome(known: Timeline, on: date) -> _Outcome:
    found = find(known, day(on))
    french = found.first if known.profile.first_official_language == "fr" else found.second
    return _Outcome(known, found, judge(known, found), match(known.checks, french, found.day, known.rules))


@lru_cache(maxsize=1 << 14)
def _rank_one(factors: Factors, rules: InForce) -> PointsRow:
    """The points of one row; neighbours in time often share them."""
    points = rank(factor_table([factors]), rules)
    return points.lines[:, 0].tolist(), points.sections[:, 0].tolist(), int(points.total[0])


def _rank(outcomes: Sequence[_Outcome]) -> list[PointsRow]:
    """The points of all `outcomes`, those under the same rules together."""
    by_rules: dict[InForce, list[int]] = {}
    for index, outcome in enumerate(outcomes):
        by_rules.setdefault(outcome.known.rules, []).append(index)
    rows: dict[int, PointsRow] = {}
    for rules, indexes in by_rules.items():
        points = rank(factor_table([outcomes[index].found.factors for index in indexes]), rules)
        columns = points.lines.T.tolist(), points.sections.T.tolist(), points.total.tolist()
        rows.update(zip(indexes, zip(*columns, strict=True), strict=True))
    return [rows[index] for index in range(len(outcomes))]


def _next_change(outcome: _Outcome, book: Book) -> date | None:
    def differs(known: Timeline, on: date) -> bool:
        return not _outcome(known, on).same_as(outcome)

    return next_change(outcome.known, outcome.found.day.date, book, differs)


def _assessment(outcome: _Outcome, next_change_on: date | None, keeping: bool) -> Assessment:
    lines, sections, total = outcome.ranked()
    category_bits = sum(CATEGORY_BITS[code] for code in outcome.categories)
    bits = sum(PROGRAM_BITS[name] for name, verdict in outcome.programs.items() if verdict.eligible)
    return Assessment(
        as_of=outcome.found.day.date,
        lines=tuple(lines),
        sections=dict(zip(SECTIONS, sections, strict=True)),
        total=total,
        programs=outcome.programs,
        categories=outcome.categories,
        program_bits=bits + PROGRAM_BITS["PNP"] * outcome.found.factors.nomination,
        category_bits=category_bits,
        factors=outcome.found.factors,
        next_change_on=next_change_on,
        holding=keep(outcome.known, outcome.found, category_bits) if keeping else None,
    )


def _program(verdict: Verdict) -> dict[str, Any]:
    program: dict[str, Any] = {"eligible": verdict.eligible, "reasons": list(verdict.reasons)}
    if verdict.factors is not None:
        program |= {"points": verdict.points, "factors": dict(verdict.factors)}
    return program
