"""What a profile amounts to on a day: a narrow row of small whole numbers from which every point follows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from rules.days import Day
from rules.deadlines import completed_years
from rules.education import canadian_study, highest
from rules.language import NO_LANGUAGE, Sitting, counting
from rules.offers import NO_OFFER
from rules.parameters import InForce
from rules.timeline import Timeline
from rules.work import Curve, accrued

OLDEST: Final = 127
"""Ages are counted up to here; every table has reached its last row long before."""
MOST_YEARS: Final = 15
"""Years of work are counted up to here; every table has reached its last row long before."""


class Factors(NamedTuple):
    """One row of the ranking's input.

    with_spouse, certificate, nomination, sibling, french_first: 0 or 1. age, canadian_years, foreign_years,
    spouse_canadian_years: completed years. education, spouse_education: index in `education.LEVELS`.
    first_language, second_language, spouse_language: a code of `rules.language`. offer: a kind of
    `rules.offers.Offer`, 0 for none. canadian_study: 0 none, 1 one or two years, 2 three years or more.
    """

    with_spouse: int
    age: int
    education: int
    first_language: int
    second_language: int
    canadian_years: int
    foreign_years: int
    spouse_education: int
    spouse_language: int
    spouse_canadian_years: int
    certificate: int
    nomination: int
    offer: int
    canadian_study: int
    french_first: int
    sibling: int


@dataclass(slots=True)
class Findings:
    """The factors of one day, and what they rest on."""

    day: Day
    factors: Factors
    first: Sitting | None
    second: Sitting | None

    def language(self, language: str, first_official_language: str) -> Sitting | None:
        """The sitting that counts for "en" or "fr"."""
        return self.first if language == first_official_language else self.second


class _Windows(NamedTuple):
    canadian: int
    foreign: int
    spouse: int


@lru_cache(maxsize=64)
def _windows(rules: InForce) -> _Windows:
    return _Windows(
        rules.value("crs.core.canadian_work")["window_years"],
        rules.value("crs.transferability.foreign_work")["window_years"],
        rules.value("crs.spouse.canadian_work")["window_years"],
    )


def find(known: Timeline, day: Day) -> Findings:
    """The findings of a timeline on `day`, which must lie in the days of the timeline's rules."""
    number = day.number
    windows = _windows(known.rules)
    first, second = counting(known.first, number), counting(known.second, number)
    spouse_education, spouse_language, spouse_years = _spouse(known, day, windows.spouse)
    factors = Factors(
        with_spouse=int(known.spouse is not None),
        age=min(OLDEST, completed_years(known.profile.birth_date, day.date)),
        education=highest(known.credentials, number, known.rules),
        first_language=first.code if first else NO_LANGUAGE,
        second_language=second.code if second else NO_LANGUAGE,
        canadian_years=_years(known.canadian, windows.canadian, day, known.history.year),
        foreign_years=_years(known.foreign, windows.foreign, day, known.history.year),
        spouse_education=spouse_education,
        spouse_language=spouse_language,
        spouse_canadian_years=spouse_years,
        certificate=int(known.certificate_since <= number),
        nomination=int(known.nomination.holds(number)),
        offer=known.offer.kind if known.offer.since <= number else NO_OFFER,
        canadian_study=canadian_study(known.studies, number),
        french_first=int(known.profile.first_official_language == "fr"),
        sibling=int(known.sibling_since <= number),
    )
    return Findings(day, factors, first, second)


def _spouse(known: Timeline, day: Day, years: int) -> tuple[int, int, int]:
    spouse = known.spouse
    if spouse is None:
        return 0, NO_LANGUAGE, 0
    sitting = counting(spouse.first, day.number)
    return (
        highest(spouse.credentials, day.number, known.rules),
        sitting.code if sitting else NO_LANGUAGE,
        _years(spouse.canadian, years, day, spouse.history.year),
    )


def _years(curve: Curve, window: int, day: Day, year: int) -> int:
    return min(MOST_YEARS, accrued(curve, day.window(window), day.number) // year) if curve else 0
