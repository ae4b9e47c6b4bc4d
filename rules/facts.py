"""The profile JSON: from a loaded document to the records of `rules.records`, and back.

`parse` and `dump` are each other's inverse on valid profiles. Nothing derived stands in a profile. Numbers
keep the value of their shortest decimal text, so that 15.6 hours are 15.6 hours.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any, Final

from rules.checking import (
    ProfileError,
    quoted,
    read_amount,
    read_boolean,
    read_code,
    read_country,
    read_day,
    read_day_or_none,
    read_flag,
    read_hours,
    read_list,
    read_noc,
    read_part,
    read_part_or_none,
    read_text_or_none,
    read_whole,
    require_known,
    require_object,
)
from rules.parameters import SYSTEM_BEGAN
from rules.records import (
    ABILITIES,
    LANGUAGES,
    LAST_AS_OF,
    LEVELS,
    MARITAL_STATUSES,
    MAXIMUM_WEEKLY_HOURS,
    PARTNERED,
    PROVINCES,
    RELATIONSHIPS,
    RELATIVE_OF,
    RELATIVE_STATUSES,
    TESTS,
    WORK_PERMITS,
    CanadianStudy,
    Certificate,
    Eca,
    Education,
    Job,
    JobOffer,
    LanguageTest,
    Nomination,
    Profile,
    Relative,
    Scores,
    Spouse,
)

__all__ = [
    "ABILITIES",
    "LANGUAGES",
    "LAST_AS_OF",
    "LEVELS",
    "MARITAL_STATUSES",
    "MAXIMUM_WEEKLY_HOURS",
    "PARTNERED",
    "PROVINCES",
    "RELATIONSHIPS",
    "RELATIVE_OF",
    "RELATIVE_STATUSES",
    "TESTS",
    "WORK_PERMITS",
    "CanadianStudy",
    "Certificate",
    "Eca",
    "Education",
    "Job",
    "JobOffer",
    "LanguageTest",
    "Nomination",
    "Profile",
    "ProfileError",
    "Relative",
    "Scores",
    "Spouse",
    "dump",
    "parse",
]


def _keys(record: type) -> frozenset[str]:
    return frozenset(field.name for field in fields(record))


_KEYS: Final = {
    record: _keys(record)
    for record in (
        Eca,
        CanadianStudy,
        Education,
        Scores,
        LanguageTest,
        Job,
        Certificate,
        JobOffer,
        Nomination,
        Relative,
        Spouse,
        Profile,
    )
}

EXTENSION: Final = "portal"
"""A key of a profile JSON whose value is not looked at: what the portal's export keeps beside the facts."""


def parse(document: object) -> Profile:
    """The profile that a loaded JSON `document` states. Raises `ProfileError` if a value is amiss."""
    values = require_object(document)
    require_known(values, _KEYS[Profile] | {EXTENSION})
    as_of = _as_of(values)
    birth_date = read_day(values, "birth_date")
    if birth_date > as_of:
        raise ProfileError("birth_date", "born_later", birth=str(birth_date), as_of=str(as_of))
    return Profile(
        as_of,
        birth_date,
        read_code(values, "marital_status", MARITAL_STATUSES),
        _code_or_none(values, "intended_province", PROVINCES),
        read_whole(values, "family_size", 1),
        read_amount(values, "settlement_funds_cad"),
        read_list(values, "education", _education),
        read_code(values, "first_official_language", LANGUAGES),
        read_list(values, "language_tests", _language_test),
        read_list(values, "work", _job),
        _primary_occupation(values),
        read_part_or_none(values, "certificate_of_qualification", _certificate),
        read_part_or_none(values, "job_offer", _job_offer),
        read_part_or_none(values, "provincial_nomination", _nomination),
        read_list(values, "relatives_in_canada", _relative),
        read_flag(values, "studied_two_years_in_canada"),
        read_part_or_none(values, "spouse", _spouse),
    )


def _as_of(values: dict[str, Any]) -> date:
    as_of = read_day(values, "as_of")
    if as_of < SYSTEM_BEGAN:
        raise ProfileError("as_of", "before_the_system", found=str(as_of), first=str(SYSTEM_BEGAN))
    if as_of > LAST_AS_OF:
        raise ProfileError("as_of", "after_the_horizon", found=str(as_of), last=str(LAST_AS_OF))
    return as_of


def _code_or_none(values: dict[str, Any], key: str, known: tuple[str, ...]) -> str | None:
    return None if values.get(key) is None else read_code(values, key, known)


def _primary_occupation(values: dict[str, Any]) -> str | None:
    key = "primary_occupation_noc"
    return None if key in values and values[key] is None else read_noc(values, key)


def _education(document: object) -> Education:
    values = require_object(document)
    require_known(values, _KEYS[Education])
    start = read_day_or_none(values, "start_date")
    completion = _required_day_or_none(values, "completion_date")
    if start is not None and completion is not None:
        _require_order(start, completion, "completion_date")
    return Education(
        read_code(values, "level", LEVELS),
        read_country(values, "country"),
        start,
        completion,
        read_part_or_none(values, "eca", _eca),
        read_part_or_none(values, "canadian_study", _canadian_study),
    )


def _required_day_or_none(values: dict[str, Any], key: str) -> date | None:
    return None if key in values and values[key] is None else read_day(values, key)


def _require_order(start: date, end: date, end_key: str) -> None:
    if end < start:
        raise ProfileError(end_key, "ends_before_it_starts", start=str(start), end=str(end))


def _eca(document: object) -> Eca:
    values = require_object(document)
    require_known(values, _KEYS[Eca])
    return Eca(
        read_day(values, "issued_on"),
        read_code(values, "equivalency", LEVELS),
        read_text_or_none(values, "organization"),
    )


def _canadian_study(document: object) -> CanadianStudy:
    values = require_object(document)
    require_known(values, _KEYS[CanadianStudy])
    return CanadianStudy(
        read_amount(values, "full_time_months"),
        read_amount(values, "months_in_canada"),
        read_flag(values, "mostly_language_training"),
        read_flag(values, "mostly_distance"),
        read_flag(values, "return_home_award"),
    )


def _language_test(document: object) -> LanguageTest:
    values = require_object(document)
    require_known(values, _KEYS[LanguageTest])
    return LanguageTest(
        read_code(values, "test", TESTS),
        read_day(values, "date_taken"),
        read_part(values, "scores", _scores),
    )


def _scores(document: object) -> Scores:
    values = require_object(document)
    require_known(values, _KEYS[Scores])
    return Scores(*[read_amount(values, ability) for ability in ABILITIES])


def _job(document: object) -> Job:
    values = require_object(document)
    require_known(values, _KEYS[Job])
    start, end = read_day(values, "start_date"), _required_day_or_none(values, "end_date")
    if end is not None:
        _require_order(start, end, "end_date")
    hours = read_hours(values, "hours_per_week")
    if hours > MAXIMUM_WEEKLY_HOURS:
        raise ProfileError(
            "hours_per_week", "above_maximum", found=quoted(hours), maximum=str(MAXIMUM_WEEKLY_HOURS)
        )
    return Job(
        read_noc(values, "noc"),
        read_country(values, "country"),
        start,
        end,
        hours,
        read_flag(values, "paid", True),
        read_flag(values, "authorized", True),
        read_flag(values, "self_employed"),
        read_flag(values, "full_time_student"),
    )


def _certificate(document: object) -> Certificate:
    values = require_object(document)
    require_known(values, _KEYS[Certificate])
    return Certificate(
        read_noc(values, "noc"), read_day(values, "issued_on"), read_text_or_none(values, "issuer")
    )


def _job_offer(document: object) -> JobOffer:
    values = require_object(document)
    require_known(values, _KEYS[JobOffer])
    return JobOffer(
        read_noc(values, "noc"),
        read_hours(values, "hours_per_week"),
        None if values.get("duration_months", 0) is None else read_amount(values, "duration_months"),
        read_boolean(values, "lmia"),
        None if values.get("work_permit", "") is None else read_code(values, "work_permit", WORK_PERMITS),
        read_day_or_none(values, "employer_since"),
    )


def _nomination(document: object) -> Nomination:
    values = require_object(document)
    require_known(values, _KEYS[Nomination])
    return Nomination(
        read_code(values, "province", PROVINCES),
        read_day(values, "issued_on"),
        read_day_or_none(values, "expires_on"),
    )


def _relative(document: object) -> Relative:
    values = require_object(document)
    require_known(values, _KEYS[Relative])
    return Relative(
        read_code(values, "relationship", RELATIONSHIPS),
        read_code(values, "of", RELATIVE_OF),
        read_day(values, "birth_date"),
        read_code(values, "status", RELATIVE_STATUSES),
    )


def _spouse(document: object) -> Spouse:
    values = require_object(document)
    require_known(values, _KEYS[Spouse])
    language = "first_official_language"
    return Spouse(
        read_boolean(values, "accompanying"),
        read_boolean(values, "canadian_citizen_or_pr"),
        read_list(values, "education", _education),
        read_code(values, language, LANGUAGES) if language in values else None,
        read_list(values, "language_tests", _language_test),
        read_list(values, "work", _job),
        read_flag(values, "studied_two_years_in_canada"),
    )


def dump(profile: Profile) -> dict[str, Any]:
    """The profile JSON of `profile`: every key present but free text and a spouse's language never given."""
    document: dict[str, Any] = _plain(profile)
    return document


_LEFT_OUT_WHEN_NONE: Final = {
    (Eca, "organization"),
    (Certificate, "issuer"),
    (Spouse, "first_official_language"),
}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    keys = getattr(value, "__slots__", None)
    if keys is None:
        return value
    pairs = ((key, getattr(value, key)) for key in keys)
    kind = type(value)
    return {key: _plain(v) for key, v in pairs if v is not None or (kind, key) not in _LEFT_OUT_WHEN_NONE}
