"""What somebody who builds a profile types on each page, by the page's own labels.

Labels, and what is chosen from a list, are in English; ``tests.journeys.candidate_journey`` finds the same field and
the same choice in any language. Days are typed as day, month and year, and are told as of 24 September 2026.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.personas import Persona

Typed = Mapping[str, Any]


@dataclass(frozen=True)
class Search:
    """An occupation found by what the job is called in each language, and the code chosen from what is found."""

    en: str
    fr: str
    code: str

    def words(self, language: str) -> str:
        return {"en": self.en, "fr": self.fr}[language]


@dataclass(frozen=True)
class Told:
    """What a section is told: its own questions, and its entries."""

    answers: Typed = field(default_factory=dict)
    entries: tuple[Typed, ...] = ()


@dataclass(frozen=True)
class Mistake:
    """Something typed wrongly first, in the first entry of a section or on its own page."""

    section: str
    label: str
    typed: str


@dataclass(frozen=True)
class Trial:
    """A scenario: the page on which it is changed, what is changed there by field, and what it gains."""

    address: str
    typed: Typed
    gain: int


@dataclass(frozen=True)
class Candidate:
    """Somebody with an account, what they tell, and what comes of it.

    ``points`` are those of the four sections; ``interrupted`` is the section in whose middle they stop for a day.
    ``update`` is what they change once their profile is in the pool, section by section; ``updated`` their score then.
    """

    persona: Persona
    told: Mapping[str, Told]
    programs: frozenset[str]
    categories: frozenset[str]
    points: tuple[int, int, int, int]
    mistake: Mistake
    interrupted: str
    trial: Trial
    update: Mapping[str, Typed]
    updated: int


def about(names: tuple[str, str], sex: str, born: str, city: str, country: str) -> Told:
    return Told(
        {
            "Family name": names[1],
            "Given names": names[0],
            "Sex or gender": sex,
            "When were you born?": born,
            "City or town of birth": city,
            "Country or territory of birth": country,
            "Country of citizenship": country,
        }
    )


def passport(number: str, country: str, issued: str, expires: str) -> Told:
    return Told(
        {
            "Number of the passport or travel document": number,
            "Country of issue": country,
            "When was it issued?": issued,
            "When does it expire?": expires,
        }
    )


def residence(country: str, status: str, uci: str = "") -> Told:
    answers = {
        "Country or territory where you live": country,
        "Your status there": status,
        "Have you applied to the immigration department of Canada before?": "Yes" if uci else "No",
    }
    return Told(answers | ({"Client number (UCI)": uci} if uci else {}))


def family(status: str, people: str) -> Told:
    return Told({"What is your marital status?": status, "How many people are in your family?": people})


def contact(language: str, email: str, code: str, number: str) -> Told:
    return Told(
        {
            "Language of correspondence": language,
            "E-mail address": email,
            "Kind of telephone": "Mobile",
            "Country code": code,
            "Telephone number": number,
        }
    )


def address(door: str, city: str, postal_code: str, country: str, province: str = "") -> Told:
    """Return an address; ``door`` is the street with its number first."""
    number, street = door.split(" ", 1)
    where = {"Street number": number, "Street": street, "City or town": city}
    where |= {"Province or state": province} if province else {}
    return Told(where | {"Postal code": postal_code, "Country or territory": country})


def scores(test: str, taken: str, results: str) -> Typed:
    """Return a language test; ``results`` are of listening, reading, writing and speaking."""
    abilities = ("Listening", "Reading", "Writing", "Speaking")
    told = {"Which test?": test, "When was the test taken?": taken}
    return told | dict(zip(abilities, results.split(), strict=True))


def plans(provinces: list[str], money: str) -> Told:
    return Told(
        {
            "Which provinces or territories interest you?": provinces,
            "With whom may your profile be shared?": [
                "The provinces and territories that I ticked, so that they can find me"
            ],
            "How much money can you bring to Canada?": money,
        }
    )


TWO_YEARS = "Have you studied full time in Canada for two academic years or more?"
FIRST_LANGUAGE = "Which is your first official language?"
PARTNER_TWO_YEARS = "Has your spouse or partner studied full time in Canada for two academic years or more?"
PARTNER_FIRST_LANGUAGE = "Which is the first official language of your spouse or partner?"
PRIMARY = "Which is your primary occupation?"
NOBODY = Told({"Does somebody act for you in this profile?": "No, I act for myself"})
AT_HOME = Told({"Do you live at your mailing address?": "Yes"})
NOT_NOMINATED = Told({"Has a province or territory nominated you?": "No"})
NOTHING = Told()
BACHELORS = "Bachelor’s degree, or another program of three years or more"
