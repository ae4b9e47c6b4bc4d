"""Signing a submission asks one of the account's security questions, as the real portal does."""

import pytest
from django.test import Client

from accounts.limiting.limits import SECURITY_QUESTION
from accounts.models import User
from accounts.recovering.recovery_questions import Told, question_for, set_questions
from profiles.models import Draft, Submission
from tests import factories
from tests.personas import AMARA

pytestmark = pytest.mark.django_db

SIGN = "/en/account/draft/sign/"
THREE = [
    Told("First film?", "a fish", "Jaws"),
    Told("Toy?", "round", "ball"),
    Told("Dish?", "long", "noodles"),
]


@pytest.fixture
def draft(client: Client) -> Draft:
    """Amara's complete draft; she has three questions and is signed in."""
    made = factories.draft(AMARA)
    set_questions(account=User.objects.get(pk=made.account_id), told=THREE)
    client.force_login(factories.account(AMARA))
    return made


def sign(client: Client, draft: Draft, answer: str) -> str:
    """Return where signing leads, or what the page says."""
    typed = {"draft": draft.pk, "version": draft.version, "declared": "on", "signed_as": AMARA.signature}
    response = client.post(SIGN, typed | {"answer": answer})
    return response.headers.get("Location") or response.content.decode()


def right() -> str:
    asked = question_for(factories.account(AMARA))
    assert asked
    return THREE[asked.number - 1].answer


def test_the_page_asks_the_question_with_its_hint(client: Client, draft: Draft) -> None:
    page = client.get(SIGN).content.decode()
    asked = question_for(factories.account(AMARA))
    assert asked
    assert asked.question in page
    assert asked.hint in page


def test_the_right_answer_sends_the_profile(client: Client, draft: Draft) -> None:
    assert sign(client, draft, f" {right().upper()} ").endswith("/submitted/")


@pytest.mark.parametrize(
    ("typed", "words"), [("whale", "This is not the answer"), ("", "Answer your security")]
)
def test_a_wrong_answer_sends_nothing_and_loses_nothing(
    client: Client, draft: Draft, typed: str, words: str
) -> None:
    page = sign(client, draft, typed)
    assert words in page
    assert 'href="#id_answer"' in page
    assert f'value="{AMARA.signature}"' in page
    assert not Submission.objects.exists()


def test_wrong_answers_are_limited_even_before_the_right_one(client: Client, draft: Draft) -> None:
    for _try in range(SECURITY_QUESTION.by_account or 0):
        sign(client, draft, "whale")
    assert "Too many tries" in sign(client, draft, right())
    assert not Submission.objects.exists()


def test_an_account_without_questions_is_asked_none(client: Client) -> None:
    draft = factories.draft(AMARA)
    client.force_login(factories.account(AMARA))
    assert 'name="answer"' not in client.get(SIGN).content.decode()
    assert sign(client, draft, "").endswith("/submitted/")
