"""How much of a person's work counts on a day, by each of the ways in which the rules count it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from rules import evidence
from rules.days import Day, day
from rules.occupations import noc2021
from rules.parameters import BOOK, Book, InForce
from rules.programs import Limits, limits
from rules.records import Job, Number, Profile
from rules.timeline import Timeline, timeline
from rules.work import Curve, Stretch, flatten, longest_run

MEASURES: Final = ("cec", "fsw_minimum", "fsw_points", "fst", "crs_canadian", "crs_foreign")
PARTNERS: Final = "crs_spouse"
NO_CAP: Final = 1_000_000


class Amount(NamedTuple):
    """What counts by one measure from `first` to `last`, both included: hours in tenths, and completed years.

    `needed` are the hours of a program's minimum, None where points are given for years. `open` says whether the
    measure can count anything at all: for `fsw_minimum` a skilled primary occupation is needed, for `fst` a trade.
    """

    measure: str
    hours: Number
    years: int
    first: date
    last: date
    needed: int | None = None
    open: bool = True

    @property
    def reached(self) -> bool:
        """Whether the minimum is met; True where there is none."""
        return self.open and (self.needed is None or self.hours >= self.needed)


def amounts(profile: Profile, on: date, *, book: Book = BOOK) -> tuple[Amount, ...]:
    """What all jobs of the profile amount to on a day, by every one of `MEASURES`, in their order."""
    return _Reading(timeline(profile, book.on(on)), day(on)).amounts()


def partners_amounts(profile: Profile, on: date, *, book: Book = BOOK) -> tuple[Amount, ...]:
    """What the work of a partner counts for, who is scored beside a candidate: `profile` holds it as its own."""
    reading = _Reading(timeline(profile, book.on(on)), day(on))
    years = reading.known.rules.value("crs.spouse.canadian_work")["window_years"]
    return (reading.amount(PARTNERS, reading.known.canadian, years),)


def alone(profile: Profile) -> list[Profile]:
    """The profile once for each of its jobs, as if it were the only one: of jobs at once the hours are capped."""
    return [replace(profile, work=(job,)) for job in profile.work]


class _Reading(NamedTuple):
    known: Timeline
    at: Day

    def amounts(self) -> tuple[Amount, ...]:
        known, least, value = self.known, limits(self.known.rules), self.known.rules.value
        foreign = value("crs.transferability.foreign_work")["window_years"]
        return (
            self.amount("cec", known.canadian, least.cec_years, needed=least.cec_hours),
            self.longest_run(least),
            self.amount("fsw_points", known.skilled, value("fsw.grid.experience")["window_years"]),
            self.amount(
                "fst",
                known.primary if known.trade else (),
                least.fst_years,
                needed=least.fst_hours,
                is_open=known.trade,
            ),
            self.amount("crs_canadian", known.canadian, value("crs.core.canadian_work")["window_years"]),
            self.amount("crs_foreign", known.foreign, foreign),
        )

    def amount(
        self, measure: str, curve: Curve, years: int, *, needed: int | None = None, is_open: bool = True
    ) -> Amount:
        facts = evidence.work(curve, years, self.known.history, self.at)
        first, last = date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"])
        return Amount(measure, facts["hours"], facts["years"], first, last, needed, is_open)

    def longest_run(self, least: Limits) -> Amount:
        first, worked = self.at.window(least.fsw_years), self.known.history
        run = longest_run(self.known.primary_runs, first, self.at.number)
        noc = self.known.profile.primary_occupation_noc
        return Amount(
            "fsw_minimum",
            evidence.hours(run, worked),
            run // worked.year,
            date.fromordinal(first),
            date.fromordinal(self.at.number - 1),
            least.fsw_hours,
            _skilled(noc, self.known.rules),
        )


def _skilled(noc: str | None, rules: InForce) -> bool:
    return noc is not None and noc2021[noc].teer in rules.value("work.skilled_teer")


class Period(NamedTuple):
    """Days from `first` to `last`, both included."""

    first: date
    last: date


def gaps(jobs: tuple[Job, ...], since: date, on: date) -> list[Period]:
    """The periods without any job, paid or not, from `since` to the day before `on`."""
    edge, end = since.toordinal(), on.toordinal()
    found: list[Period] = []
    for start, stop, _count in flatten(_stretches(jobs, on), NO_CAP):
        if edge < min(start, end):
            found.append(_period(edge, min(start, end)))
        edge = max(edge, stop)
    return [*found, _period(edge, end)] if edge < end else found


def overlaps(jobs: tuple[Job, ...], on: date) -> list[Period]:
    """The periods with more than one job, up to the day before `on`."""
    return _joined([stretch for stretch in flatten(_stretches(jobs, on), NO_CAP) if stretch[2] > 1])


def too_many_hours(jobs: tuple[Job, ...], on: date, most: int) -> list[Period]:
    """The periods in which all jobs together take more than `most` hours a week."""
    tenths = [
        (start, stop, round(job.hours_per_week * 10))
        for job, (start, stop, _one) in zip(jobs, _all_stretches(jobs, on), strict=True)
        if start < stop
    ]
    return _joined([stretch for stretch in flatten(tenths, NO_CAP) if stretch[2] > most * 10])


def _stretches(jobs: tuple[Job, ...], on: date) -> list[Stretch]:
    return [stretch for stretch in _all_stretches(jobs, on) if stretch[0] < stretch[1]]


def _all_stretches(jobs: tuple[Job, ...], on: date) -> list[Stretch]:
    """Each job as a stretch of one, up to the day before `on`."""
    end = on.toordinal()
    return [
        (job.start_date.toordinal(), min(end, job.end_date.toordinal() + 1 if job.end_date else end), 1)
        for job in jobs
    ]


def _joined(stretches: list[Stretch]) -> list[Period]:
    """Stretches that touch as one period."""
    if not stretches:
        return []
    first, periods = stretches[0][0], []
    for earlier, later in pairwise(stretches):
        if later[0] != earlier[1]:
            periods.append(_period(first, earlier[1]))
            first = later[0]
    return [*periods, _period(first, stretches[-1][1])]


def _period(start: int, stop: int) -> Period:
    return Period(date.fromordinal(start), date.fromordinal(stop - 1))
