"""Making an account, one step a page."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from tests import factories
from tests.factories import PASSWORD
from tests.personas import AMARA

pytestmark = pytest.mark.django_db

TERMS = "/en/account/signup/"
USERNAME = "/en/account/signup/username/"
EMAIL = "/en/account/signup/email/"
CHOOSE_PASSWORD = "/en/account/signup/password/"
HOME = "/en/account/"


def walk(
    client: Client, *, username: str = "blue-heron", password: str = PASSWORD, terms: str = TERMS
) -> None:
    """Go all the way."""
    client.post(terms)
    client.post(terms + "username/", {"username": username})
    client.post(terms + "email/", {"email": "Heron@Example.org"})
    client.post(terms + "password/", {"password1": password, "password2": password})


def test_the_steps_follow_one_another_and_end_signed_in_at_the_accounts_home(client: Client) -> None:
    assert "I accept these terms" in client.get(TERMS).content.decode()
    assert client.post(TERMS).headers["Location"] == USERNAME
    assert client.post(USERNAME, {"username": "blue-heron"}).headers["Location"] == EMAIL
    assert client.post(EMAIL, {"email": "heron@example.org"}).headers["Location"] == CHOOSE_PASSWORD
    last = client.post(CHOOSE_PASSWORD, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert last.redirect_chain == [(HOME, 302)]
    assert "Your account is ready" in last.content.decode()
    assert "Signed in as blue-heron." in last.content.decode()


def test_the_account_keeps_the_language_of_its_sign_up(client: Client) -> None:
    walk(client, terms="/fr/account/signup/")
    assert User.objects.get().language == "fr"


def test_the_account_keeps_a_lower_case_address_and_no_plain_password(client: Client) -> None:
    walk(client)
    user = User.objects.get()
    assert user.email == "heron@example.org"
    assert user.check_password(PASSWORD)


def test_nobody_gets_to_a_step_before_the_terms_are_accepted(client: Client) -> None:
    for step in (USERNAME, EMAIL, CHOOSE_PASSWORD):
        assert client.get(step).headers["Location"] == TERMS


def test_no_step_can_be_skipped(client: Client) -> None:
    client.post(TERMS)
    assert client.get(EMAIL).headers["Location"] == TERMS
    client.post(USERNAME, {"username": "blue-heron"})
    assert client.get(CHOOSE_PASSWORD).headers["Location"] == TERMS


def test_a_taken_username_is_refused_whatever_its_case(client: Client) -> None:
    factories.account(AMARA)
    client.post(TERMS)
    page = client.post(USERNAME, {"username": "AMARA"}).content.decode()
    assert "This username is taken. Choose another one." in page
    assert 'value="AMARA"' in page


def test_a_username_taken_between_two_steps_leads_back_to_that_step(client: Client) -> None:
    client.post(TERMS)
    client.post(USERNAME, {"username": "amara"})
    client.post(EMAIL, {"email": "amara@example.org"})
    factories.account(AMARA)
    last = client.post(CHOOSE_PASSWORD, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert last.redirect_chain == [(USERNAME, 302)]
    assert "Somebody has taken this username" in last.content.decode()


@pytest.mark.parametrize(
    ("username", "words"),
    [
        ("", "Enter a username."),
        ("blue heron", "only letters, digits and the signs"),
        ("<script>", "only letters, digits and the signs"),
        ("x" * 151, "at most 150 characters"),
        ("blue\x00heron", "Null characters are not allowed."),
    ],
)
def test_a_username_that_cannot_be_says_why(client: Client, username: str, words: str) -> None:
    client.post(TERMS)
    assert words in client.post(USERNAME, {"username": username}).content.decode()


@pytest.mark.parametrize("email", ["", "heron", "heron@", "a@b@c.org", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_refused(client: Client, email: str) -> None:
    client.post(TERMS)
    client.post(USERNAME, {"username": "blue-heron"})
    page = client.post(EMAIL, {"email": email}).content.decode()
    assert "error-summary" in page


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "This password is too short."),
        ("password123", "password123", "This password is too common."),
        ("8241975302", "8241975302", "This password is entirely numeric."),
        ("blue-heron1", "blue-heron1", "The password is too similar to the username."),
        (PASSWORD, "another one", "The two passwords differ."),
        ("", "", "Enter a password."),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    client: Client, password: str, again: str, words: str
) -> None:
    client.post(TERMS)
    client.post(USERNAME, {"username": "blue-heron"})
    client.post(EMAIL, {"email": "heron@example.org"})
    page = client.post(CHOOSE_PASSWORD, {"password1": password, "password2": again}).content.decode()
    assert words in page
    assert not User.objects.exists()


def test_the_rules_of_the_password_are_shown_before_anything_is_typed(client: Client) -> None:
    client.post(TERMS)
    client.post(USERNAME, {"username": "blue-heron"})
    client.post(EMAIL, {"email": "heron@example.org"})
    assert "at least 8 characters" in client.get(CHOOSE_PASSWORD).content.decode()


def test_a_typed_password_is_never_sent_back(client: Client) -> None:
    client.post(TERMS)
    client.post(USERNAME, {"username": "blue-heron"})
    client.post(EMAIL, {"email": "heron@example.org"})
    page = client.post(CHOOSE_PASSWORD, {"password1": PASSWORD, "password2": "another"}).content.decode()
    assert PASSWORD not in page


def test_signing_up_leads_on_to_the_page_that_was_asked_for(client: Client) -> None:
    onward = reverse("profiles:start")
    client.post(TERMS, {"next": onward})
    client.post(USERNAME, {"username": "blue-heron"})
    client.post(EMAIL, {"email": "heron@example.org"})
    last = client.post(CHOOSE_PASSWORD, {"password1": PASSWORD, "password2": PASSWORD})
    assert last.headers["Location"] == onward


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_up_never_leads_to_another_site(client: Client, onward: str) -> None:
    client.post(TERMS, {"next": onward})
    client.post(USERNAME, {"username": "blue-heron"})
    client.post(EMAIL, {"email": "heron@example.org"})
    last = client.post(CHOOSE_PASSWORD, {"password1": PASSWORD, "password2": PASSWORD})
    assert last.headers["Location"] == HOME


def test_who_is_signed_in_is_not_asked_to_sign_up(client: Client) -> None:
    client.force_login(factories.account())
    assert client.get(TERMS).headers["Location"] == HOME


def test_the_steps_are_there_in_french(client: Client) -> None:
    with override("fr"):
        assert client.get(reverse("account_signup")).status_code == 200
