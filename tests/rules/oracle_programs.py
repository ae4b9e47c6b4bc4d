"""The oracle's second half: the three programs, the categories, and the whole result."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tests.rules import oracle_tables as t
from tests.rules.oracle import (
    Json,
    Test,
    age,
    all_at_least,
    canadian_experience,
    certificate_trade,
    crs,
    education,
    funds_needed,
    has_relative,
    hours,
    in_force,
    is_trade,
    jobs_where,
    lawful,
    levels,
    longest_run,
    offer_counts,
    offer_is_solid,
    per_ability,
    scored_spouse,
    skilled,
    spouse_of,
    the_test,
    valid_tests,
    whole_years,
)


def result(profile: Json, on: date | None = None) -> Json:
    """The result JSON of a profile document, without `next_change_on`."""
    on = on or date.fromisoformat(profile["as_of"])
    return {
        "crs": crs(profile, on),
        "programs": {"CEC": cec(profile, on), "FSW": fsw(profile, on), "FST": fst(profile, on)},
        "categories": categories(profile, on),
    }


def tests_of(profile: Json, on: date) -> list[Test]:
    """The one that counts of each language."""
    found = [the_test(profile.get("language_tests", []), language, on) for language in ("en", "fr")]
    return [test for test in found if test is not None]


def verdict(*requirements: tuple[str, bool]) -> Json:
    """Requirements as (code of the failure, whether it fails)."""
    reasons = [code for code, fails in requirements if fails]
    return {"eligible": not reasons, "reasons": reasons}


# ---- Canadian Experience Class --------------------------------------------------------------------------


def cec(profile: Json, on: date) -> Json:
    work = jobs_where(profile.get("work", []), canadian_experience)
    least = cec_level(work, on)
    return verdict(
        ("intends_quebec", profile.get("intended_province") == "QC"),
        ("work_insufficient", hours(work, on, 3) < 1560),
        ("language_below_minimum", not any(all_at_least(test, least) for test in tests_of(profile, on))),
    )


def cec_level(work: list[Json], on: date) -> int:
    """Rule 13: the occupation with most hours decides, on a tie the lower level."""
    occupations = {job["noc"] for job in work}
    by_occupation = {noc: hours(jobs_where(work, skilled, noc), on, 3) for noc in occupations}
    most = max(by_occupation.values(), default=Fraction(0))
    if most == 0:
        return 5
    leading = [noc for noc, amount in by_occupation.items() if amount == most]
    return 7 if all(noc[1] in "01" for noc in leading) else 5


# ---- Federal Skilled Worker -----------------------------------------------------------------------------


def fsw(profile: Json, on: date) -> Json:
    work, primary = profile.get("work", []), profile["primary_occupation_noc"]
    tests = profile.get("language_tests", [])
    level = education(profile.get("education", []), on)
    first = the_test(tests, profile["first_official_language"], on)
    offer = profile.get("job_offer")
    arranged = offer_counts(offer, on)
    main_work = jobs_where(work, skilled, primary) if primary else []
    factors = {
        "education": t.FSW_EDUCATION[level],
        "language": fsw_language(profile, on),
        "experience": t.FSW_EXPERIENCE[whole_years(jobs_where(work, skilled), on, 10, 6)],
        "age": t.FSW_AGE.get(age(profile["birth_date"], on), 0),
        "arranged_employment": 10 if arranged else 0,
        "adaptability": adaptability(profile, on),
    }
    points = sum(factors.values())
    return {
        **verdict(
            ("intends_quebec", profile.get("intended_province") == "QC"),
            ("work_insufficient", longest_run(main_work, on, 10) < 1560),
            ("language_below_minimum", not all_at_least(first, 7)),
            ("education_missing", level == "none"),
            ("funds_insufficient", lacks_funds(profile, arranged, on)),
            ("points_below_pass_mark", points < 67),
        ),
        "points": points,
        "factors": factors,
    }


def fsw_language(profile: Json, on: date) -> int:
    tests, first = profile.get("language_tests", []), profile["first_official_language"]
    second = the_test(tests, "fr" if first == "en" else "en", on)
    return per_ability(the_test(tests, first, on), t.FSW_LANGUAGE) + (4 if all_at_least(second, 5) else 0)


def adaptability(profile: Json, on: date) -> int:
    """Rules 19 and 21."""
    spouse = scored_spouse(profile) or {}
    tests = spouse.get("language_tests", [])
    spouse_tests = [levels(test) for language in ("en", "fr") for test in valid_tests(tests, language, on)]
    points = (
        5 * any(all_at_least(test, 4) for test in spouse_tests)
        + 5 * bool(profile.get("studied_two_years_in_canada"))
        + 5 * bool(spouse.get("studied_two_years_in_canada"))
        + 10 * full_time_year(profile.get("work", []), "0123", on)
        + 5 * full_time_year(spouse.get("work", []), "012345", on)
        + 5 * has_relative(profile, on, t.FSW_RELATIVES, spouse_of(profile))
        + 5 * offer_counts(profile.get("job_offer"), on)
    )
    return min(10, points)


def full_time_year(work: list[Json], teers: str, on: date) -> bool:
    here = [job for job in work if lawful(job) and job["country"] == "CA"]
    jobs = [job for job in here if job["hours_per_week"] >= 30 and job["noc"][1] in teers]
    return longest_run(jobs, on, None) >= 1560


def lacks_funds(profile: Json, offer_is_good: bool, on: date) -> bool:
    """Rule 15."""
    if offer_is_good and profile["job_offer"]["work_permit"] is not None:
        return False
    return bool(profile["settlement_funds_cad"] < funds_needed(profile["family_size"], on))


# ---- Federal Skilled Trades -----------------------------------------------------------------------------


def fst(profile: Json, on: date) -> Json:
    primary, offer = profile["primary_occupation_noc"], profile.get("job_offer")
    trade = is_trade(primary)
    offered = trade and offer is not None and offer["noc"] == primary and offer_is_solid(offer, on)
    certified = trade and certificate_trade(profile, on) == primary
    work = jobs_where(profile.get("work", []), lawful, primary) if trade else []
    return verdict(
        ("intends_quebec", profile.get("intended_province") == "QC"),
        ("not_a_trade_occupation", not trade),
        ("work_insufficient", hours(work, on, 5) < 3120),
        ("language_below_minimum", not any(meets_trades(test) for test in tests_of(profile, on))),
        ("no_offer_or_certificate", not offered and not certified),
        ("funds_insufficient", lacks_funds(profile, offered, on)),
    )


def meets_trades(test: Test) -> bool:
    return test["listening"] >= 5 and test["speaking"] >= 5 and test["reading"] >= 4 and test["writing"] >= 4


# ---- categories -----------------------------------------------------------------------------------------


def categories(profile: Json, on: date) -> list[str]:
    """Rule 25, in the order of the set."""
    return [row[0] for row in in_force(t.CATEGORY_SETS, on) if in_category(profile, row, on)]


def in_category(profile: Json, row: tuple[str, int, bool, bool, str], on: date) -> bool:
    code, needed, unbroken, only_canada, occupations = row
    if code == "french":
        return all_at_least(the_test(profile.get("language_tests", []), "fr", on), 7)
    for noc in occupations.split():
        jobs = jobs_where(profile.get("work", []), lawful, noc)
        if only_canada:
            jobs = [job for job in jobs if job["country"] == "CA"]
        if jobs and (longest_run(jobs, on, 3) if unbroken else hours(jobs, on, 3)) >= needed:
            return True
    return False
