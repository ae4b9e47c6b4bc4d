"""The people of the tests: who they are and what they answer.

``answers(on)`` gives a whole draft: a profile JSON without ``as_of``, plus the personal part. Its days are
reckoned from ``on``, so that each persona is what the name promises on any day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests import personal
from tests.planned import planned

Answers = dict[str, Any]
YEAR = 365.2425


@dataclass(frozen=True)
class Persona:
    """A candidate: the name in the passport, the account, and the answers as of a day."""

    username: str
    given_names: str
    family_name: str
    facts: Callable[[date], Answers]
    language: str = "en"
    country: str = "NG"
    city: str = "Lagos"
    partner: tuple[str, str] = ("Robin", "Moreau")

    @property
    def passport(self) -> str:
        """An invented number, another one for each username."""
        return "ZZ" + "".join(filter(str.isalnum, self.username))[:18].upper()

    def personal(self, on: date) -> Answers:
        """Return what is told beside the facts."""
        names = (self.given_names, self.family_name)
        return {
            "identity": personal.identity(
                names, on, country=self.country, city=self.city, passport=self.passport
            ),
            "contact": personal.contact(self.username, self.language, self.country, self.city),
            "representative": personal.NOBODY,
        }

    @property
    def signature(self) -> str:
        """The name as it must be typed to sign."""
        return f"{self.given_names} {self.family_name}"

    def answers(self, on: date) -> Answers:
        """Return a complete draft."""
        told = {**self.facts(on), **self.personal(on), **planned(self.facts(on))}
        if told["spouse"]:
            told["spouse"] = {**told["spouse"], "details": personal.partner(*self.partner, self.country)}
        return told

    def document(self, on: date) -> Answers:
        """Return the profile JSON as of a day."""
        return {**self.facts(on), "as_of": on.isoformat()}


def years_before(on: date, years: float) -> str:
    """Return the ISO day that lies so many mean years before a day."""
    return (on - timedelta(days=round(years * YEAR))).isoformat()


def scores(listening: float, reading: float, writing: float, speaking: float) -> dict[str, float]:
    return {"listening": listening, "reading": reading, "writing": writing, "speaking": speaking}


def language_test(on: date, test: str, *results: float, years_ago: float = 0.5) -> Answers:
    return {"test": test, "date_taken": years_before(on, years_ago), "scores": scores(*results)}


def job(on: date, noc: str, country: str, since: float, until: float | None, **differences: Any) -> Answers:
    """Return a paid 40-hour job from ``since`` to ``until`` years ago; ``until`` None: still held."""
    return {
        "noc": noc,
        "country": country,
        "start_date": years_before(on, since),
        "end_date": None if until is None else years_before(on, until),
        "hours_per_week": 40,
        "paid": True,
        "authorized": True,
        "self_employed": False,
        "full_time_student": False,
        **differences,
    }


def credential(on: date, level: str, country: str, since: float, until: float, **details: Any) -> Answers:
    return {
        "level": level,
        "country": country,
        "start_date": years_before(on, since),
        "completion_date": years_before(on, until),
        "eca": None,
        "canadian_study": None,
        **details,
    }


def assessed_as(on: date, level: str, years_ago: float = 1) -> Answers:
    return {"organization": "WES", "issued_on": years_before(on, years_ago), "equivalency": level}


def alone(on: date, born: float, **facts: Any) -> Answers:
    """Return a single person's answers, with whatever is not told answered 'none'."""
    return {
        "birth_date": years_before(on, born),
        "marital_status": "never_married",
        "intended_province": None,
        "family_size": 1,
        "settlement_funds_cad": 0,
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


def _amara(on: date) -> Answers:
    return alone(
        on,
        29.5,
        intended_province="ON",
        settlement_funds_cad=25000,
        education=[
            credential(on, "three_year", "NG", 12, 8, eca=assessed_as(on, "three_year")),
            credential(on, "masters", "NG", 7.5, 6, eca=assessed_as(on, "masters")),
        ],
        language_tests=[language_test(on, "ielts_general", 8.0, 7.0, 7.0, 7.0)],
        work=[job(on, "21232", "NG", 5.4, None)],
        primary_occupation_noc="21232",
    )


def _ben(on: date) -> Answers:
    chloe = {
        "accompanying": True,
        "canadian_citizen_or_pr": False,
        "education": [credential(on, "three_year", "FR", 9, 6, eca=assessed_as(on, "three_year"))],
        "first_official_language": "fr",
        "language_tests": [language_test(on, "tef_canada", 560, 560, 500, 500)],
        "work": [],
        "studied_two_years_in_canada": False,
    }
    return alone(
        on,
        33.5,
        marital_status="married",
        intended_province="AB",
        family_size=3,
        settlement_funds_cad=40000,
        education=[credential(on, "two_year", "GB", 14, 12, eca=assessed_as(on, "two_year"))],
        language_tests=[language_test(on, "celpip_general", 9, 9, 8, 9)],
        work=[job(on, "72200", "GB", 6.5, None)],
        primary_occupation_noc="72200",
        certificate_of_qualification={"noc": "72200", "issuer": "AB", "issued_on": years_before(on, 0.4)},
        spouse=chloe,
    )


def _divya(on: date) -> Answers:
    return alone(
        on,
        27.5,
        intended_province="NS",
        settlement_funds_cad=4000,
        education=[
            credential(
                on,
                "three_year",
                "CA",
                7,
                3.2,
                canadian_study={
                    "full_time_months": 45,
                    "months_in_canada": 45,
                    "mostly_language_training": False,
                    "mostly_distance": False,
                    "return_home_award": False,
                },
            )
        ],
        language_tests=[
            language_test(on, "ielts_general", 8.5, 8.0, 7.5, 7.5),
            language_test(on, "tcf_canada", 500, 500, 12, 12, years_ago=0.8),
        ],
        work=[job(on, "31301", "CA", 2.6, None)],
        primary_occupation_noc="31301",
        relatives_in_canada=[
            {
                "relationship": "sibling",
                "of": "applicant",
                "birth_date": years_before(on, 32.5),
                "status": "permanent_resident",
            }
        ],
        studied_two_years_in_canada=True,
    )


def _emeka(on: date) -> Answers:
    return alone(
        on,
        41.5,
        settlement_funds_cad=3000,
        education=[credential(on, "secondary", "NG", 29, 23)],
        language_tests=[language_test(on, "ielts_general", 5.0, 4.5, 4.5, 5.0)],
        work=[job(on, "64100", "NG", 9.5, 0.2)],
        primary_occupation_noc="64100",
    )


AMARA = Persona("amara", "Amara", "Okafor", _amara)
"""A single graduate abroad: Federal Skilled Worker."""

BEN = Persona("ben", "Ben", "Carter", _ben, country="GB", city="Leeds", partner=("Chloé Marie", "Moreau"))
"""An electrician abroad with a trade certificate, married to Chloé, who comes with him: FSW and FST."""

DIVYA = Persona("divya", "Divya", "Nair", _divya, country="IN", city="Kochi")
"""A nurse who studied and works in Canada: Canadian Experience Class."""

EMEKA = Persona("emeka", "Emeka", "Obi", _emeka)
"""A salesperson abroad with a little English: meets no program."""

EVERYBODY = (AMARA, BEN, DIVYA, EMEKA)
