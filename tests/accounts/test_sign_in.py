"""Signing in and out: the password. What follows it is in test_second_step."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests import factories
from tests.accounts.signing import emailed_code
from tests.factories import PASSWORD
from tests.personas import AMARA

pytestmark = pytest.mark.django_db

LOGIN = "/en/account/login/"
LOGOUT = "/en/account/logout/"
HOME = "/en/account/"
SECOND = "/en/account/login/second/email/"
WRONG = "The username or the password is not right."


@pytest.fixture(autouse=True)
def _no_tries_are_counted_yet() -> None:
    cache.clear()


def sign_in(client: Client, username: str = "amara", password: str = PASSWORD, **more: str) -> str:
    """Return where signing in with the code by e-mail leads, or what the page says."""
    response = client.post(LOGIN, {"login": username, "password": password, **more})
    if "Location" in response.headers:
        response = client.post(SECOND, {"code": emailed_code()})
    return response.headers.get("Location") or response.content.decode()


def test_signing_in_leads_to_the_accounts_home(client: Client) -> None:
    factories.account(AMARA)
    assert sign_in(client) == HOME


def test_a_username_is_taken_whatever_its_case(client: Client) -> None:
    factories.account(AMARA)
    assert sign_in(client, "Amara") == HOME


def test_signing_in_leads_on_to_the_page_that_was_asked_for(client: Client) -> None:
    factories.account(AMARA)
    asked = client.get("/en/account/draft/").headers["Location"]
    assert asked == "/en/account/login/?next=/en/account/draft/"
    assert sign_in(client, next="/en/account/draft/") == "/en/account/draft/"


def test_signing_in_never_leads_to_another_site(client: Client) -> None:
    factories.account(AMARA)
    assert sign_in(client, next="https://evil.example/") == HOME


def test_a_wrong_password_and_an_unknown_name_are_told_in_the_same_words(client: Client) -> None:
    factories.account(AMARA)
    assert WRONG in sign_in(client, password="wrong")
    assert WRONG in sign_in(client, "nobody")


def test_blank_fields_are_named(client: Client) -> None:
    page = sign_in(client, "", "")
    assert "Enter your username." in page
    assert "Enter your password." in page


def test_a_closed_account_is_told_so(client: Client) -> None:
    factories.account(AMARA, is_active=False)
    page = client.post(LOGIN, {"login": "amara", "password": PASSWORD}, follow=True).content.decode()
    assert "<h1>This account is closed</h1>" in page


def test_signing_out_asks_first_and_then_ends_the_session(client: Client) -> None:
    client.force_login(factories.account(AMARA))
    assert "<h1>Sign out</h1>" in client.get(LOGOUT).content.decode()
    assert client.get(HOME).status_code == 200
    assert "You have signed out." in client.post(LOGOUT, follow=True).content.decode()
    assert client.get(HOME).headers["Location"].startswith(LOGIN)


def test_signing_in_says_nothing_that_has_to_be_read(client: Client) -> None:
    factories.account(AMARA)
    sign_in(client)
    assert 'class="notice' not in client.get(HOME).content.decode()
