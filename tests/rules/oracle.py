"""A second, slow and naive reading of the rules: a profile JSON document in, a result JSON document out.

It shares no code and no table with `rules`; it walks day by day and keeps exact fractions.
The rule numbers are those of the interpretation rules of the profile format.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import Any

from tests.rules import oracle_tables as t

Json = dict[str, Any]
Test = dict[str, int]  # ability -> level, 0 for below 4
SKILLED = "0123"
DAY = timedelta(days=1)


def years_later(day: date, years: int) -> date:
    """The same month and day `years` later (earlier if negative); 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def in_force(rows: list[tuple[str, Any]], on: date) -> Any:
    """The newest row not later than the day (rule 22)."""
    return [value for first_day, value in rows if date.fromisoformat(first_day) <= on][-1]


def age(birth_date: str, on: date) -> int:
    """Rule 1: birthdays reached, one by one."""
    birth, years = date.fromisoformat(birth_date), 0
    while years_later(birth, years + 1) <= on:
        years += 1
    return years


# ---- language -------------------------------------------------------------------------------------------


def levels(test: Json) -> Test:
    table = in_force(t.SCORES[test["test"]], date.fromisoformat(test["date_taken"]))
    return {
        ability: max(
            (level for level, least in zip((10, 9, 8, 7, 6, 5, 4), table[ability], strict=True)
             if test["scores"][ability] >= least),
            default=0,
        )
        for ability in t.ABILITIES
    }  # fmt: skip


def was_accepted(test: Json) -> bool:
    """Whether the test had a scale on the day it was taken."""
    return bool(test["date_taken"] >= t.SCORES[test["test"]][0][0])


def valid_tests(tests: list[Json], language: str, on: date) -> list[Json]:
    """Rule 3, in the order listed. A test taken before it was first accepted is none."""
    found = []
    for test in tests:
        taken = date.fromisoformat(test["date_taken"])
        in_language = t.LANGUAGE_OF[test["test"]] == language
        if in_language and was_accepted(test) and taken <= on < years_later(taken, 2):
            found.append(test)
    return found


def the_test(tests: list[Json], language: str | None, on: date) -> Test | None:
    """Rule 4: the latest valid one, of one day the first listed."""
    best: Json | None = None
    for test in valid_tests(tests, language, on) if language else []:
        if best is None or test["date_taken"] > best["date_taken"]:
            best = test
    return levels(best) if best else None


def all_at_least(test: Test | None, least: int) -> bool:
    return test is not None and min(test.values()) >= least


def per_ability(test: Test | None, points: dict[int, int]) -> int:
    return sum(points[level] for level in test.values()) if test else 0


# ---- education ------------------------------------------------------------------------------------------


def is_completed(credential: Json, on: date) -> bool:
    done = credential.get("completion_date")
    return done is not None and date.fromisoformat(done) <= on


def counted_levels(credentials: list[Json], on: date) -> list[str]:
    """Rule 7: the level at which each credential counts, those that don't left out."""
    found = []
    for credential in credentials:
        if not is_completed(credential, on):
            continue
        if credential["country"] == "CA":
            found.append(credential["level"])
        elif eca := credential.get("eca"):
            issued = date.fromisoformat(eca["issued_on"])
            if issued <= on < years_later(issued, 5):
                found.append(eca["equivalency"])
    return found


def education(credentials: list[Json], on: date) -> str:
    ranks = [t.LEVELS.index(level) for level in counted_levels(credentials, on)]
    post_secondary = [rank for rank in ranks if rank >= t.LEVELS.index("one_year")]
    if len(post_secondary) >= 2 and max(post_secondary) >= t.LEVELS.index("three_year"):
        ranks.append(t.LEVELS.index("two_or_more"))
    return t.LEVELS[max(ranks, default=0)]


def canadian_study_points(credentials: list[Json], on: date) -> int:
    """Rule 20."""
    short, long = in_force(t.CANADIAN_STUDY, on)
    points = 0
    for credential in credentials:
        study = credential.get("canadian_study")
        if credential["country"] != "CA" or not is_completed(credential, on) or not study:
            continue
        if study.get("mostly_language_training") or study.get("return_home_award"):
            continue
        end = date.fromisoformat(credential["completion_date"])
        start = date.fromisoformat(credential.get("start_date") or credential["completion_date"])
        spared = start <= date(2022, 8, 31) and end >= date(2020, 3, 1)
        enough = study["full_time_months"] >= 8 and study["months_in_canada"] >= 8
        if not spared and (not enough or study.get("mostly_distance")):
            continue
        if credential["level"] in ("three_year", "masters", "professional", "doctoral"):
            points = max(points, long)
        elif credential["level"] in ("one_year", "two_year"):
            points = max(points, short)
    return points


# ---- work -----------------------------------------------------------------------------------------------


def lawful(job: Json) -> bool:
    """Paid and, in Canada, authorized."""
    return bool(job.get("paid", True) and (job["country"] != "CA" or job.get("authorized", True)))


def skilled(job: Json) -> bool:
    return lawful(job) and job["noc"][1] in SKILLED


def canadian_experience(job: Json) -> bool:
    """Rule 9."""
    employed = not job.get("self_employed") and not job.get("full_time_student")
    return skilled(job) and job["country"] == "CA" and employed


def daily_hours(jobs: list[Json], first: date, on: date) -> list[int]:
    """Units worked on each day from `first` to the day before `on` (rule 8), 0 on an uncovered day.

    A unit is so small that every number is whole: `units_in_an_hour`.
    """
    unit = units_in_an_hour(jobs)
    weekly = [0] * max(0, (on - first).days)
    for job in jobs:
        units = int(Fraction(str(job["hours_per_week"])) * unit)
        start = max(date.fromisoformat(job["start_date"]), first)
        end = on - DAY if job["end_date"] is None else min(date.fromisoformat(job["end_date"]), on - DAY)
        for day in range((start - first).days, (end - first).days + 1):
            weekly[day] += units
    return [min(30 * unit, units) // 7 for units in weekly]


def units_in_an_hour(jobs: list[Json]) -> int:
    return 7 * lcm(*(Fraction(str(job["hours_per_week"])).denominator for job in jobs))


def hours(jobs: list[Json], on: date, window: int) -> Fraction:
    return Fraction(sum(daily_hours(jobs, years_later(on, -window), on)), units_in_an_hour(jobs))


def whole_years(jobs: list[Json], on: date, window: int, most: int) -> int:
    return min(most, hours(jobs, on, window) // 1560)


def longest_run(jobs: list[Json], on: date, window: int | None) -> Fraction:
    """Hours of the unbroken run with most hours; `window` None: any time in the past."""
    first = min([on, *(date.fromisoformat(job["start_date"]) for job in jobs)])
    days = daily_hours(jobs, years_later(on, -window) if window else first, on)
    runs = [sum(run) for covered, run in groupby(days, key=bool) if covered]
    return Fraction(max(runs, default=0), units_in_an_hour(jobs))


def jobs_where(work: list[Json], test: Callable[[Json], bool], noc: str | None = None) -> list[Json]:
    return [job for job in work if test(job) and (noc is None or job["noc"] == noc)]


# ---- offers, nomination, money, family ------------------------------------------------------------------


def offer_is_solid(offer: Json | None, on: date) -> bool:
    """Rule 14 without the occupation."""
    if not offer or offer["hours_per_week"] < 30:
        return False
    if offer["duration_months"] is not None and offer["duration_months"] < 12:
        return False
    since = offer.get("employer_since")
    if offer["lmia"] or offer["work_permit"] == "lmia":
        return True
    return bool(
        offer["work_permit"] == "lmia_exempt" and since and years_later(date.fromisoformat(since), 1) <= on
    )


def offer_counts(offer: Json | None, on: date) -> bool:
    return offer is not None and offer_is_solid(offer, on) and offer["noc"][1] in SKILLED


def arranged_points(offer: Json | None, on: date) -> int:
    """Rule 16."""
    top, other, strict = in_force(t.ARRANGED, on)
    if offer is None or not offer_counts(offer, on):
        return 0
    assessed = offer["lmia"] or offer["work_permit"] == "lmia"
    if strict and (offer["duration_months"] is not None or not assessed):
        return 0
    return int(top if offer["noc"].startswith("00") else other)


def is_trade(noc: str | None) -> bool:
    return noc is not None and noc.startswith(t.TRADE_PREFIXES) and not noc.startswith(t.NOT_TRADE_PREFIXES)


def certificate_trade(profile: Json, on: date) -> str | None:
    """Rule 17: the trade of a certificate that counts."""
    held = profile.get("certificate_of_qualification")
    if held and date.fromisoformat(held["issued_on"]) <= on and is_trade(held["noc"]):
        return str(held["noc"])
    return None


def nominated(nomination: Json | None, on: date) -> bool:
    """Rule 18."""
    if not nomination or nomination["province"] == "QC" or date.fromisoformat(nomination["issued_on"]) > on:
        return False
    return nomination.get("expires_on") is None or on <= date.fromisoformat(nomination["expires_on"])


def funds_needed(family_size: int, on: date) -> int:
    row = in_force(t.FUNDS, on)
    return int(row[min(family_size, 7) - 1] + row[7] * max(0, family_size - 7))


def spouse_of(profile: Json) -> Json | None:
    """The spouse who comes along, of whatever status."""
    spouse: Json | None = profile.get("spouse")
    if profile["marital_status"] in ("married", "common_law") and spouse and spouse["accompanying"]:
        return spouse
    return None


def scored_spouse(profile: Json) -> Json | None:
    """Rule 2."""
    spouse = spouse_of(profile)
    return spouse if spouse and not spouse["canadian_citizen_or_pr"] else None


def has_relative(profile: Json, on: date, relationships: Collection[str], spouse: Json | None) -> bool:
    """Rule 19."""
    return any(
        relative["relationship"] in relationships
        and relative["status"] in ("citizen", "permanent_resident")
        and age(relative["birth_date"], on) >= 18
        and (relative["of"] == "applicant" or spouse is not None)
        for relative in profile.get("relatives_in_canada", [])
    )


# ---- the grid -------------------------------------------------------------------------------------------


def crs_lines(profile: Json, on: date) -> list[tuple[str, str, int]]:
    spouse = scored_spouse(profile)
    tests, work, schooling = (profile.get(key, []) for key in ("language_tests", "work", "education"))
    en, fr = the_test(tests, "en", on), the_test(tests, "fr", on)
    first, second = (en, fr) if profile["first_official_language"] == "en" else (fr, en)
    level = education(schooling, on)
    canadian = whole_years(jobs_where(work, canadian_experience), on, 10, 5)
    foreign = whole_years([j for j in work if skilled(j) and j["country"] != "CA"], on, 10, 3)
    years = age(profile["birth_date"], on)
    ages, levels_, abilities, canada = (
        (t.AGE_WITH, t.EDUCATION_WITH, t.FIRST_LANGUAGE_WITH, t.CANADIAN_WORK_WITH)
        if spouse
        else (t.AGE_WITHOUT, t.EDUCATION_WITHOUT, t.FIRST_LANGUAGE_WITHOUT, t.CANADIAN_WORK_WITHOUT)
    )
    return [
        ("core", "age", ages.get(years, 0)),
        ("core", "education", levels_[level]),
        ("core", "first_language", per_ability(first, abilities)),
        ("core", "second_language", min(22 if spouse else 24, per_ability(second, t.SECOND_LANGUAGE))),
        ("core", "canadian_work", canada[canadian]),
        *spouse_lines(spouse, on),
        *transfer_lines(level, first, canadian, foreign, certificate_trade(profile, on)),
        ("additional", "provincial_nomination", 600 * nominated(profile.get("provincial_nomination"), on)),
        ("additional", "arranged_employment", arranged_points(profile.get("job_offer"), on)),
        ("additional", "canadian_study", canadian_study_points(schooling, on)),
        ("additional", "french", in_force(t.FRENCH, on)[all_at_least(en, 5)] if all_at_least(fr, 7) else 0),
        ("additional", "sibling", in_force(t.SIBLING, on) * has_relative(profile, on, {"sibling"}, spouse)),
    ]


def spouse_lines(spouse: Json | None, on: date) -> list[tuple[str, str, int]]:
    if not spouse:
        return [("spouse", f"spouse_{name}", 0) for name in ("education", "language", "canadian_work")]
    test = the_test(spouse.get("language_tests", []), spouse.get("first_official_language"), on)
    years = whole_years(jobs_where(spouse.get("work", []), canadian_experience), on, 10, 5)
    return [
        ("spouse", "spouse_education", t.SPOUSE_EDUCATION[education(spouse.get("education", []), on)]),
        ("spouse", "spouse_language", per_ability(test, t.SPOUSE_LANGUAGE)),
        ("spouse", "spouse_canadian_work", t.SPOUSE_CANADIAN_WORK[years]),
    ]


def transfer_lines(
    level: str, first: Test | None, canadian: int, foreign: int, trade: str | None
) -> list[tuple[str, str, int]]:
    language = 2 if all_at_least(first, 9) else 1 if all_at_least(first, 7) else 0
    schooling = {"none": 0, "secondary": 0, "one_year": 1, "two_year": 1, "three_year": 1}.get(level, 2)
    abroad = 0 if foreign == 0 else 1 if foreign < 3 else 2
    here = min(canadian, 2)
    certificate = 0 if not trade or not all_at_least(first, 5) else 50 if all_at_least(first, 7) else 25
    studied = min(50, t.PAIR[schooling][language] + t.PAIR[schooling][here])
    worked = min(50, t.PAIR[abroad][language] + t.PAIR[abroad][here])
    return [
        ("transferability", "transfer_education", studied),
        ("transferability", "transfer_foreign_work", worked),
        ("transferability", "transfer_trade_certificate", certificate),
    ]


def crs(profile: Json, on: date) -> Json:
    lines = crs_lines(profile, on)
    sections = {
        section: min(most, sum(points for where, _, points in lines if where == section))
        for section, most in (("core", 500), ("spouse", 40), ("transferability", 100), ("additional", 600))
    }
    return {
        "total": sum(sections.values()),
        **sections,
        "lines": [{"section": where, "factor": name, "points": points} for where, name, points in lines],
    }
