"""A browser that lost its cookies while somebody typed: nothing can be kept for anybody, and nothing is lost."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import KeptForm
from accounts.signed_in import kept_forms
from tests import factories
from tests.accounts.ended import PAGE, browser, sign_in
from tests.accounts.signing import LOGIN
from tests.personas import AMARA
from tests.profiles.reading import filled_in

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver"}
QUESTION = "/en/eligibility/province/"
TYPED = {"family_name": "Typed-Late", "given_names": "A <b>", "seen": "before", "code": "123456"}


def strict(cookies: Any = None) -> Client:
    """A browser of which a form's token is asked."""
    made = Client(enforce_csrf_checks=True)
    if cookies:
        made.cookies = cookies
    return made


def token_on(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]


def test_without_any_cookie_the_refusal_shows_what_was_typed() -> None:
    answer = strict().post(PAGE, TYPED, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<li>Typed-Late</li>" in page
    assert "<li>A &lt;b&gt;</li>" in page
    assert not KeptForm.objects.exists()


def test_what_stands_there_is_stored_by_no_cache() -> None:
    for client in (strict(), Client()):
        answer = client.post(PAGE, TYPED, headers=HERE)
        assert "no-store" in answer.headers["Cache-Control"]


def test_on_a_page_of_the_questionnaire_too() -> None:
    answer = strict().post(QUESTION, {"intended_province": "ON"}, headers=HERE)
    assert answer.status_code == 403
    assert "<li>ON</li>" in answer.content.decode()


def test_no_code_password_or_token_stands_there() -> None:
    page = strict().post(PAGE, TYPED | {"csrfmiddlewaretoken": "x" * 32}, headers=HERE).content.decode()
    assert "123456" not in page
    assert "x" * 32 not in page


@pytest.mark.parametrize("address", [LOGIN, "/en/account/password/", "/en/account/recover/password/"])
def test_nothing_that_was_typed_on_a_page_of_credentials_stands_there(address: str) -> None:
    answer = strict().post(address, TYPED | {"username": "heron"}, headers=HERE)
    assert answer.status_code == 403
    assert "Typed-Late" not in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, {"Origin": "null"}, {"Origin": "http://evil.example"}])
def test_the_words_of_a_form_from_elsewhere_are_not_repeated(headers: dict[str, str]) -> None:
    answer = strict().post(PAGE, TYPED, headers=headers)
    assert answer.status_code == 403
    assert "Typed-Late" not in answer.content.decode()


def test_without_the_question_where_it_comes_from_anybodys_words_would_stand_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(kept_forms, "typed_here", lambda request: kept_forms.fields_of(request.POST))
    answer = strict().post(PAGE, TYPED, headers={"Origin": "http://evil.example"})
    assert "Typed-Late" in answer.content.decode()


def test_with_the_sessions_cookie_alone_lost_it_is_shown_as_well() -> None:
    answer = Client().post(PAGE, TYPED, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "You are not signed in any more" in page
    assert "<li>Typed-Late</li>" in page


def test_with_a_cookie_that_nobody_remembers_it_is_shown_as_well() -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    answer = client.post(PAGE, TYPED, headers=HERE)
    assert "<li>Typed-Late</li>" in answer.content.decode()


def test_after_signing_in_in_another_window_the_button_sends_it_again() -> None:
    draft = factories.draft(AMARA)
    told = filled_in(browser().get(PAGE)) | {"family_name": "Typed-Late"}
    client = Client()
    page = client.post(PAGE, told, headers=HERE)
    again = {name: values for name, values in filled_in(page).items() if name != "csrfmiddlewaretoken"}
    sign_in(client)
    assert client.post(PAGE, again, headers=HERE).status_code == 302
    draft.refresh_from_db()
    assert draft.answers["identity"]["family_name"] == "Typed-Late"


def test_the_button_of_the_refusal_bears_a_token_that_is_right() -> None:
    client = strict()
    page = client.post(QUESTION, {"intended_province": "ON"}, headers=HERE).content.decode()
    sent = {"intended_province": "ON", "csrfmiddlewaretoken": token_on(page)}
    assert client.post(QUESTION, sent, headers=HERE).status_code == 302


def test_a_form_in_which_nothing_was_typed_leads_to_sign_in() -> None:
    answer = Client().post(PAGE, {"seen": "before", "family_name": ""}, headers=HERE)
    assert answer.headers["Location"].startswith(LOGIN)
