"""Which credentials count on a day, the level they reach together, and study in Canada that earns points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from rules.days import NEVER
from rules.deadlines import anniversary
from rules.parameters import BOOK, SYSTEM_BEGAN, InForce
from rules.records import CANADA, CanadianStudy, Education

LEVELS: Final[tuple[str, ...]] = tuple(BOOK["education.levels"].on(SYSTEM_BEGAN).value)
NONE: Final = 0
TWO_OR_MORE: Final = LEVELS.index("two_or_more")

NO_CANADIAN_STUDY, ONE_OR_TWO_YEAR, THREE_YEAR_OR_MORE = 0, 1, 2


class Credential(NamedTuple):
    """One credential, counting from day number `since` to before `until`; `level` is an index of `LEVELS`."""

    since: int
    until: int
    level: int
    post_secondary: bool
    long: bool
    education: Education


class Study(NamedTuple):
    """A Canadian credential that meets the conditions of the Canadian study points from `since` on."""

    since: int
    length: int
    education: Education


class _Counting(NamedTuple):
    eca_years: int
    together: int
    post_secondary: frozenset[str]
    long: frozenset[str]


@lru_cache(maxsize=64)
def _counting(rules: InForce) -> _Counting:
    two = rules.value("education.two_or_more")
    levels = frozenset(two["post_secondary"]), frozenset(two["one_at_least"])
    return _Counting(rules.value("eca.validity_years"), two["credentials"], *levels)


def credentials(educations: Iterable[Education], rules: InForce) -> list[Credential]:
    """Everything finished that can count: Canadian at its level, foreign by its assessment (rule 7)."""
    found = []
    counting = _counting(rules)
    for education in educations:
        if education.completion_date is None:
            continue
        since, until, level = education.completion_date.toordinal(), NEVER, education.level
        if education.country != CANADA:
            if education.eca is None:
                continue
            since = max(since, education.eca.issued_on.toordinal())
            until = anniversary(education.eca.issued_on, counting.eca_years).toordinal()
            level = education.eca.equivalency
        found.append(
            Credential(
                since,
                until,
                LEVELS.index(level),
                level in counting.post_secondary,
                level in counting.long,
                education,
            )
        )
    return found


def highest(listed: list[Credential], day: int, rules: InForce) -> int:
    """The index in `LEVELS` of the level reached on `day` by all credentials that count then."""
    best, post_secondary, long = NONE, 0, False
    for credential in listed:
        if credential.since <= day < credential.until:
            best = max(best, credential.level)
            post_secondary += credential.post_secondary
            long = long or credential.long
    if best < TWO_OR_MORE and long and post_secondary >= _counting(rules).together:
        return TWO_OR_MORE
    return best


def canadian_studies(educations: Iterable[Education], rules: InForce) -> list[Study]:
    """The credentials earned in Canada whose study meets the conditions (rule 20)."""
    conditions = rules.value("crs.additional.canadian_study_conditions")
    found = []
    for education in educations:
        study, completion = education.canadian_study, education.completion_date
        if education.country != CANADA or study is None or completion is None:
            continue
        length = NO_CANADIAN_STUDY
        if education.level in conditions["three_year_or_more"]:
            length = THREE_YEAR_OR_MORE
        elif education.level in conditions["one_or_two_year"]:
            length = ONE_OR_TWO_YEAR
        if length and _meets(study, education.start_date or completion, completion, conditions):
            found.append(Study(completion.toordinal(), length, education))
    return found


def _meets(study: CanadianStudy, start: date, completion: date, conditions: Mapping[str, Any]) -> bool:
    if study.mostly_language_training or study.return_home_award:
        return False
    if excepted(start, completion, conditions):
        return True
    enough = study.full_time_months >= conditions["min_full_time_months"]
    present = study.months_in_canada >= conditions["min_months_in_canada"]
    return enough and present and not study.mostly_distance


def excepted(start: date, completion: date, conditions: Mapping[str, Any]) -> bool:
    """Whether the study overlaps the time that spares students the month counts and the distance rule."""
    first: date = conditions["exception_first_day"]
    last: date = conditions["exception_last_day"]
    return start <= last and completion >= first


def canadian_study(listed: list[Study], day: int) -> int:
    """The highest kind of Canadian study completed on `day`: none, one or two years, three years or more."""
    return max([study.length for study in listed if study.since <= day], default=NO_CANADIAN_STUDY)
