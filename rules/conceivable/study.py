"""Credentials: an assessment of one that has none, the next level, a second one, study in Canada."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from rules.conceivable.ladders import APPLICANT, SPOUSE, AsItStands, Ladder, Rung, Whose, with_spouse
from rules.education import LEVELS, TWO_OR_MORE, Credential, credentials, highest
from rules.records import CANADA, CanadianStudy, Eca, Education, Profile

ELSEWHERE: Final = "GB"
"""Where a credential from abroad is said to be from when nothing tells; the rules know no difference."""
IN_CANADA: Final = ("one_year", "two_year", "three_year", "masters", "doctoral")


class _Studied(NamedTuple):
    """The studies of one person: those so far, those that count, the level reached, and how a new list enters."""

    whose: Whose
    educations: tuple[Education, ...]
    counted: list[Credential]
    level: int
    enter: Callable[[tuple[Education, ...]], Profile]


def ladders(now: AsItStands) -> Iterator[Ladder]:
    """Every credential that could count from today on, of the candidate and of a scored spouse."""
    for studied in _everybody(now):
        yield from _assessments(now, studied)
        yield _next_level(now, studied)
        yield _second(now, studied)
    yield _in_canada(now)


def _everybody(now: AsItStands) -> Iterator[_Studied]:
    profile, known, factors = now.profile, now.known, now.found.factors

    def enter(educations: tuple[Education, ...]) -> Profile:
        return replace(profile, education=educations)

    def enter_spouse(educations: tuple[Education, ...]) -> Profile:
        return with_spouse(profile, education=educations)

    yield _Studied(APPLICANT, profile.education, known.credentials, factors.education, enter)
    spouse = profile.scored_spouse
    if spouse is not None and known.spouse is not None:
        listed = known.spouse.credentials
        yield _Studied(SPOUSE, spouse.education, listed, factors.spouse_education, enter_spouse)


def _assessments(now: AsItStands, studied: _Studied) -> Iterator[Ladder]:
    number = now.found.day.number
    valid = {id(one.education) for one in studied.counted if one.since <= number < one.until}
    for place, education in enumerate(studied.educations):
        done = education.completion_date is not None and education.completion_date <= now.on
        if done and education.country != CANADA and id(education) not in valid:
            level = education.eca.equivalency if education.eca else education.level
            assessed = replace(education, eca=Eca(now.on, level))
            educations = (*studied.educations[:place], assessed, *studied.educations[place + 1 :])
            needs = {
                "whose": studied.whose,
                "place": place,
                "level": level,
                "country": education.country,
                "renewed": education.eca is not None and education.eca.issued_on <= now.on,
            }
            yield Ladder((Rung("assessment", needs, studied.enter(educations)),))


def _next_level(now: AsItStands, studied: _Studied) -> Ladder:
    """The levels above every credential held, counted or not: one that does not count needs an assessment."""
    rungs = []
    held = [LEVELS.index(one.level) for one in studied.educations if one.completion_date is not None]
    for level in LEVELS[max([studied.level, *held]) + 1 :]:
        if level != LEVELS[TWO_OR_MORE]:
            added = _assessed(now, studied, level)
            needs = {"whose": studied.whose, "level": level}
            rungs.append(Rung("next_level", needs, studied.enter((*studied.educations, added))))
    return Ladder(tuple(rungs), only_next=True)


def _second(now: AsItStands, studied: _Studied) -> Ladder:
    added = _assessed(now, studied, "one_year")
    educations = (*studied.educations, added)
    together = highest(credentials(educations, now.rules), now.found.day.number, now.rules)
    if together != TWO_OR_MORE or studied.level == TWO_OR_MORE:
        return Ladder(())
    needs = {"whose": studied.whose, "level": added.level}
    return Ladder((Rung("second_credential", needs, studied.enter(educations)),))


def _assessed(now: AsItStands, studied: _Studied, level: str) -> Education:
    abroad = next((one.country for one in studied.educations if one.country != CANADA), ELSEWHERE)
    return Education(level, abroad, None, now.on, Eca(now.on, level))


def _in_canada(now: AsItStands) -> Ladder:
    conditions = now.rules.value("crs.additional.canadian_study_conditions")
    months = CanadianStudy(conditions["min_full_time_months"], conditions["min_months_in_canada"])
    rungs = []
    for level in IN_CANADA:
        added = Education(level, CANADA, None, now.on, canadian_study=months)
        changed = replace(now.profile, education=(*now.profile.education, added))
        needs = {"whose": APPLICANT, "level": level, "months": months.full_time_months}
        rungs.append(Rung("study_in_canada", needs, changed))
    return Ladder(tuple(rungs))
