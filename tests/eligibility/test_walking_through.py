"""The questionnaire walked from the start to the verdict by each persona."""

import pytest
from django.test import Client

from eligibility.models import Questionnaire
from tests.eligibility.walking import Visitor
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA, EVERYBODY, Persona

pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)
def test_the_answers_given_are_the_facts_of_the_persona(client: Client, persona: Persona) -> None:
    Visitor(client, persona.facts(TODAY)).start().walk()
    stored = Questionnaire.objects.get()
    told = {key: value for key, value in persona.facts(TODAY).items() if key in stored.answers}
    assert without_absent(stored.answers) == without_absent(told)
    assert stored.unfinished == {}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_screen_opens_in_both_languages(client: Client, language: str) -> None:
    visitor = Visitor(client, BEN.facts(TODAY), language).start().walk()
    assert all(url.startswith(f"/{language}/eligibility/") for url in visitor.screens)
    assert visitor.see_result().status_code == 200


def test_a_single_person_is_asked_nothing_about_a_partner(client: Client) -> None:
    visitor = Visitor(client, AMARA.facts(TODAY)).start().walk()
    assert not [url for url in visitor.screens if "partner" in url]


def test_a_couple_is_asked_about_both(client: Client) -> None:
    visitor = Visitor(client, BEN.facts(TODAY)).start().walk()
    asked = {url.split("/")[3] for url in visitor.screens if "partner" in url}
    assert asked == {
        "partner",
        "partner-language-tests",
        "partner-first-language",
        "partner-education",
        "partner-study-in-canada",
        "partner-work",
    }


def test_somebody_who_never_worked_is_not_asked_for_an_occupation(client: Client) -> None:
    facts = AMARA.facts(TODAY) | {"work": [], "primary_occupation_noc": None}
    visitor = Visitor(client, facts).start().walk()
    assert not [url for url in visitor.screens if url.endswith("/occupation/")]


@pytest.mark.parametrize(("persona", "programs"), [(AMARA, 1), (BEN, 2), (DIVYA, 1)])
def test_whoever_meets_a_program_is_told_so_and_gets_a_code(
    client: Client, persona: Persona, programs: int
) -> None:
    page = Visitor(client, persona.facts(TODAY)).start().walk().see_result()
    assert page.context["result"].met == programs
    assert page.context["ticket"].state == "valid"
    assert page.context["ticket"].code[2:7] in page.content.decode()


def test_whoever_meets_no_program_gets_the_reasons_and_no_code(client: Client) -> None:
    page = Visitor(client, EMEKA.facts(TODAY)).start().walk().see_result()
    assert page.context["result"].met == 0
    assert page.context["ticket"] is None
    assert b"reference code" not in page.content


def without_absent(part: object) -> object:
    """Return a document without the keys that are null, so that leaving one out and saying none are the same."""
    if isinstance(part, dict):
        return {key: without_absent(value) for key, value in part.items() if value is not None}
    return [without_absent(one) for one in part] if isinstance(part, list) else part
