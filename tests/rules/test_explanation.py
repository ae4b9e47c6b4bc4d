"""Every line, requirement and grid factor explains itself: in data, and in a text for people."""

import json
from typing import Any

import pytest
from django.utils import translation

from eligibility.wording import documents, error_message, sections, verdicts
from eligibility.wording.errors import ERRORS
from eligibility.wording.sources import SOURCES
from rules import facts
from rules.assessment import assess
from rules.checking import MESSAGES, ProfileError
from rules.explanation import explain, to_json
from rules.facts import Profile
from rules.parameters import BOOK
from rules.ranking import LINES
from tests.rules.profiles import TESTED, WORKED, amara, examples

PROFILES = [facts.parse(one["profile"]) for one in examples()]
OFFERED: dict[str, Any] = {
    "noc": "72106", "hours_per_week": 40, "duration_months": None, "lmia": False, "work_permit": "lmia_exempt",
    "employer_since": "2025-06-01",
}  # fmt: skip
DEGREE: dict[str, Any] = {"level": "masters", "country": "IN", "completion_date": "2020-01-01"}


def line(profile: Profile, factor: str) -> tuple[dict[str, Any], str]:
    """Facts and text of one line."""
    explanation = explain(profile)
    with translation.override("en"):
        texts = {one.factor: one.text for section in sections(explanation) for one in section.lines}
    return explanation.lines[LINES.index(factor)].facts, texts[factor]


@pytest.mark.parametrize("profile", PROFILES)
def test_an_explanation_tells_the_same_points_and_reasons_as_the_result(profile: Profile) -> None:
    explanation, result = explain(profile), assess(profile, next_change=False)
    assert tuple(line.points for line in explanation.lines) == result.lines
    assert {one.section: one.points for one in explanation.sections} == result.sections
    for program, verdict in result.programs.items():
        assert tuple(one.code for one in explanation.failed(program)) == verdict.reasons
    assert {one.factor: one.points for one in explanation.grid} == result.programs["FSW"].factors


@pytest.mark.parametrize("profile", PROFILES[::4])
def test_every_part_names_a_parameter_in_force_with_its_first_day_and_source(profile: Profile) -> None:
    explanation = explain(profile)
    read = [line.rule for line in explanation.lines] + [factor.rule for factor in explanation.grid]
    read += [one.rule for listed in explanation.requirements.values() for one in listed]
    read += [section.rule for section in explanation.sections]
    for rule in read:
        row = BOOK[rule.parameter].on(profile.as_of)
        assert (rule.first_day, rule.source) == (row.first_day, row.source)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("profile", PROFILES[::3])
def test_every_part_has_a_text_in_both_languages(profile: Profile, language: str) -> None:
    with translation.override(language):
        told = documents(explain(profile))
    parts = [
        *told["lines"],
        *told["grid"],
        *(one for listed in told["requirements"].values() for one in listed),
    ]
    assert len(told["lines"]) == 16
    assert all(part["text"].strip().endswith(".") and "%" not in part["text"] for part in parts)
    assert all(part["parameter"] and part["source"] and part["first_day"] for part in parts)


def test_an_explanation_is_json() -> None:
    explanation = explain(PROFILES[19])
    assert all(json.loads(json.dumps(to_json(one))) == to_json(one) for one in explanation.lines)


def test_age_says_when_it_changes_next() -> None:
    told, text = line(amara(birth_date="1996-06-15"), "age")
    assert told["changes"] == {"on": "2026-06-15", "age": 30, "points": 105}
    assert "On 15 June 2026 you turn 30 and this becomes 105." in text


def test_an_expired_test_says_since_when() -> None:
    told, text = line(amara(language_tests=[{**TESTED, "date_taken": "2024-01-01"}]), "first_language")
    assert (told["state"], told["expires_on"]) == ("expired", "2026-01-01")
    assert "expired on 1 January 2026" in text


def test_a_test_of_the_future_says_that_it_does_not_count_yet() -> None:
    told, _text = line(amara(language_tests=[{**TESTED, "date_taken": "2026-04-01"}]), "first_language")
    assert told["state"] == "later"


@pytest.mark.parametrize(
    ("education", "state"),
    [
        ({**DEGREE, "completion_date": None}, "not_finished"),
        (DEGREE, "no_assessment"),
        ({**DEGREE, "eca": {"issued_on": "2020-01-01", "equivalency": "masters"}}, "assessment_expired"),
        ({**DEGREE, "eca": {"issued_on": "2026-04-01", "equivalency": "masters"}}, "assessment_later"),
        ({**DEGREE, "eca": {"issued_on": "2025-04-01", "equivalency": "masters"}}, "counts"),
    ],
)
def test_a_credential_says_why_it_does_not_count(education: dict[str, Any], state: str) -> None:
    told, text = line(amara(education=[education]), "education")
    assert told["credentials"][0]["state"] == state
    assert ("No credential counts" in text) == (state != "counts")


@pytest.mark.parametrize(
    ("offer", "state"),
    [
        (None, "none"),
        (OFFERED, "supported_later"),
        ({**OFFERED, "employer_since": "2025-03-01"}, "counts"),
        ({**OFFERED, "work_permit": "open"}, "not_supported"),
        ({**OFFERED, "noc": "64100", "lmia": True}, "low_teer"),
        ({**OFFERED, "hours_per_week": 20}, "too_few_hours_or_months"),
    ],
)
def test_a_job_offer_says_why_it_does_not_count(offer: dict[str, Any] | None, state: str) -> None:
    told, _text = line(amara(job_offer=offer), "arranged_employment")
    assert told["state"] == state


@pytest.mark.parametrize("marital_status", ["never_married", "married"])
def test_a_spouse_who_is_not_scored_is_told_apart_by_its_reason(marital_status: str) -> None:
    spouse = {"accompanying": False, "canadian_citizen_or_pr": False}
    told, text = line(amara(marital_status=marital_status, spouse=spouse), "spouse_education")
    assert told["spouse"] == ("none" if marital_status == "never_married" else "not_accompanying")
    assert "does not apply" in text


def test_a_failed_requirement_says_what_was_answered_what_is_asked_and_what_would_change_it() -> None:
    with translation.override("en"):
        cec = verdicts(
            explain(amara(work=[{**WORKED, "start_date": "2025-09-01", "end_date": "2026-02-15"}]))
        )[0]
    (work, language) = cec.reasons
    assert work.answer.startswith(
        "720 hours of skilled work in Canada count from 1 March 2023 to 28 February 2026."
    )
    assert "1,560 hours" in work.rule
    assert work.change.startswith("840 more hours of such work would change it: 28 weeks")
    assert language.code == "language_below_minimum"


def test_a_met_program_says_each_minimum_that_is_met() -> None:
    with translation.override("en"):
        fsw = next(one for one in verdicts(explain(PROFILES[0])) if one.code == "FSW")
    assert fsw.eligible
    assert len(fsw.met) == 6
    assert fsw.grid is not None
    assert (fsw.grid.total, fsw.grid.most, fsw.grid.pass_mark) == (70, 100, 67)


def test_a_capped_section_says_so() -> None:
    nominated = {"province": "ON", "issued_on": "2025-03-01"}
    sister = {"relationship": "sibling", "of": "applicant", "birth_date": "1990-01-01", "status": "citizen"}
    explanation = explain(amara(provincial_nomination=nominated, relatives_in_canada=[sister]))
    with translation.override("en"):
        additional = sections(explanation)[3]
    assert additional.note == "The lines add up to 615; the section gives 600 at most."


def test_the_english_of_every_error_is_the_same_for_pages_and_commands() -> None:
    with translation.override("en"):
        assert {code: str(text) for code, text in ERRORS.items()} == MESSAGES
        error = ProfileError("work[0].noc", "unknown_noc", found='"0"')
        assert error_message(error) == error.message


def test_every_source_that_a_part_can_name_can_be_translated() -> None:
    named = {part.rule.parameter for profile in PROFILES for part in explain(profile).lines}
    named |= {
        name for name in BOOK if name.split(".")[0] in {"cec", "fsw", "fst"} and name != "fsw.grid.relative"
    }
    assert {row.source for name in (*named, "funds.table") for row in BOOK[name].rows} <= SOURCES.keys()
