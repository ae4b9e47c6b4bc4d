"""What counts of a person's work: the same figures that the result and its explanation rest on."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings

from rules import facts
from rules.assessment import assess
from rules.explanation import explain
from rules.records import Job, Profile
from rules.worked import (
    MEASURES,
    Amount,
    Period,
    alone,
    amounts,
    gaps,
    overlaps,
    partners_amounts,
    too_many_hours,
)
from tests.rules.strategies import profiles

ON = date(2026, 9, 24)
each = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(document: dict[str, Any]) -> tuple[Profile, dict[str, Amount]]:
    profile = facts.parse(document)
    return profile, {amount.measure: amount for amount in amounts(profile, profile.as_of)}


def job(start: date, end: date | None = None, **differences: Any) -> Job:
    return Job("21232", "NG", start, end, **{"hours_per_week": 40, **differences})


@each
@given(profiles())
def test_every_amount_is_the_one_that_the_explanation_gives(document: dict[str, Any]) -> None:
    profile, found = read(document)
    explained = explain(profile)
    lines = {line.factor: line.facts for line in explained.lines}
    needed = {
        program: next(part for part in parts if part.code == "work_insufficient").facts
        for program, parts in explained.requirements.items()
    }
    experience = next(part for part in explained.grid if part.factor == "experience").facts
    assert tuple(found) == MEASURES
    assert found["cec"].hours == needed["CEC"]["hours"]
    assert found["fsw_minimum"].hours == needed["FSW"]["longest_run_hours"]
    assert found["fst"].hours == (needed["FST"]["hours"] if needed["FST"]["trade"] else 0)
    assert (found["fsw_points"].hours, found["fsw_points"].years) == (
        experience["hours"],
        experience["years"],
    )
    for measure, line in (("crs_canadian", "canadian_work"), ("crs_foreign", "transfer_foreign_work")):
        assert (found[measure].hours, found[measure].years) == (lines[line]["hours"], lines[line]["years"])


@each
@given(profiles())
def test_a_minimum_is_reached_when_the_result_does_not_call_the_work_insufficient(
    document: dict[str, Any],
) -> None:
    profile, found = read(document)
    programs = assess(profile, next_change=False).programs
    for program, measure in (("CEC", "cec"), ("FSW", "fsw_minimum"), ("FST", "fst")):
        assert found[measure].reached is ("work_insufficient" not in programs[program].reasons)


@each
@given(profiles())
def test_no_job_counts_for_more_alone_than_all_jobs_together(document: dict[str, Any]) -> None:
    profile, found = read(document)
    for single in alone(profile):
        assert all(part.hours <= found[part.measure].hours for part in amounts(single, profile.as_of))


@each
@given(profiles())
def test_a_scored_partners_amount_is_the_one_that_the_explanation_gives(document: dict[str, Any]) -> None:
    profile = facts.parse(document)
    if profile.scored_spouse is None:
        return
    of_partner = replace(profile, work=profile.scored_spouse.work)
    (found,) = partners_amounts(of_partner, profile.as_of)
    line = next(line.facts for line in explain(profile).lines if line.factor == "spouse_canadian_work")
    assert (found.hours, found.years) == (line["hours"], line["years"])


def test_a_gap_is_a_period_without_any_job_up_to_the_day_before() -> None:
    jobs = (job(date(2020, 1, 1), date(2020, 12, 31)), job(date(2022, 1, 1), date(2026, 8, 31)))
    assert gaps(jobs, date(2020, 1, 1), ON) == [
        Period(date(2021, 1, 1), date(2021, 12, 31)),
        Period(date(2026, 9, 1), date(2026, 9, 23)),
    ]


def test_somebody_without_a_job_has_one_gap() -> None:
    assert gaps((), date(2016, 9, 24), ON) == [Period(date(2016, 9, 24), date(2026, 9, 23))]


def test_jobs_that_follow_each_other_leave_no_gap() -> None:
    jobs = (job(date(2020, 1, 1), date(2020, 12, 31)), job(date(2021, 1, 1)))
    assert gaps(jobs, date(2020, 1, 1), ON) == []


def test_jobs_at_once_overlap_on_their_common_days() -> None:
    jobs = (job(date(2020, 1, 1), date(2020, 12, 31)), job(date(2020, 7, 1), date(2021, 6, 30)))
    assert overlaps(jobs, ON) == [Period(date(2020, 7, 1), date(2020, 12, 31))]


def test_more_hours_a_week_than_the_limit_are_found_over_all_jobs() -> None:
    jobs = (
        job(date(2020, 1, 1), date(2020, 12, 31), hours_per_week=60),
        job(date(2020, 7, 1), date(2021, 6, 30), hours_per_week=52.5),
    )
    assert too_many_hours(jobs, ON, 112) == [Period(date(2020, 7, 1), date(2020, 12, 31))]
    assert too_many_hours(jobs, ON, 113) == []
