"""The work milestones of a day: years completed or slid out of their window, minimums reached or lost.

Work counts day by day, so no fact has a day of its own here; what it amounts to on the day and on the day before is
compared, by the same rules. Only what the result rests on is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from rules.categories import match, reached
from rules.changes import levels
from rules.days import Day, day
from rules.factors import Factors, Findings, find
from rules.grid import adaptability, grid, skilled_years
from rules.happenings import Cause
from rules.language import reaches
from rules.programs import cec_minimum, limits
from rules.ranking import factor_table, rank
from rules.timeline import Timeline
from rules.work import Curve, longest_run

YEARS: Final = {
    "canadian_years": "canadian",
    "foreign_years": "foreign",
    "spouse_canadian_years": "spouse",
}


def milestones(known: Timeline, on: date) -> list[Cause]:
    """What work reaches or loses on `on` by itself, under the rules of `known`, as far as the result shows it."""
    eve, now = find(known, day(on - timedelta(days=1))), find(known, day(on))
    found = [*_years(known, eve, now), *_minimums(known, eve.day, now.day)]
    found += [*_occupations(known, eve, now), *_grid(known, eve, now), *_categories(known, eve, now)]
    return found


def _cause(measure: str, before: float, after: float, **about: object) -> Cause:
    kind = "work_gained" if after > before else "work_lost"
    return Cause(kind, {"measure": measure, "before": before, "after": after, **about})


def _years(known: Timeline, eve: Findings, now: Findings) -> Iterator[Cause]:
    """Completed years of the ranking system, where the points of today's other facts depend on them."""
    windows = levels(known.rules)
    for measure, window in YEARS.items():
        before, after = getattr(eve.factors, measure), getattr(now.factors, measure)
        if before != after and _points(known, now.factors) != _points(
            known, now.factors._replace(**{measure: before})
        ):
            yield _cause(measure, before, after, window_years=getattr(windows, f"{window}_window"))


def _points(known: Timeline, factors: Factors) -> list[int]:
    points: list[int] = rank(factor_table([factors]), known.rules).lines[:, 0].tolist()
    return points


def _minimums(known: Timeline, eve: Day, now: Day) -> Iterator[Cause]:
    """The work that CEC, FSW and FST ask for."""
    least = limits(known.rules)
    asked: list[tuple[str, Iterable[Curve], int, int]] = [
        ("CEC", [known.canadian], least.cec_years, least.cec_hours),
        ("FSW", known.primary_runs, least.fsw_years, least.fsw_hours),
        ("FST", [known.primary] if known.trade else [], least.fst_years, least.fst_hours),
    ]
    for program, curves, years, hours in asked:
        enough = [
            longest_run([*curves], when.window(years), when.number) >= hours * known.history.hour
            for when in (eve, now)
        ]
        if enough[0] != enough[1]:
            yield _cause("program", *enough, program=program, window_years=years, hours=hours)


def _occupations(known: Timeline, eve: Findings, now: Findings) -> Iterator[Cause]:
    """Another occupation has most hours, and with it another language level is asked for (CEC)."""
    least = limits(known.rules)
    minimums = cec_minimum(known, eve, least), cec_minimum(known, now, least)
    met = [reaches(now.first, minimum) or reaches(now.second, minimum) for minimum in minimums]
    if met[0] != met[1]:
        yield _cause("cec_language", *met, higher=minimums[1] == least.cec_high)


def _grid(known: Timeline, eve: Findings, now: Findings) -> Iterator[Cause]:
    """Work that the grid of the Federal Skilled Worker class counts."""
    table = grid(known.rules)
    before, after = skilled_years(known, eve), skilled_years(known, now)
    if table.experience[before] != table.experience[after]:
        yield _cause("skilled_years", before, after, window_years=table.experience_years)
    worked, earlier = adaptability(known, now), adaptability(known, eve)
    for item in ("applicant_work", "spouse_work"):
        other = sum(points for name, points in worked.items() if name != item)
        new = item in worked and item not in earlier
        if new and min(table.adaptability["max"], other) < min(
            table.adaptability["max"], sum(worked.values())
        ):
            yield _cause(item, 0, 1, hours=table.adaptability["work_hours"])


def _categories(known: Timeline, eve: Findings, now: Findings) -> Iterator[Cause]:
    french = now.first if known.profile.first_official_language == "fr" else now.second
    before, after = (set(match(known.checks, french, when.day, known.rules)) for when in (eve, now))
    for check in known.checks:
        changed = check.category in before ^ after
        if changed and reached(check, eve.day) != reached(check, now.day):
            gained = check.category in after
            yield _cause(
                "category",
                not gained,
                gained,
                category=check.category,
                noc=check.noc,
                window_years=check.window_years,
            )
