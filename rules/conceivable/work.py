"""Skilled work: one more year, two, three and so on, in Canada or abroad, as if it had been done already.

What is added stands beside what there is, on days without counted work, the latest first: a year more in Canada
does not take one away abroad. It ends the day before the assessment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

from rules.conceivable.ladders import APPLICANT, SPOUSE, AsItStands, Ladder, Rung, Whose, with_spouse
from rules.conceivable.study import ELSEWHERE
from rules.days import NEVER
from rules.deadlines import anniversary
from rules.occupations import noc2021
from rules.records import CANADA, Job, Profile
from rules.work import Curve, History, accrued

YOUNGEST: Final = 16
SOME_SKILLED_OCCUPATION: Final = "13110"
"""Stands for any skilled occupation where a profile names none; `needs` then says None."""
MOST_YEARS_IN_CANADA: Final = 5
MOST_YEARS_ABROAD: Final = 3

Gap = tuple[int, int]


class _Worked(NamedTuple):
    """Work of one person in Canada or abroad, and how more of it enters the profile."""

    kind: str
    whose: Whose
    curve: Curve
    history: History
    first: int
    noc: str | None
    country: str
    most: int
    enter: Callable[[tuple[Job, ...]], Profile]


def ladders(now: AsItStands) -> Iterator[Ladder]:
    """More years of work in Canada and abroad, of a scored spouse in Canada, each up to the next that matters."""
    for worked in _everybody(now):
        yield Ladder(tuple(_rungs(now, worked)), only_next=True)


def _everybody(now: AsItStands) -> Iterator[_Worked]:
    profile, known, rules, day = now.profile, now.known, now.rules, now.found.day
    own = skilled_occupation(profile.work, profile.primary_occupation_noc, now)
    abroad = next((job.country for job in profile.work if job.country != CANADA), ELSEWHERE)
    youngest = anniversary(profile.birth_date, YOUNGEST).toordinal()

    def enter(jobs: tuple[Job, ...]) -> Profile:
        primary = profile.primary_occupation_noc or jobs[0].noc
        return replace(profile, work=(*profile.work, *jobs), primary_occupation_noc=primary)

    in_window = day.window(rules.value("crs.core.canadian_work")["window_years"])
    first = max(in_window, youngest)
    yield _Worked(
        "canadian_work",
        APPLICANT,
        known.canadian,
        known.history,
        first,
        own,
        CANADA,
        MOST_YEARS_IN_CANADA,
        enter,
    )
    in_window = day.window(rules.value("crs.transferability.foreign_work")["window_years"])
    first = max(in_window, youngest)
    yield _Worked(
        "foreign_work", APPLICANT, known.foreign, known.history, first, own, abroad, MOST_YEARS_ABROAD, enter
    )
    spouse = profile.scored_spouse
    if spouse is not None and known.spouse is not None:

        def enter_spouse(jobs: tuple[Job, ...]) -> Profile:
            return with_spouse(profile, work=(*spouse.work, *jobs))

        first = day.window(rules.value("crs.spouse.canadian_work")["window_years"])
        curve, history = known.spouse.canadian, known.spouse.history
        noc = skilled_occupation(spouse.work, None, now)
        most = MOST_YEARS_IN_CANADA
        yield _Worked("canadian_work", SPOUSE, curve, history, first, noc, CANADA, most, enter_spouse)


def skilled_occupation(jobs: Iterable[Job], primary: str | None, now: AsItStands) -> str | None:
    """The primary occupation if it is skilled, else that of the latest job that is."""
    skilled = now.rules.value("work.skilled_teer")
    named = [primary] if primary else []
    held = sorted(jobs, key=lambda job: job.start_date, reverse=True)
    return next((noc for noc in (*named, *(job.noc for job in held)) if noc2021[noc].teer in skilled), None)


def _rungs(now: AsItStands, worked: _Worked) -> Iterator[Rung]:
    stop, history = now.found.day.number, worked.history
    amount = accrued(worked.curve, worked.first, stop)
    done = amount // history.year
    for years in range(done + 1, worked.most + 1):
        missing = years * history.year - amount
        spans = _filled(worked.curve, -(-missing // history.cap), worked.first, stop)
        if spans is None:
            return
        needs = {
            "whose": worked.whose,
            "years": years,
            "years_so_far": done,
            "hours": -(-missing // history.hour),
            "noc": worked.noc,
        }
        yield Rung(worked.kind, needs, worked.enter(tuple(_jobs(spans, worked))))


def _jobs(spans: list[Gap], worked: _Worked) -> Iterator[Job]:
    hours = worked.history.cap // worked.history.scale
    for start, end in spans:
        first, last = date.fromordinal(start), date.fromordinal(end - 1)
        yield Job(worked.noc or SOME_SKILLED_OCCUPATION, worked.country, first, last, hours)


def _filled(curve: Curve, days: int, first: int, stop: int) -> list[Gap] | None:
    """The latest days without work in the window, so many of them; None if there are too few."""
    spans: list[Gap] = []
    for start, end in _gaps(curve, first, stop):
        taken = min(days, end - start)
        spans.append((end - taken, end))
        days -= taken
        if not days:
            return spans
    return None


def _gaps(curve: Curve, first: int, stop: int) -> Iterator[Gap]:
    """The stretches between two days that a curve leaves free, the latest first."""
    end = stop
    for start, until, _rate in sorted(curve, reverse=True):
        if until <= first:
            break
        if min(until, NEVER) < end:
            yield max(until, first), end
        end = min(end, start)
    if end > first:
        yield first, end
