"""Answers in words."""

from typing import Any

import pytest

from eligibility.questions import QUESTIONS
from eligibility.summaries import ENTRIES, PLAIN
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA

TODAY = AT.date()


def words(key: str, part: Any) -> list[str]:
    summary = ENTRIES[key](part)
    return [summary.title, *summary.lines]


def test_every_answer_has_words() -> None:
    for question in QUESTIONS:
        table: dict[str, Any] = PLAIN if question.kind == "plain" else ENTRIES
        assert set(question.keys) <= set(table), question.slug


def test_a_language_test_is_told_with_its_scores() -> None:
    assert words("language_tests", AMARA.facts(TODAY)["language_tests"][0]) == [
        "IELTS General Training, taken on 25 March 2026",
        "Listening 8, reading 7, writing 7, speaking 7",
    ]


def test_a_job_is_told_with_its_time_place_and_hours() -> None:
    assert words("work", DIVYA.facts(TODAY)["work"][0]) == [
        "Registered nurses and registered psychiatric nurses (31301)",
        "Since 17 February 2024",
        "Canada, 40 hours a week",
    ]


def test_what_is_unusual_about_a_job_is_told() -> None:
    job = DIVYA.facts(TODAY)["work"][0] | {"paid": False, "authorized": False, "end_date": "2025-02-01"}
    assert words("work", job)[1:] == [
        "From 17 February 2024 to 1 February 2025",
        "Canada, 40 hours a week",
        "Not paid",
        "Without authorization to work in Canada",
    ]


def test_a_foreign_credential_is_told_with_its_assessment() -> None:
    assert words("education", BEN.facts(TODAY)["education"][0])[-1] == (
        "Assessed by World Education Services on 24 September 2025 as: Two-year diploma or certificate"
    )


def test_a_canadian_credential_is_told_with_its_study() -> None:
    assert words("education", DIVYA.facts(TODAY)["education"][0])[-1] == (
        "45 months of full-time study, 45 of them in Canada"
    )


def test_an_offer_is_told_with_what_makes_it_count() -> None:
    offer = {
        "noc": "21232",
        "hours_per_week": 37.5,
        "duration_months": 12,
        "lmia": True,
        "work_permit": None,
        "employer_since": None,
    }
    assert words("job_offer", offer)[1:] == [
        "37.5 hours a week",
        "For 12 months",
        "With a positive LMIA",
        "No work permit",
    ]


def test_a_relative_a_certificate_and_a_nomination_are_told() -> None:
    assert words("relatives_in_canada", DIVYA.facts(TODAY)["relatives_in_canada"][0])[:3] == [
        "Brother or sister",
        "Your relative",
        "Permanent resident of Canada",
    ]
    assert (
        "Issued by: Alberta"
        in words("certificate_of_qualification", BEN.facts(TODAY)["certificate_of_qualification"])[1]
    )
    nomination = {"province": "NS", "issued_on": "2026-03-01", "expires_on": None}
    assert words("provincial_nomination", nomination) == [
        "Nova Scotia",
        "Issued on 1 March 2026",
        "Without an end date",
    ]


@pytest.mark.parametrize("key", ENTRIES)
def test_an_entry_that_is_only_begun_is_told_as_not_finished(key: str) -> None:
    assert words(key, {}) == ["Not finished"]


@pytest.mark.parametrize("key", ["work", "job_offer", "certificate_of_qualification"])
def test_an_entry_of_which_only_the_occupation_is_known_is_told_by_it(key: str) -> None:
    assert words(key, {"noc": "63200"}) == ["Cooks (63200)"]


def test_a_test_without_scores_and_a_credential_without_assessment_are_told() -> None:
    assert words("language_tests", {"test": "pte_core", "date_taken": "2026-03-01"}) == [
        "PTE Core, taken on 1 March 2026"
    ]
    begun = {"level": "masters", "country": "IN", "start_date": None, "completion_date": None}
    assert words("education", begun) == ["Master’s degree", "India, not finished"]


def test_an_undecided_province_is_told_as_such() -> None:
    assert PLAIN["intended_province"](None) == "Not decided yet, but outside Quebec"
