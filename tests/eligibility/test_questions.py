"""The table of questions: its order, of whom each is asked, and that it asks for every fact once."""

from typing import Any

import pytest

from eligibility.questions import BY_SLUG, QUESTIONS, SPOUSE
from eligibility.sheet import Sheet
from rules.records import Profile, Spouse
from tests.factories import AT
from tests.personas import AMARA, BEN

TODAY = AT.date()
NEVER_ASKED = {"as_of", "spouse"}


def asked(answers: dict[str, Any]) -> list[str]:
    return [question.slug for question in Sheet(answers, {}).asked()]


def test_the_questions_come_in_the_order_of_the_public_tool() -> None:
    own = [slug for slug in asked(AMARA.facts(TODAY)) if slug != "marital-status"]
    assert own == [
        "province",
        "first-language",
        "language-tests",
        "work",
        "occupation",
        "certificate",
        "funds",
        "family-size",
        "job-offer",
        "nomination",
        "birth-date",
        "education",
        "study-in-canada",
        "relatives",
    ]


def test_marital_status_comes_before_the_first_question_about_a_partner() -> None:
    slugs = asked(BEN.facts(TODAY))
    about_partner = [slugs.index(slug) for slug in slugs if slug.startswith("partner")]
    assert slugs.index("marital-status") < min(about_partner)


def test_every_fact_of_a_profile_is_asked_for_once() -> None:
    keys = [key for question in QUESTIONS if not question.of for key in question.keys]
    assert sorted(keys) == sorted(set(Profile.__dataclass_fields__) - NEVER_ASKED)


def test_every_fact_of_a_partner_is_asked_for_once() -> None:
    keys = [key for question in QUESTIONS if question.of == SPOUSE for key in question.keys]
    assert sorted(keys) == sorted(Spouse.__dataclass_fields__)


def test_a_step_of_an_entry_is_found_by_its_name() -> None:
    step = BY_SLUG["language-tests"].step("scores")
    assert step is not None
    assert step.keys == ("scores",)


@pytest.mark.parametrize("status", ["never_married", "divorced", "separated", "widowed", "annulled"])
def test_whoever_has_no_partner_is_not_asked_about_one(status: str) -> None:
    slugs = asked({"marital_status": status, "spouse": BEN.facts(TODAY)["spouse"]})
    assert not [slug for slug in slugs if slug.startswith("partner")]


@pytest.mark.parametrize(
    "partner",
    [
        {"accompanying": False, "canadian_citizen_or_pr": False},
        {"accompanying": True, "canadian_citizen_or_pr": True},
    ],
)
def test_a_partner_who_is_not_scored_is_asked_about_no_further(partner: dict[str, bool]) -> None:
    slugs = asked({"marital_status": "married", "spouse": partner})
    assert [slug for slug in slugs if slug.startswith("partner")] == ["partner"]


def test_a_partner_without_a_test_is_not_asked_for_a_first_language() -> None:
    partner = {"accompanying": True, "canadian_citizen_or_pr": False, "language_tests": []}
    assert "partner-first-language" not in asked({"marital_status": "married", "spouse": partner})


def test_without_work_no_primary_occupation_is_asked_for() -> None:
    assert "occupation" not in asked({"work": []})
