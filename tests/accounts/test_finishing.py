"""What a new account is asked once: each step in turn, none skipped, and none asked again."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import translation

from accounts.joining.onboarding import STEPS, next_step
from accounts.models import OneTimeCode, RecoveryQuestion, User
from accounts.recovering.recovery_questions import SUGGESTED, in_language, is_right
from simulation.finishing import finish_account
from tests import factories
from tests.accounts.signing import (
    BEGIN,
    QUESTIONS,
    SECOND,
    SIGN_UP,
    answer_questions,
    app_code,
    emailed_code,
    finish,
    give_details,
    open_key,
    secret_on,
)
from tests.factories import PASSWORD
from tests.personas import AMARA

pytestmark = pytest.mark.django_db

HOME = "/en/account/"
QUESTION, READY, TERMS = f"{BEGIN}question/", f"{BEGIN}ready/", f"{BEGIN}terms/"
DETAILS, EMAIL = f"{BEGIN}details/", f"{BEGIN}email/"


def account() -> User:
    return User.objects.get(username="blue-heron")


def leads_to(client: Client, address: str) -> str:
    return str(client.get(address).headers.get("Location", ""))


def test_three_questions_are_asked_and_then_the_key_is_ready(client: Client) -> None:
    open_key(client)
    assert client.post(QUESTION, QUESTIONS[0]).headers["Location"] == QUESTION
    assert client.post(QUESTION, QUESTIONS[1]).headers["Location"] == QUESTION
    assert client.post(QUESTION, QUESTIONS[2]).headers["Location"] == READY
    assert "<strong>blue-heron</strong>" in client.get(READY).content.decode()
    assert leads_to(client, QUESTION) == TERMS


def test_answers_are_kept_as_slow_hashes_and_compared_without_capitals(client: Client) -> None:
    open_key(client)
    answer_questions(client)
    first = account().recovery_questions.get(number=1)
    assert "Blue" not in first.answer_hash
    assert is_right(first, "  the  BIG blue ")
    assert not is_right(first, "the big red")


def test_a_suggested_question_is_asked_in_the_language_of_the_page_and_an_own_one_as_it_was_typed() -> None:
    english = str(SUGGESTED[0])
    with translation.override("fr"):
        french = str(SUGGESTED[0])
        assert in_language(RecoveryQuestion(question=english)) == french
        assert in_language(RecoveryQuestion(question="Which boat?")) == "Which boat?"
    assert french != english
    assert in_language(RecoveryQuestion(question=french)) == english


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"question": ""}, "Choose a question"),
        ({"question": "99"}, "Select a valid choice"),
        ({"question": "own", "own": " "}, "Enter your own question"),
        ({"answer": ""}, "Enter your answer."),
        ({"answer": " ab "}, "An answer has at least 3 characters."),
        ({"hint": ""}, "Enter a hint"),
        ({"hint": "it is THE big  blue, really"}, "The hint holds the answer."),
    ],
)
def test_a_question_that_will_not_do_says_why_and_nothing_is_lost(
    client: Client, changed: dict[str, str], words: str
) -> None:
    open_key(client)
    page = client.post(QUESTION, QUESTIONS[0] | changed).content.decode()
    assert words in page
    assert not account().recovery_questions.exists()


def test_an_answer_is_not_given_twice_nor_a_question(client: Client) -> None:
    open_key(client)
    client.post(QUESTION, QUESTIONS[1])
    page = client.post(QUESTION, QUESTIONS[0] | {"answer": " REEDS "}).content.decode()
    assert "the answer to another of your questions" in page
    page = client.post(QUESTION, QUESTIONS[1] | {"answer": "another"}).content.decode()
    assert "You have this question already." in page


def test_a_suggested_question_is_offered_once(client: Client) -> None:
    open_key(client)
    client.post(QUESTION, QUESTIONS[0])
    assert '<option value="0">' not in client.get(QUESTION).content.decode()


def test_the_address_is_proved_by_a_code_and_only_then_a_second_factor_is_chosen(client: Client) -> None:
    open_key(client)
    answer_questions(client)
    assert client.post(TERMS).headers["Location"] == DETAILS
    give_details(client)
    assert mail.outbox[-1].to == ["heron@example.org"]
    assert leads_to(client, SECOND) == EMAIL
    assert client.post(EMAIL, {"code": emailed_code()}).headers["Location"] == SECOND
    assert account().details_at is not None
    assert leads_to(client, DETAILS) == SECOND


def test_a_wrong_code_is_refused_and_another_one_can_be_asked_for(client: Client) -> None:
    open_key(client)
    answer_questions(client)
    client.post(TERMS)
    give_details(client)
    first = emailed_code()
    wrong = f"{(int(first) + 1) % 1_000_000:06}"
    assert "This code is not right" in client.post(EMAIL, {"code": wrong}).content.decode()
    client.post(EMAIL, {"again": "yes"})
    second = emailed_code()
    if first != second:
        assert "This code is not right" in client.post(EMAIL, {"code": first}).content.decode()
    assert client.post(EMAIL, {"code": second}).headers["Location"] == SECOND


def test_the_address_can_be_changed_before_it_is_proved(client: Client) -> None:
    open_key(client)
    answer_questions(client)
    client.post(TERMS)
    give_details(client)
    first = emailed_code()
    give_details(client, email="other@example.org")
    assert mail.outbox[-1].to == ["other@example.org"]
    assert OneTimeCode.objects.count() == 1
    if first != emailed_code():
        assert "not right" in client.post(EMAIL, {"code": first}).content.decode()


def test_an_address_that_another_account_has_proved_is_refused(client: Client) -> None:
    factories.account(AMARA)
    open_key(client)
    answer_questions(client)
    client.post(TERMS)
    give_details(client, email="amara@example.org")
    page = client.post(EMAIL, {"code": emailed_code()}).content.decode()
    assert "already belongs to another account" in page
    assert account().details_at is None


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"family_name": ""}, "Enter a family name."),
        ({"email": "heron"}, "This is not an e-mail address."),
        ({"email": ""}, "Enter an e-mail address"),
        ({"language": ""}, "Choose a language."),
    ],
)
def test_details_that_will_not_do_say_why(client: Client, changed: dict[str, str], words: str) -> None:
    open_key(client)
    answer_questions(client)
    client.post(TERMS)
    told = {"family_name": "Heron", "given_names": "", "email": "heron@example.org", "language": "en"}
    assert words in client.post(DETAILS, told | changed).content.decode()


def test_an_app_is_set_up_with_its_first_code_and_recovery_codes_follow(client: Client) -> None:
    open_key(client)
    finish(client)
    page = client.get(f"{SECOND}app/").content.decode()
    assert "<svg" in page
    assert "style=" not in page
    secret = secret_on(page)
    assert "not the code" in client.post(f"{SECOND}app/", {"code": "000000"}).content.decode()
    done = client.post(f"{SECOND}app/", {"code": app_code(secret)})
    assert done.headers["Location"] == f"{SECOND}codes/"
    assert secret not in str(Authenticator.objects.get(user=account(), type="totp").data)


def test_the_session_holds_no_key_of_an_app_in_clear(client: Client) -> None:
    open_key(client)
    finish(client)
    secret = secret_on(client.get(f"{SECOND}app/").content.decode())
    assert secret not in str(dict(client.session.items()))


def test_recovery_codes_are_shown_until_they_are_kept_and_never_again(client: Client) -> None:
    open_key(client)
    finish(client)
    client.post(f"{SECOND}email/")
    page = client.get(f"{SECOND}codes/").content.decode()
    file = client.get(f"{SECOND}codes/file/")
    codes = [line for line in file.content.decode().splitlines() if line.isdigit()]
    assert len(codes) == 5
    assert all(code in page for code in codes)
    assert "attachment" in file.headers["Content-Disposition"]
    assert client.post(f"{SECOND}codes/").headers["Location"] == HOME
    assert leads_to(client, f"{SECOND}codes/") == HOME
    assert client.get(f"{SECOND}codes/file/").status_code == 404
    assert next_step(account()) is None


def test_after_the_last_step_one_is_where_one_was_going(client: Client) -> None:
    client.get(SIGN_UP, {"next": "/en/account/start/"})
    open_key(client)
    finish(client)
    client.post(f"{SECOND}email/")
    assert client.post(f"{SECOND}codes/").headers["Location"] == "/en/account/start/"


def test_who_signs_out_on_the_way_goes_on_where_it_stopped(client: Client) -> None:
    open_key(client)
    client.post(QUESTION, QUESTIONS[0])
    client.post("/en/account/logout/")
    answer = client.post("/en/account/login/", {"login": "blue-heron", "password": PASSWORD})
    assert answer.headers["Location"] == "/en/account/login/question/"
    client.post("/en/account/login/question/", {"answer": "the big blue"})
    assert leads_to(client, HOME) == QUESTION
    assert "Question 2 of 3" in client.get(QUESTION).content.decode()


def test_an_unfinished_account_reaches_its_step_sign_out_and_nothing_else(client: Client) -> None:
    open_key(client)
    for address in (
        HOME,
        "/en/account/messages/",
        "/en/account/start/",
        "/en/rounds/",
        TERMS,
        DETAILS,
        SECOND,
    ):
        assert leads_to(client, address) == QUESTION, address
    assert client.get("/en/account/logout/").status_code == 200


def test_what_an_unfinished_account_sends_elsewhere_changes_nothing(client: Client) -> None:
    open_key(client)
    for address in (TERMS, DETAILS, EMAIL, f"{SECOND}email/", "/en/account/start/"):
        assert client.post(address, {"choice": "none"}).headers["Location"] == QUESTION, address
    user = account()
    assert (user.terms_accepted_at, user.details_at, user.email_codes) == (None, None, False)


def test_without_the_middleware_an_unfinished_account_would_reach_everything(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("accounts.joining.onboarding.unmet_step", lambda _user: None)
    open_key(client)
    assert client.get(HOME).status_code == 200


def test_an_account_of_a_partner_needs_no_questions_and_no_second_factor() -> None:
    user = User.objects.create_user("customer")
    assert next_step(user) == TERMS
    complete = finish_account(User.objects.create_user("other", "other@example.org"))
    complete.email_codes = False
    assert next_step(complete) is None


def test_an_officer_needs_a_second_factor_whatever_the_credential() -> None:
    officer = finish_account(User.objects.create_user("olga", "olga@example.org", role="officer"))
    officer.email_codes = False
    assert next_step(officer) == SECOND


def test_the_accounts_of_the_tests_are_complete() -> None:
    assert next_step(factories.account()) is None
    assert next_step(factories.officer()) is None
    assert len(STEPS) == 6
