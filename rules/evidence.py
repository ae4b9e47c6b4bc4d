"""The facts behind factors, as JSON values: which test, credential, work or offer counted, and why not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import floor

from rules.days import NEVER, Day
from rules.education import LEVELS, Credential
from rules.explained import Facts
from rules.language import Sitting, counting, level, steps
from rules.occupations import noc2021
from rules.offers import long_and_full, supported_since
from rules.parameters import InForce
from rules.records import ABILITIES, CANADA, Education, JobOffer
from rules.work import Curve, History, accrued


def day_text(number: int) -> str | None:
    """The ISO text of a day number, None for a day that never comes."""
    return date.fromordinal(number).isoformat() if number < NEVER else None


def hours(amount: int, worked: History) -> float:
    """An amount of work in hours, rounded down to tenths."""
    tenths = floor(Fraction(amount * 10, worked.hour))
    return tenths / 10 if tenths % 10 else tenths // 10


def work(curve: Curve, window: int, worked: History, day: Day) -> Facts:
    """Hours, completed years, what a full-time week is, and first and last day of a window of whole years."""
    first = day.window(window)
    amount = accrued(curve, first, day.number)
    return {
        "hours": hours(amount, worked),
        "years": amount // worked.year,
        "full_time_hours": worked.cap // worked.scale,
        "window_years": window,
        "from": day_text(first),
        "to": day_text(day.number - 1),
    }


def language_test(listed: list[Sitting], day: Day) -> Facts:
    """The test of one language that counts, or the state of the one that does not.

    state: "counts", "expired", "later" (taken after the day), "none".
    """
    sitting = counting(listed, day.number)
    if sitting is not None:
        reached = dict(zip(ABILITIES, map(level, steps(sitting.code)), strict=True))
        return {"state": "counts", **_sitting(sitting), "levels": reached, "lowest": level(sitting.lowest)}
    past = [one for one in listed if one.taken <= day.number]
    if past:
        return {"state": "expired", **_sitting(past[0])}
    return {"state": "later", **_sitting(listed[-1])} if listed else {"state": "none"}


def _sitting(sitting: Sitting) -> Facts:
    return {
        "test": sitting.test.test,
        "date_taken": sitting.test.date_taken.isoformat(),
        "last_day": day_text(sitting.until - 1),
        "expires_on": day_text(sitting.until),
        "scores": {ability: getattr(sitting.test.scores, ability) for ability in ABILITIES},
    }


def education(educations: Iterable[Education], listed: list[Credential], level: int, day: Day) -> Facts:
    """The level reached, and each credential with its state.

    state: "counts", "not_finished", "no_assessment", "assessment_expired", "assessment_later".
    """
    by_education = {id(credential.education): credential for credential in listed}
    states = [_credential(one, by_education.get(id(one)), day) for one in educations]
    return {"level": LEVELS[level], "credentials": states}


def _credential(education: Education, credential: Credential | None, day: Day) -> Facts:
    facts: Facts = {"level": education.level, "country": education.country}
    if education.completion_date is not None:
        facts["completion_date"] = education.completion_date.isoformat()
    if education.eca is not None and education.country != CANADA:
        facts["assessed_on"] = education.eca.issued_on.isoformat()
        facts["equivalency"] = education.eca.equivalency
    if credential is not None and education.country != CANADA:
        facts["assessment_expires_on"] = day_text(credential.until)
    return {"state": _credential_state(education, credential, day), **facts}


def _credential_state(education: Education, credential: Credential | None, day: Day) -> str:
    if education.completion_date is None or education.completion_date > day.date:
        return "not_finished"
    if credential is None:
        return "no_assessment"
    if day.number >= credential.until:
        return "assessment_expired"
    return "counts" if day.number >= credential.since else "assessment_later"


def job_offer(made: JobOffer | None, day: Day, rules: InForce) -> Facts:
    """The job offer and the first thing that keeps it from counting.

    state: "counts", "none", "too_few_hours_or_months", "low_teer", "not_supported", "supported_later".
    """
    if made is None:
        return {"state": "none"}
    facts: Facts = {
        "noc": made.noc,
        "teer": noc2021[made.noc].teer,
        "hours_per_week": made.hours_per_week,
        "duration_months": made.duration_months,
        "lmia": made.lmia,
        "work_permit": made.work_permit,
    }
    if made.employer_since is not None:
        facts["employer_since"] = made.employer_since.isoformat()
    conditions = rules.value("job_offer.conditions")
    facts |= {"min_hours_per_week": conditions["min_hours_per_week"], "min_months": conditions["min_months"]}
    return {"state": _offer_state(made, day, rules), **facts}


def _offer_state(made: JobOffer, day: Day, rules: InForce) -> str:
    conditions = rules.value("job_offer.conditions")
    since = supported_since(made, conditions)
    if not long_and_full(made, conditions):
        return "too_few_hours_or_months"
    if noc2021[made.noc].teer not in conditions["teer"]:
        return "low_teer"
    if since == NEVER:
        return "not_supported"
    return "counts" if since <= day.number else "supported_later"
