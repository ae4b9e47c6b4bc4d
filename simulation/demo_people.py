"""The people behind the demo's accounts: what each has answered, as of a day."""

from datetime import date, timedelta
from typing import Any

from profiles.facts import Answers

YEAR = 365.2425


def single(on: date, **facts: Any) -> Answers:
    """Return the answers of a single person of 29 who has told nothing else yet."""
    return {
        "birth_date": _before(on, 29.4),
        "marital_status": "never_married",
        "intended_province": "ON",
        "family_size": 1,
        "settlement_funds_cad": 24_000,
        "education": [],
        "first_official_language": "en",
        "language_tests": [],
        "work": [],
        "primary_occupation_noc": None,
        "certificate_of_qualification": None,
        "job_offer": None,
        "provincial_nomination": None,
        "relatives_in_canada": [],
        "studied_two_years_in_canada": False,
        "spouse": None,
        **facts,
    }


def software_engineer(on: date) -> Answers:
    """Return a graduate abroad who meets the Federal Skilled Worker Program."""
    return single(
        on,
        education=[_degree(on, "three_year", "IN", 11.5, 8), _degree(on, "masters", "IN", 7.8, 6)],
        language_tests=[_test(on, "ielts_general", 8.5, 8, 7, 7.5)],
        work=[_job(on, "21231", "IN", 5.6)],
        primary_occupation_noc="21231",
    )


def nominated_researcher(on: date) -> Answers:
    """Return somebody in Canada with two languages and a doctorate, whom as a nominee no candidate outranks."""
    return single(
        on,
        intended_province="ON",
        education=[_degree(on, "three_year", "FR", 12, 9), _degree(on, "doctoral", "FR", 9, 6.9)],
        language_tests=[
            _test(on, "celpip_general", 11, 11, 10, 10),
            _test(on, "tef_canada", 580, 570, 590, 590),
        ],
        work=[_job(on, "21110", "FR", 6.8, 3.6), _job(on, "21110", "CA", 3.5)],
        primary_occupation_noc="21110",
    )


def cook(on: date) -> Answers:
    """Return a cook in Canada whose language test is short of every program's minimum."""
    return single(
        on,
        settlement_funds_cad=4_000,
        education=[_degree(on, "one_year", "MX", 9, 8)],
        language_tests=[_test(on, "ielts_general", 4.5, 4.5, 4, 5)],
        work=[_job(on, "63200", "CA", 1.6)],
        primary_occupation_noc="63200",
    )


def half_told(on: date) -> Answers:
    """Return the answers of somebody who has not come to language and work yet."""
    told = single(on, education=[_degree(on, "three_year", "PH", 9, 5.4)])
    unanswered = ("language_tests", "work", "primary_occupation_noc", "first_official_language", "spouse")
    return {key: value for key, value in told.items() if key not in unanswered}


def _before(on: date, years: float) -> str:
    return (on - timedelta(days=round(years * YEAR))).isoformat()


def _degree(on: date, level: str, country: str, since: float, until: float) -> Answers:
    return {
        "level": level,
        "country": country,
        "start_date": _before(on, since),
        "completion_date": _before(on, until),
        "eca": {"organization": "WES", "issued_on": _before(on, 0.8), "equivalency": level},
        "canadian_study": None,
    }


def _test(on: date, test: str, *results: float) -> Answers:
    scores = dict(zip(("listening", "reading", "writing", "speaking"), results, strict=True))
    return {"test": test, "date_taken": _before(on, 0.4), "scores": scores}


def _job(on: date, noc: str, country: str, since: float, until: float | None = None) -> Answers:
    return {
        "noc": noc,
        "country": country,
        "start_date": _before(on, since),
        "end_date": None if until is None else _before(on, until),
        "hours_per_week": 40,
        "paid": True,
        "authorized": True,
        "self_employed": False,
        "full_time_student": False,
    }
