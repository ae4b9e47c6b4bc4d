"""Work as exact amounts: what a person has accrued between two days, at most 30 hours a week over all jobs.

Days are day numbers. A *curve* is a list of stretches without overlap, each with its weekly hours after the
cap, in units of 1/`History.scale` hour; an amount is weekly hours times days, so that an hour is 7 x `scale`.
All of it is whole numbers: 15.6 hours a week are 78 fifths. Source: `parameters/work.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from math import lcm
from typing import Final, NamedTuple

from rules.days import NEVER
from rules.occupations import noc2021
from rules.parameters import InForce
from rules.records import CANADA, Job, Number

DAYS_A_WEEK: Final = 7

Stretch = tuple[int, int, int]
Curve = tuple[Stretch, ...]


class Stint(NamedTuple):
    """One job, worked from day number `start` to before `stop`; `rate` is units a week, not capped."""

    start: int
    stop: int
    rate: int
    teer: int
    in_canada: bool
    allowed: bool
    employee: bool
    job: Job


class History(NamedTuple):
    """All paid jobs of one person, exactly."""

    stints: list[Stint]
    scale: int
    cap: int
    hour: int
    year: int

    def curve(self, stints: Sequence[Stint]) -> Curve:
        """The curve of some of the stints."""
        return (
            flatten([(stint.start, stint.stop, stint.rate) for stint in stints], self.cap) if stints else ()
        )


@lru_cache(maxsize=4096)
def _ratio(hours: Number) -> Fraction:
    """The exact value of the shortest decimal text of `hours`."""
    return Fraction(repr(hours))


def history(jobs: Iterable[Job], rules: InForce) -> History:
    """Paid jobs as stints. `allowed`: authorized or outside Canada; `employee`: neither self-employed nor a
    full-time student at the time.
    """
    paid = [job for job in jobs if job.paid]
    scale = lcm(
        *(_ratio(job.hours_per_week).denominator for job in paid if type(job.hours_per_week) is not int)
    )
    counting = rules.value("work.counting")
    hour = DAYS_A_WEEK * scale
    return History(
        [_stint(job, scale) for job in paid],
        scale,
        counting["max_counted_hours_per_week"] * scale,
        hour,
        counting["hours_per_year"] * hour,
    )


def _stint(job: Job, scale: int) -> Stint:
    hours = job.hours_per_week
    rate = hours * scale if type(hours) is int else int(_ratio(hours) * scale)
    in_canada = job.country == CANADA
    return Stint(
        job.start_date.toordinal(),
        job.end_date.toordinal() + 1 if job.end_date else NEVER,
        rate,
        noc2021[job.noc].teer,
        in_canada,
        job.authorized or not in_canada,
        not (job.self_employed or job.full_time_student),
        job,
    )


def flatten(stretches: list[Stretch], cap: int) -> Curve:
    """Stretches that may overlap as a curve: sorted, added up where they overlap, never above `cap`."""
    if len(stretches) > 1:
        stretches.sort()
        if any(later[0] < earlier[1] for earlier, later in pairwise(stretches)):
            return _added_up(stretches, cap)
    return tuple([(start, stop, min(rate, cap)) for start, stop, rate in stretches])


def _added_up(stretches: list[Stretch], cap: int) -> Curve:
    change: dict[int, int] = {}
    for start, stop, rate in stretches:
        change[start] = change.get(start, 0) + rate
        change[stop] = change.get(stop, 0) - rate
    days = sorted(change)
    curve: list[Stretch] = []
    rate = 0
    for day, next_day in pairwise(days):
        rate += change[day]
        if rate:
            curve.append((day, next_day, min(rate, cap)))
    return tuple(curve)


def accrued(curve: Curve, first: int, stop: int) -> int:
    """What the curve amounts to from day number `first` to the day before `stop`."""
    total = 0
    for start, end, rate in curve:
        if start < stop and end > first:
            total += (min(end, stop) - max(start, first)) * rate
    return total


def runs(curve: Curve) -> list[Curve]:
    """The curve cut wherever a day is not worked."""
    found: list[list[Stretch]] = []
    for stretch in curve:
        if found and found[-1][-1][1] == stretch[0]:
            found[-1].append(stretch)
        else:
            found.append([stretch])
    return [tuple(run) for run in found]


def longest_run(runs: list[Curve], first: int, stop: int) -> int:
    """The most that one unbroken run amounts to between two days."""
    return max([accrued(run, first, stop) for run in runs]) if runs else 0
