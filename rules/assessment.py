"""One candidate, or many, assessed on a day: points, programs, categories, and when that can next change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from rules.birthdays import next_birthday
from rules.categories import CATEGORY_BITS, match
from rules.changes import next_change
from rules.days import NEVER, Day, day
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
WORTH_COLUMNS: Final = 4
"""From so many on, columns cost less than one row after the other."""


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
        outcomes = [_outcome(timeline(one, book.on(on or one.as_of)), day(on or one.as_of)) for one in batch]
        ranked = _rank(outcomes)
        following = _next_changes(outcomes, ranked, book) if next_change else [None] * len(batch)
        kept = [
            index
            for index, changes_on in enumerate(following)
            if keeping and (keep_for is None or changes_on is None or changes_on > keep_for)
        ]
        steady = _steady(outcomes, following, kept, book) if next_change else {}
        held = {index: _holding(outcomes[index], steady.get(index)) for index in kept}
        for index, (outcome, points) in enumerate(zip(outcomes, ranked, strict=True)):
            assessments.append(_assessment(outcome, points, following[index], held.get(index)))
    return assessments


def _steady(
    outcomes: Sequence[_Outcome], following: Sequence[date | None], kept: Sequence[int], book: Book
) -> dict[int, int]:
    """The day, as a number, until which each kept result stays as it is but for age.

    Only where a birthday comes first has it to be searched for: else the next change is one of something else.
    """
    steady, ageless = {}, []
    for index in kept:
        factors, known = outcomes[index].found.factors, outcomes[index].known
        birthday = next_birthday(
            known.profile.birth_date, factors.with_spouse, outcomes[index].found.day.date, book=book
        )
        changes_on = following[index]
        steady[index] = changes_on.toordinal() if changes_on else NEVER
        if changes_on is not None and changes_on == birthday:
            ageless.append(index)
    frozen = [_outcome(outcomes[i].known, outcomes[i].found.day, ageing=False) for i in ageless]
    later = _next_changes(frozen, _rank(frozen), book, ageing=False)
    return steady | {
        i: found.toordinal() if found else NEVER for i, found in zip(ageless, later, strict=True)
    }


def _holding(outcome: _Outcome, steady: int | None) -> Holding:
    """What is kept of an outcome; nobody knows until when it is steady unless that was searched for."""
    until = outcome.found.day.number if steady is None else steady
    return keep(outcome.known, outcome.found, _category_bits(outcome), until)


def _category_bits(outcome: _Outcome) -> int:
    return sum(CATEGORY_BITS[code] for code in outcome.categories)


@dataclass(slots=True)
class _Outcome:
    """Everything that a result holds, before it takes its final form."""

    known: Timeline
    found: Findings
    programs: dict[str, Verdict]
    categories: tuple[str, ...]


def _outcome(known: Timeline, on: Day, *, ageing: bool = True) -> _Outcome:
    """The outcome on a day; without `ageing`, that of somebody whom no table gives points for age."""
    found = find(known, on)
    if not ageing:
        found.factors = found.factors._replace(age=0)
    french = found.first if known.profile.first_official_language == "fr" else found.second
    return _Outcome(known, found, judge(known, found), match(known.checks, french, found.day, known.rules))


@lru_cache(maxsize=1 << 14)
def _rank_one(factors: Factors, rules: InForce) -> PointsRow:
    """The points of one row; neighbours in time often share them."""
    points = rank(factor_table([factors]), rules)
    return points.lines[:, 0].tolist(), points.sections[:, 0].tolist(), int(points.total[0])


def _rank(outcomes: Sequence[_Outcome]) -> list[PointsRow]:
    """The points of all `outcomes`, those under the same rules together."""
    if len(outcomes) < WORTH_COLUMNS:
        return [_rank_one(outcome.found.factors, outcome.known.rules) for outcome in outcomes]
    by_rules: dict[InForce, list[int]] = {}
    for index, outcome in enumerate(outcomes):
        by_rules.setdefault(outcome.known.rules, []).append(index)
    rows: dict[int, PointsRow] = {}
    for rules, indexes in by_rules.items():
        points = rank(factor_table([outcomes[index].found.factors for index in indexes]), rules)
        columns = points.lines.T.tolist(), points.sections.T.tolist(), points.total.tolist()
        rows.update(zip(indexes, zip(*columns, strict=True), strict=True))
    return [rows[index] for index in range(len(outcomes))]


def _next_changes(
    outcomes: Sequence[_Outcome], ranked: Sequence[PointsRow], book: Book, *, ageing: bool = True
) -> list[date | None]:
    """When each result changes next. All searches go in step, so that the points of days tried are columns too.

    Without `ageing`, as it would be for outcomes of somebody whom no table gives points for age.
    """
    found: list[date | None] = [None] * len(outcomes)
    searches = [
        next_change(outcome.known, outcome.found.day.date, book, ageing=ageing) for outcome in outcomes
    ]
    differ: dict[int, bool | None] = dict.fromkeys(range(len(outcomes)))
    while differ:
        tried: dict[int, _Outcome] = {}
        for index, differs in differ.items():
            search = searches[index]
            try:
                known, number = next(search) if differs is None else search.send(differs)
            except StopIteration as end:
                found[index] = end.value
            else:
                tried[index] = _outcome(known, day(date.fromordinal(number)), ageing=ageing)
        differ = _differ(tried, outcomes, ranked)
    return found


def _differ(
    tried: Mapping[int, _Outcome], outcomes: Sequence[_Outcome], ranked: Sequence[PointsRow]
) -> dict[int, bool | None]:
    """Whether each that was tried gives another result than the outcome of the same index."""
    differ: dict[int, bool | None] = {i: _told_apart(one, outcomes[i]) for i, one in tried.items()}
    unsure = [index for index, differs in differ.items() if differs is None]
    points = _rank([tried[index] for index in unsure])
    return differ | {i: row != ranked[i] for i, row in zip(unsure, points, strict=True)}


def _told_apart(one: _Outcome, other: _Outcome) -> bool | None:
    """Whether two results differ, as far as that is seen without their points; None if those must tell."""
    if one.programs != other.programs or one.categories != other.categories:
        return True
    same = one.found.factors == other.found.factors and one.known.rules is other.known.rules
    return False if same else None


def _assessment(
    outcome: _Outcome, points: PointsRow, next_change_on: date | None, holding: Holding | None
) -> Assessment:
    lines, sections, total = points
    bits = sum(PROGRAM_BITS[name] for name, verdict in outcome.programs.items() if verdict.eligible)
    return Assessment(
        as_of=outcome.found.day.date,
        lines=tuple(lines),
        sections=dict(zip(SECTIONS, sections, strict=True)),
        total=total,
        programs=outcome.programs,
        categories=outcome.categories,
        program_bits=bits + PROGRAM_BITS["PNP"] * outcome.found.factors.nomination,
        category_bits=_category_bits(outcome),
        factors=outcome.found.factors,
        next_change_on=next_change_on,
        holding=holding,
    )


def _program(verdict: Verdict) -> dict[str, Any]:
    program: dict[str, Any] = {"eligible": verdict.eligible, "reasons": list(verdict.reasons)}
    if verdict.factors is not None:
        program |= {"points": verdict.points, "factors": dict(verdict.factors)}
    return program
