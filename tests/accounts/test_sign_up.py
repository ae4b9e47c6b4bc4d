"""Making a key, one step a page, up to the account that exists."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import AccountEvent, User
from tests import factories
from tests.accounts.signing import BEGIN, SIGN_UP, open_key
from tests.factories import PASSWORD
from tests.personas import AMARA

pytestmark = pytest.mark.django_db

TERMS = f"{SIGN_UP}terms/"
USERNAME = f"{SIGN_UP}username/"
CHOOSE_PASSWORD = f"{SIGN_UP}password/"
QUESTION = f"{BEGIN}question/"
HOME = "/en/account/"


def test_the_steps_follow_one_another_and_end_signed_in(client: Client) -> None:
    assert TERMS in client.get(SIGN_UP).content.decode()
    assert "I accept" in client.get(TERMS).content.decode()
    assert client.post(TERMS).headers["Location"] == USERNAME
    assert client.post(USERNAME, {"username": "blue-heron"}).headers["Location"] == CHOOSE_PASSWORD
    last = client.post(CHOOSE_PASSWORD, {"password1": PASSWORD, "password2": PASSWORD})
    assert last.headers["Location"] == QUESTION
    assert client.get(QUESTION).status_code == 200
    assert AccountEvent.objects.filter(kind="signed_up").count() == 1


def test_the_account_keeps_the_language_of_its_sign_up_and_no_plain_password(client: Client) -> None:
    client.post("/fr/account/signup/terms/")
    client.post("/fr/account/signup/username/", {"username": "blue-heron"})
    client.post("/fr/account/signup/password/", {"password1": PASSWORD, "password2": PASSWORD})
    user = User.objects.get()
    assert user.language == "fr"
    assert user.check_password(PASSWORD)
    assert PASSWORD not in user.password


def test_the_session_never_holds_the_password(client: Client) -> None:
    open_key(client)
    assert PASSWORD not in str(dict(client.session.items()))


def test_nobody_gets_to_a_step_before_the_terms_are_accepted(client: Client) -> None:
    for step in (USERNAME, CHOOSE_PASSWORD):
        assert client.get(step).headers["Location"] == SIGN_UP
        assert client.post(step, {"username": "heron"}).headers["Location"] == SIGN_UP
    assert not User.objects.exists()


def test_the_password_is_not_asked_before_the_username(client: Client) -> None:
    client.post(TERMS)
    assert client.get(CHOOSE_PASSWORD).headers["Location"] == SIGN_UP


def test_a_taken_username_is_refused_whatever_its_case(client: Client) -> None:
    factories.account(AMARA)
    client.post(TERMS)
    page = client.post(USERNAME, {"username": "AMARA"}).content.decode()
    assert "This username is taken. Choose another one." in page
    assert 'value="AMARA"' in page


def test_a_username_taken_between_two_steps_leads_back_to_that_step(client: Client) -> None:
    client.post(TERMS)
    client.post(USERNAME, {"username": "amara"})
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


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "This password is too short."),
        ("password123", "password123", "This password is too common."),
        ("8241975302", "8241975302", "This password is entirely numeric."),
        ("blue-heron1", "blue-heron1", "The password is too similar to the username."),
        ("a tall HERON walks", "a tall HERON walks", "which is a piece of your username"),
        (PASSWORD, "another one", "The two passwords differ."),
        ("", "", "Enter a password."),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(
    client: Client, password: str, again: str, words: str
) -> None:
    client.post(TERMS)
    client.post(USERNAME, {"username": "blue-heron"})
    page = client.post(CHOOSE_PASSWORD, {"password1": password, "password2": again}).content.decode()
    assert words in page
    assert not User.objects.exists()


def test_two_characters_of_the_username_in_a_row_are_no_piece_of_it(client: Client) -> None:
    open_key(client, "blue-heron", "a lucky rose in May")
    assert User.objects.get().check_password("a lucky rose in May")


def test_a_long_password_is_welcome(client: Client) -> None:
    long = "long words and a longer walk " * 20
    open_key(client, password=long)
    assert User.objects.get().check_password(long)


def test_the_rules_of_the_password_are_shown_before_anything_is_typed(client: Client) -> None:
    client.post(TERMS)
    client.post(USERNAME, {"username": "blue-heron"})
    page = client.get(CHOOSE_PASSWORD).content.decode()
    assert "at least 8 characters" in page
    assert "three characters in a row of your username" in page


def test_a_typed_password_is_never_sent_back(client: Client) -> None:
    client.post(TERMS)
    client.post(USERNAME, {"username": "blue-heron"})
    page = client.post(CHOOSE_PASSWORD, {"password1": PASSWORD, "password2": "another"}).content.decode()
    assert PASSWORD not in page


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_up_keeps_no_address_of_another_site(client: Client, onward: str) -> None:
    client.get(SIGN_UP, {"next": onward})
    assert "evil" not in str(dict(client.session.items()))
    assert "alert" not in str(dict(client.session.items()))


def test_who_is_signed_in_is_not_asked_to_sign_up(client: Client) -> None:
    client.force_login(factories.account())
    for step in (SIGN_UP, TERMS):
        assert client.get(step).headers["Location"] == HOME
    assert client.post(TERMS).headers["Location"] == HOME


def test_the_steps_are_there_in_french(client: Client) -> None:
    with override("fr"):
        assert client.get(reverse("account_signup")).status_code == 200
        assert client.get(reverse("accounts:key_terms")).status_code == 200
