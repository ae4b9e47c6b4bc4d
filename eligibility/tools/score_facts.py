"""From the score calculator's answers to a profile of the law's facts: the one place where that is done.

The calculator asks no dates, so the profile has stand-ins, as seen from the day of the question:
the birthday is that very day; tests, assessments, diplomas, certificate and nomination are of that day;
work is full time, 30 hours a week, Canadian work last and foreign work right before it, in one occupation.
All stand-ins say the least that makes the answers true, and none earns a point that the answers do not.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from rules import parameters
from rules.language import report, step
from rules.programs import funds_needed, limits
from rules.records import ABILITIES, CANADA

Answers = Mapping[str, Any]
Json = dict[str, Any]

ABROAD: Final = "GB"  # the rules know no difference between countries other than Canada
OCCUPATIONS: Final = {"teer_0_1": "21231", "teer_2_3": "22220", "trade": "72200"}
FULL_TIME: Final = 30
YEAR_OF_WORK: Final = timedelta(weeks=52)
DAY: Final = timedelta(days=1)
GROWN_UP: Final = 18
TESTS: Final = {"en": "celpip_general", "fr": "tef_canada"}
OTHER: Final = {"en": "fr", "fr": "en"}


def document_of(answers: Answers, on: date) -> Json:
    """Return the profile JSON that stands for ``ScoreForm.answers()`` on a day, ready for ``rules.facts.parse``."""
    first = answers["first_official_language"]
    noc = OCCUPATIONS.get(answers["skill"] or "")
    tests = [*_test("first", first, answers, on), *_test("second", OTHER[first], answers, on)]
    today = on.isoformat()
    return {
        "as_of": today,
        "birth_date": _born(on, answers["age"]),
        "marital_status": "never_married" if answers["partner"] == "none" else "married",
        "intended_province": None,
        "family_size": 1,
        "settlement_funds_cad": funds_needed(1, limits(parameters.on(on))) if answers["funds"] else 0,
        "education": _credentials(answers["education"], answers["canadian_study"], on),
        "first_official_language": first,
        "language_tests": tests,
        "work": _work(answers["canadian_years"], answers["foreign_years"], noc, on),
        "primary_occupation_noc": noc,
        "certificate_of_qualification": _certificate(noc, today) if answers["certificate"] else None,
        "job_offer": _offer(noc) if answers["job_offer"] else None,
        "provincial_nomination": {"province": "ON", "issued_on": today} if answers["nomination"] else None,
        "relatives_in_canada": [_sibling(on)] if answers["sibling"] else [],
        "spouse": None if answers["partner"] == "none" else _spouse(answers, on),
    }


def _born(on: date, age: int) -> str:
    """Return the latest day of birth of somebody who is so old."""
    year = on.year - age
    leap = on.month == 2 and on.day == 29
    return (date(year, 2, 28) if leap else on.replace(year=year)).isoformat()


def _test(whose: str, language: str, answers: Answers, on: date) -> list[Json]:
    """Return a test of the day with the lowest scores of the levels; none where every level is below 4."""
    wanted = [step(answers[f"{whose}_{ability}"]) for ability in ABILITIES]
    scores = report(TESTS[language], on, wanted, parameters.on(on)) if any(wanted) else None
    if scores is None:
        return []
    told = {ability: getattr(scores, ability) for ability in ABILITIES}
    return [{"test": TESTS[language], "date_taken": on.isoformat(), "scores": told}]


def _credentials(level: str, study: str, on: date) -> list[Json]:
    """Return the fewest credentials that come to a level, a Canadian one among them where study says so."""
    if level == "two_or_more":
        long, short = "three_year", "one_year"
        return [_credential(long, on, study == "long"), _credential(short, on, study == "short")]
    if study == "short" and level not in {"one_year", "two_year"}:
        return [_credential(level, on, False), _credential("one_year", on, True)]
    return [] if level == "none" else [_credential(level, on, study != "none")]


def _credential(level: str, on: date, in_canada: bool) -> Json:
    conditions = parameters.on(on).value("crs.additional.canadian_study_conditions")
    today = on.isoformat()
    finished = {"level": level, "country": CANADA if in_canada else ABROAD, "completion_date": today}
    if not in_canada:
        return {**finished, "eca": {"issued_on": today, "equivalency": level}}
    months = {
        "full_time_months": conditions["min_full_time_months"],
        "months_in_canada": conditions["min_months_in_canada"],
    }
    return {**finished, "canadian_study": months}


def _work(canadian: int, foreign: int, noc: str | None, on: date) -> list[Json]:
    """Return Canadian work up to yesterday and foreign work up to the day before that began."""
    jobs, until = [], on
    for country, worked in ((CANADA, canadian), (ABROAD, foreign)):
        if worked:
            jobs.append(_job(noc, country, until - worked * YEAR_OF_WORK, until - DAY))
            until -= worked * YEAR_OF_WORK
    return jobs


def _job(noc: str | None, country: str, start: date, end: date) -> Json:
    days = {"start_date": start.isoformat(), "end_date": end.isoformat()}
    return {"noc": noc, "country": country, **days, "hours_per_week": FULL_TIME}


def _certificate(noc: str | None, today: str) -> Json:
    trade = OCCUPATIONS["trade"]
    return {"noc": noc if noc == trade else trade, "issued_on": today}


def _offer(noc: str | None) -> Json:
    """Return a permanent full-time offer in the occupation, supported by a labour market assessment."""
    made = {"hours_per_week": FULL_TIME, "duration_months": None, "lmia": True, "work_permit": None}
    return {"noc": noc or OCCUPATIONS["teer_2_3"], **made}


def _sibling(on: date) -> Json:
    born = _born(on, GROWN_UP)
    return {"relationship": "sibling", "of": "applicant", "birth_date": born, "status": "citizen"}


def _spouse(answers: Answers, on: date) -> Json:
    worked = answers["spouse_canadian_years"]
    return {
        "accompanying": answers["partner"] != "stays",
        "canadian_citizen_or_pr": answers["partner"] == "canadian",
        "education": _credentials(answers["spouse_education"], "none", on),
        "first_official_language": "en",
        "language_tests": _test("spouse", "en", answers, on),
        "work": _work(worked, 0, OCCUPATIONS["teer_2_3"], on),
    }
