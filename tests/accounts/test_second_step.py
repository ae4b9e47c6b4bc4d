"""After the password: a second factor by each way, a security question, and only then a session."""

import logging
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from accounts.factors import second_factors
from accounts.factors.second_factors import Way
from accounts.limiting import limits
from accounts.models import AccountEvent, Message, User
from accounts.recovering.recovery_questions import Told, set_questions
from accounts.views.signing_in import REFUSALS
from tests import factories
from tests.accounts.signing import LOGIN, app_code, emailed_code
from tests.conftest import INSTANT
from tests.factories import PASSWORD
from tests.personas import AMARA

pytestmark = pytest.mark.django_db

HOME = "/en/account/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = f"{LOGIN}second/"
QUESTION = f"{LOGIN}question/"
THREE = [
    Told("First film?", "a fish", "Jaws"),
    Told("Toy?", "round", "ball"),
    Told("Dish?", "long", "noodles"),
]


@pytest.fixture
def amara() -> User:
    return factories.account(AMARA)


def with_app(user: User) -> User:
    user.email_codes = False
    user.save()
    second_factors.add_app(account=user, secret=SECRET, counter=0)
    return user


def begin(client: Client) -> str:
    return str(client.post(LOGIN, {"login": "amara", "password": PASSWORD}).headers["Location"])


def answer(client: Client, way: str, code: str) -> str:
    """Return where a code leads, or what the page says."""
    response = client.post(f"{STEP}{way}/", {"code": code})
    return response.headers.get("Location") or response.content.decode()


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def test_the_password_alone_opens_nothing(client: Client, amara: User) -> None:
    assert begin(client) == STEP
    assert client.get(STEP).headers["Location"] == f"{STEP}email/"
    assert not is_in(client)


def test_a_code_by_e_mail_is_sent_at_once_and_opens_the_account(client: Client, amara: User) -> None:
    begin(client)
    assert mail.outbox[-1].to == ["amara@example.org"]
    assert answer(client, "email", emailed_code()) == HOME
    assert is_in(client)


def test_the_e_mail_names_nobody(client: Client, amara: User) -> None:
    begin(client)
    text = f"{mail.outbox[-1].subject} {mail.outbox[-1].body}".lower()
    for word in (AMARA.username, AMARA.given_names, AMARA.family_name):
        assert word.lower() not in text


def test_a_code_of_the_app_opens_the_account_and_no_e_mail_is_sent(client: Client, amara: User) -> None:
    with_app(amara)
    begin(client)
    assert client.get(STEP).headers["Location"] == f"{STEP}app/"
    assert answer(client, "app", app_code(SECRET)) == HOME
    assert not mail.outbox


@pytest.mark.parametrize(("later", "passes"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_an_apps_clock_may_be_off_by_one_period(amara: User, later: int, passes: bool) -> None:
    with_app(amara)
    code = app_code(SECRET, later=later)
    assert second_factors.check_app_code(account=amara, typed=code) is passes


def test_a_code_of_the_app_is_good_once_and_an_earlier_one_no_more(client: Client, amara: User) -> None:
    with_app(amara)
    assert second_factors.check_app_code(account=amara, typed=app_code(SECRET))
    begin(client)
    assert "was used already" in answer(client, "app", app_code(SECRET))
    assert "was used already" in answer(client, "app", app_code(SECRET, later=-1))
    assert not is_in(client)


def test_a_recovery_code_passes_once_and_the_owner_is_told(client: Client, amara: User) -> None:
    with_app(amara)
    code = second_factors.make_recovery_codes(amara)[0]
    second_factors.keep_recovery_codes(amara)
    begin(client)
    assert answer(client, "recovery", code) == HOME
    assert Message.objects.filter(kind__endswith="recovery_code_used").count() == 1
    other = Client()
    begin(other)
    assert "none of your unused recovery codes" in answer(other, "recovery", code)
    assert not is_in(other)


def test_only_the_accounts_own_ways_are_there(client: Client, amara: User) -> None:
    with_app(amara)
    begin(client)
    for way in ("email", "passkey", "recovery", "nonsense"):
        assert client.get(f"{STEP}{way}/").status_code == 404
    assert client.get(f"{STEP}app/").status_code == 200


def test_a_wrong_code_says_so_and_is_written_down_for_the_owner(client: Client, amara: User) -> None:
    begin(client)
    wrong = f"{(int(emailed_code()) + 1) % 1_000_000:06}"
    assert "This code is not right" in answer(client, "email", wrong)
    assert AccountEvent.objects.filter(account=amara, kind="sign_in_refused").count() == 1
    assert not is_in(client)


@pytest.mark.parametrize("typed", ["", "12", "x" * 41, "½½½½½½", "\x00\x00", "１２３４５６"])
def test_what_is_no_code_is_refused_calmly(client: Client, amara: User, typed: str) -> None:
    with_app(amara)
    second_factors.make_recovery_codes(amara)
    begin(client)
    for way in ("app", "recovery"):
        assert client.post(f"{STEP}{way}/", {"code": typed}).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize("credential", ["", "{}", "[]", "7", '{"id": 1}', "not json", '{"response": {}}'])
def test_what_is_no_passkey_is_refused_calmly(client: Client, amara: User, credential: str) -> None:
    add_broken_passkey(amara)
    begin(client)
    answered = client.post(f"{STEP}passkey/", {"credential": credential})
    assert answered.status_code == 200
    assert not is_in(client)


def add_broken_passkey(user: User) -> None:
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "Key", "credential": CREDENTIAL})


CREDENTIAL = {
    "id": "AAAA",
    "rawId": "AAAA",
    "type": "public-key",
    "clientExtensionResults": {},
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQUFBQSIs"
        "Im9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3QifQ",
        "attestationObject": "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVglSZYN5YgOjGh0NBcPZHZg"
        "W4_krrmihjLHmVzzuoMdl2MBAAAAAA",
    },
}


def test_another_e_mail_can_be_asked_for_and_the_first_code_dies(client: Client, amara: User) -> None:
    begin(client)
    first = emailed_code()
    assert client.post(f"{STEP}email/", {"again": "yes"}).headers["Location"] == f"{STEP}email/"
    second = emailed_code()
    if first != second:
        assert "not right" in answer(client, "email", first)
    assert answer(client, "email", second) == HOME


def test_who_turns_to_e_mail_later_is_told_to_ask_for_a_code(client: Client, amara: User) -> None:
    second_factors.add_app(account=amara, secret=SECRET, counter=0)
    begin(client)
    assert "Press “Send me a code”" in client.get(f"{STEP}email/").content.decode()
    assert not mail.outbox
    client.post(f"{STEP}email/", {"again": "yes"})
    assert "It is good for 10 minutes." in client.get(f"{STEP}email/").content.decode()
    assert answer(client, "email", emailed_code()) == HOME


def test_a_mail_server_that_is_down_does_not_end_the_sign_in(
    client: Client, amara: User, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert begin(client) == STEP
    told = client.post(f"{STEP}email/", {"again": "yes"}, follow=True).content.decode()
    assert "The e-mail could not be sent." in told


def test_e_mails_are_limited(client: Client, amara: User) -> None:
    begin(client)
    for _try in range(limits.EMAIL.by_account or 0):
        last = client.post(f"{STEP}email/", {"again": "yes"})
    assert last.status_code == 429
    assert len(mail.outbox) == limits.EMAIL.by_account


def test_tries_are_limited_even_with_the_right_code_at_last(client: Client, amara: User) -> None:
    with_app(amara)
    begin(client)
    for _try in range(limits.SECOND_FACTOR.by_account or 0):
        answer(client, "app", "000000")
    assert client.post(f"{STEP}app/", {"code": app_code(SECRET)}).status_code == 429
    assert not is_in(client)


def test_the_question_comes_last_and_a_wrong_answer_opens_nothing(client: Client, amara: User) -> None:
    set_questions(account=amara, told=THREE)
    asked = amara.recovery_questions.all()[INSTANT.toordinal() % 3]
    right = THREE[asked.number - 1].answer
    begin(client)
    assert client.get(QUESTION).headers["Location"] == LOGIN
    assert answer(client, "email", emailed_code()) == QUESTION
    assert not is_in(client)
    page = client.get(QUESTION).content.decode()
    assert asked.question in page
    assert f"Your hint: {asked.hint}" in page
    assert "This is not the answer" in client.post(QUESTION, {"answer": "whale"}).content.decode()
    assert client.post(QUESTION, {"answer": right.upper()}).headers["Location"] == HOME
    assert is_in(client)


def test_the_question_alone_opens_nothing(client: Client, amara: User) -> None:
    set_questions(account=amara, told=THREE)
    begin(client)
    for told in THREE:
        assert client.post(QUESTION, {"answer": told.answer}).headers["Location"] == LOGIN
    assert not is_in(client)


def test_a_sign_in_can_be_cancelled(client: Client, amara: User) -> None:
    begin(client)
    client.post(f"{STEP}email/", {"cancel": "yes"})
    assert answer(client, "email", emailed_code()) == LOGIN
    assert not is_in(client)


def test_the_page_that_was_asked_for_is_reached_after_the_last_step(client: Client, amara: User) -> None:
    client.post(LOGIN, {"login": "amara", "password": PASSWORD, "next": "/en/account/messages/"})
    assert answer(client, "email", emailed_code()) == "/en/account/messages/"


def test_the_session_gets_a_new_key_at_sign_in(client: Client, amara: User) -> None:
    client.get(LOGIN)
    begin(client)
    before = client.session.session_key
    answer(client, "email", emailed_code())
    assert client.session.session_key not in (None, before)


def test_the_sign_in_is_in_the_accounts_history(client: Client, amara: User) -> None:
    begin(client)
    assert not AccountEvent.objects.filter(kind="signed_in").exists()
    answer(client, "email", emailed_code())
    assert AccountEvent.objects.filter(account=amara, kind="signed_in").count() == 1


def test_no_code_answer_or_password_is_in_the_session_or_in_a_log(
    client: Client, amara: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    set_questions(account=amara, told=THREE)
    begin(client)
    code = emailed_code()
    answer(client, "email", "000000")
    kept = str(dict(client.session.items()))
    client.post(f"{STEP}email/", {"code": code})
    client.post(QUESTION, {"answer": "whale-of-a-word"})
    kept += str(dict(client.session.items()))
    for secret in (code, PASSWORD, "whale-of-a-word"):
        assert secret not in kept
        assert secret not in caplog.text


def test_every_way_has_a_sentence_of_refusal() -> None:
    assert set(REFUSALS) == set(Way)
