"""The look-ahead against every single day: 500 random candidates, 24 months, each kind of event at least 30 times."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest

from rules.assessment import Assessment, assess, assess_many
from rules.categories import match
from rules.days import day
from rules.deadlines import anniversary
from rules.factors import find
from rules.facts import Profile, parse
from rules.happenings import Cause
from rules.outlook import KINDS, Change, changes_on, outlook
from rules.parameters import BOOK
from rules.programs import judge
from rules.ranking import factor_table, rank
from rules.timeline import timeline
from tests.rules.eventful import eventful
from tests.rules.plausible import pool

SEED, CANDIDATES, SHARES, SAMPLE, LEAST = 4, 500, 10, 20, 30
DAY = timedelta(days=1)

EVENTS = (
    "birthday", "test_expires first", "test_expires second", "test_expires spouse", "test_counts",
    "eca_expires applicant", "eca_expires spouse", "credential_counts", "certificate_counts", "offer_counts",
    "relative_adult", "nomination_starts", "nomination_ends", "funds_table", "categories_set", "rule_changes",
    "work_gained canadian_years", "work_lost canadian_years", "work_gained foreign_years", "work_lost foreign_years",
    "work_gained spouse_canadian_years", "work_lost spouse_canadian_years", "work_gained skilled_years",
    "work_lost skilled_years", "work_gained program CEC", "work_lost program CEC", "work_gained program FSW",
    "work_lost program FSW", "work_gained program FST", "work_lost program FST", "work_gained category",
    "work_lost category", "work_gained full_time", "cec_language",
)  # fmt: skip
NOTES = ("funds_table", "funds_deadline", "test_expires first", "profile_expires")


def event(cause: Cause) -> str:
    """The kind of event as the proof counts it: kinds of tests and of work apart."""
    about = cause.about
    if cause.kind.startswith("work_"):
        measure = {"applicant_work": "full_time", "spouse_work": "full_time"}.get(
            about["measure"], about["measure"]
        )
        if measure == "cec_language":
            return "cec_language"
        return " ".join([cause.kind, measure, *([about["program"]] if measure == "program" else [])])
    if cause.kind == "test_expires":
        return f"test_expires {about['official'] if about['whose'] == 'applicant' else 'spouse'}"
    return f"eca_expires {about['whose']}" if cause.kind == "eca_expires" else cause.kind


def ahead(document: dict[str, Any]) -> tuple[Profile, list[Change], date]:
    """A candidate with the outlook of 24 months, and its last day."""
    profile = parse(document)
    until = anniversary(profile.as_of, 2)
    ends_on = anniversary(profile.as_of, 1)
    return profile, outlook(profile, profile.as_of, until, ends_on=ends_on), until


Result = tuple[Any, ...]


def result(found: Assessment) -> Result:
    """Everything in a result but the day and what comes next."""
    programs = [(name, tuple(verdict)) for name, verdict in found.programs.items()]
    return [*found.lines, *found.sections.values()], programs, found.categories, found.factors.nomination


def results_by_day(profile: Profile, until: date) -> dict[date, Result]:
    """The result of every day up to `until`, scored from the rules' columns: one timeline for each set of rules."""
    days = [profile.as_of + n * DAY for n in range((until - profile.as_of).days + 1)]
    scored: dict[date, Result] = {}
    for rules, era in groupby(days, key=BOOK.on):
        known, same = timeline(profile, rules), list(era)
        findings = [find(known, day(on)) for on in same]
        points = rank(factor_table([found.factors for found in findings]), rules)
        figures = np.vstack([points.lines, points.sections]).T.tolist()
        for on, found, row in zip(same, findings, figures, strict=True):
            french = found.language("fr", profile.first_official_language)
            programs = [(name, tuple(verdict)) for name, verdict in judge(known, found).items()]
            categories = match(known.checks, french, found.day, rules)
            scored[on] = row, programs, categories, found.factors.nomination
    return scored


def assert_exact(document: dict[str, Any]) -> None:
    """The result of each day differs from that of the day before exactly on the days that are listed."""
    profile, changes, until = ahead(document)
    results = results_by_day(profile, until)
    differing = [on for on in results if on > profile.as_of and results[on] != results[on - DAY]]
    listed = [change for change in changes if change.changed]
    assert [change.on for change in listed] == differing, document
    for change in listed:
        assert result(change.before) == results[change.on - DAY]
        assert result(change.after) == results[change.on]
    for change in changes:
        if not change.changed:
            assert change.before is change.after
            assert result(change.after) == results[change.on]


def test_the_columns_of_the_proof_say_what_an_assessment_of_each_day_says() -> None:
    for document in eventful(SEED + 5, 2):
        profile = parse(document)
        results = results_by_day(profile, anniversary(profile.as_of, 2))
        found = assess_many([replace(profile, as_of=on) for on in results], next_change=False)
        assert [result(one) for one in found] == [*results.values()]


def test_a_sample_of_candidates_changes_exactly_on_the_listed_days() -> None:
    for document in eventful(SEED + 1, SAMPLE):
        assert_exact(document)


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_500_candidates_change_exactly_on_the_listed_days(share: int) -> None:
    for document in list(eventful(SEED, CANDIDATES))[share::SHARES]:
        assert_exact(document)


@pytest.mark.slow
def test_each_kind_of_event_comes_up_at_least_30_times_among_the_500() -> None:
    counted: Counter[str] = Counter()
    noted: Counter[str] = Counter()
    for document in eventful(SEED, CANDIDATES):
        for change in ahead(document)[1]:
            counted.update(event(cause) for cause in change.causes)
            noted.update(event(note) for note in change.notes)
    assert {name: counted[name] for name in EVENTS if counted[name] < LEAST} == {}
    assert {name: noted[name] for name in NOTES if noted[name] < LEAST} == {}
    assert {name.split(" ")[0] for name in counted + noted} | {"several"} <= {
        *KINDS,
        "several",
        "cec_language",
    }
    assert counted["several"] == 0


def test_the_days_alone_are_those_of_the_changes() -> None:
    for document in eventful(SEED + 2, 10):
        profile, changes, until = ahead(document)
        listed = [change.on for change in changes if change.changed]
        assert changes_on(profile, profile.as_of, until) == listed


def test_two_years_take_well_under_a_tenth_of_a_second() -> None:
    profiles = [parse(document) for document in pool(5, 21, date(2026, 9, 24))]
    taken = []
    for profile in profiles:
        begun = process_time()
        outlook(profile, profile.as_of, anniversary(profile.as_of, 2))
        taken.append(process_time() - begun)
    assert median(taken) < 0.05


# ---- causes, tried on the profile itself: had it come a day later, the day would be another one ----------


def born_later(profile: Profile, _cause: Cause) -> Profile:
    return replace(profile, birth_date=profile.birth_date + 2 * DAY)


def taken_later(profile: Profile, cause: Cause) -> Profile | None:
    if cause.about["whose"] != "applicant":
        return None
    taken = date.fromisoformat(cause.about["date_taken"])
    tests = profile.language_tests
    if [test.date_taken for test in tests].count(taken) > 1 or taken.month == 2:
        return None
    changed = tuple(replace(t, date_taken=taken + DAY) if t.date_taken == taken else t for t in tests)
    return replace(profile, language_tests=changed)


def nominated_later(profile: Profile, _cause: Cause) -> Profile:
    nominated = profile.provincial_nomination
    assert nominated is not None
    assert nominated.expires_on is not None
    return replace(profile, provincial_nomination=replace(nominated, expires_on=nominated.expires_on + DAY))


PUT_OFF: dict[str, Callable[[Profile, Cause], Profile | None]] = {
    "birthday": born_later,
    "test_expires": taken_later,
    "nomination_ends": nominated_later,
}


def test_a_named_cause_is_one_and_without_it_alone_nothing_changes() -> None:
    tried: Counter[str] = Counter()
    for document in eventful(SEED + 3, 60):
        profile, changes, _until = ahead(document)
        for change in changes:
            for cause in change.causes:
                other = PUT_OFF[cause.kind](profile, cause) if cause.kind in PUT_OFF else None
                if other is None:
                    continue
                instead = result(assess(other, change.on, next_change=False))
                assert instead != result(change.after), (cause, document)
                if len(change.causes) == 1:
                    assert instead == result(change.before), (cause, document)
                tried[cause.kind] += 1
    assert set(tried) == set(PUT_OFF)
    assert min(tried.values()) >= 5


def test_a_test_or_an_assessment_that_ends_is_told_even_if_nothing_changes() -> None:
    for document in eventful(SEED + 4, 40):
        profile, changes, until = ahead(document)
        told = {
            (change.on, cause.about["date_taken"])
            for change in changes
            for cause in (*change.causes, *change.notes)
            if cause.kind == "test_expires" and cause.about["whose"] == "applicant"
        }
        ends = [(anniversary(t.date_taken, 2), t.date_taken.isoformat()) for t in profile.language_tests]
        assert {end for end in ends if profile.as_of < end[0] <= until} <= told | accepted_later(profile)


def accepted_later(profile: Profile) -> set[tuple[date, str]]:
    """Tests taken before their kind was accepted, which never count."""
    return {
        (anniversary(t.date_taken, 2), t.date_taken.isoformat())
        for t in profile.language_tests
        if t.test == "pte_core" and t.date_taken < date(2024, 1, 30)
    }
