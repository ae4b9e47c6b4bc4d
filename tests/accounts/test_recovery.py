"""Ways back for a forgotten password and forgotten answers: what they take, what is told, how they are refused."""

from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from accounts.models import Recovery, User
from accounts.recovering import recovery
from accounts.recovering.recovery import Lost, WayBackOver, send_due
from accounts.recovering.recovery_questions import question_for
from accounts.telling.post import WAITS
from lifecycle import clock
from tests import factories
from tests.accounts.ways import (
    ANSWERS,
    NEW_PASSWORD,
    WAYS,
    bare,
    code_in,
    events_of,
    owner,
    says,
    sign,
    told_of,
    with_app,
)
from tests.personas import AMARA, BEN
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db

Outbox = list[EmailMessage]
BOTH = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}


# Forgotten password


def test_a_forgotten_password_is_replaced_after_code_and_all_answers(
    client: Client, mailoutbox: Outbox
) -> None:
    account = owner()
    says(client, "password", username=account.username.upper())
    assert "recovery questions" in says(client, "password", code=code_in(mailoutbox))
    assert "Choose a new password" in says(client, "password", **ANSWERS)
    assert "Your new password is set" in says(client, "password", **BOTH)
    account.refresh_from_db()
    assert account.check_password(NEW_PASSWORD)
    assert told_of("recovery_asked")
    assert told_of("password_changed")
    assert (events_of("recovery_asked"), events_of("recovery_done"), events_of("password_changed")) == (
        1,
        1,
        1,
    )


def test_a_new_password_ends_every_session(client: Client, mailoutbox: Outbox) -> None:
    account = owner()
    elsewhere = Client()
    elsewhere.force_login(account)
    assert elsewhere.get("/en/account/").status_code == 200
    _to_new_password(client, mailoutbox)
    says(client, "password", **BOTH)
    assert elsewhere.get("/en/account/").status_code == 302


def test_whoever_walks_it_while_signed_in_is_signed_out_as_well(client: Client, mailoutbox: Outbox) -> None:
    client.force_login(owner())
    _to_new_password(client, mailoutbox)
    assert "Your new password is set" in says(client, "password", **BOTH)
    assert client.get("/en/account/").status_code == 302


def test_an_account_with_an_app_must_show_it_or_a_recovery_code_too(
    client: Client, mailoutbox: Outbox
) -> None:
    account = owner()
    codes = with_app(account)
    says(client, "password", username=account.username)
    says(client, "password", code=code_in(mailoutbox))
    assert "Show your second factor" in says(client, "password", **ANSWERS)
    assert "This code is not right" in says(client, "password", code="123456")
    assert "Choose a new password" in says(client, "password", code=codes[0])


@pytest.mark.parametrize("wrong", ["", "000000", "not a code", "１２３４５６", "\x00"])
def test_a_wrong_code_leads_no_further(client: Client, mailoutbox: Outbox, wrong: str) -> None:
    account = owner()
    says(client, "password", username=account.username)
    right = code_in(mailoutbox)
    page = says(client, "password", code=wrong if wrong != right else "999999")
    assert "Type the code from the e-mail" in page


def test_one_wrong_answer_of_three_leads_no_further_and_is_not_named(
    client: Client, mailoutbox: Outbox
) -> None:
    says(client, "password", username=owner().username)
    says(client, "password", code=code_in(mailoutbox))
    page = says(client, "password", **ANSWERS | {"answer_2": "wrong"})
    assert "Not every answer is right" in page
    assert "Choose a new password" not in page


def test_no_step_can_be_skipped(client: Client) -> None:
    account = owner()
    says(client, "password", username=account.username)
    for typed in (ANSWERS, BOTH, {"password1": NEW_PASSWORD}):
        assert "Type the code from the e-mail" in says(client, "password", **typed)
    account.refresh_from_db()
    assert account.check_password(factories.PASSWORD)


def test_a_weak_new_password_is_refused_with_the_reason(client: Client, mailoutbox: Outbox) -> None:
    owner()
    _to_new_password(client, mailoutbox)
    assert "too common" in says(client, "password", password1="password1", password2="password1")


def test_an_unknown_username_gets_the_same_pages(client: Client) -> None:
    owner()
    stranger = Client()
    known = says(client, "password", username=AMARA.username)
    unknown = says(stranger, "password", username="nobody-at-all")
    assert bare(known) == bare(unknown)
    assert bare(says(client, "password", code="000000")) == bare(says(stranger, "password", code="000000"))
    again = {"again": "yes"}
    assert bare(says(client, "password", **again)) == bare(says(stranger, "password", **again))


def test_whoever_mistyped_the_username_can_begin_anew(client: Client) -> None:
    says(client, "password", username="nobody-at-all")
    assert "Which account is it?" in says(client, "password", anew="yes")


def test_an_unknown_username_is_sent_nothing(client: Client, mailoutbox: Outbox) -> None:
    says(client, "password", username="nobody-at-all")
    send_due()
    assert mailoutbox == []


def test_an_address_that_the_mail_server_refuses_holds_no_other_up(
    client: Client,
    mailoutbox: Outbox,
    monkeypatch: pytest.MonkeyPatch,
    set_clock: Callable[[datetime], None],
) -> None:
    owner(AMARA, email="refused@example.org")
    owner(BEN)
    really = EmailBackend.send_messages

    def refusing(self: EmailBackend, messages: list[EmailMessage]) -> int:
        if messages[0].to == ["refused@example.org"]:
            raise SMTPRecipientsRefused({})
        return int(really(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", refusing)
    for person in (AMARA, BEN):
        says(client, "password", username=person.username)
        says(client, "password", anew="yes")
        client.post(f"{WAYS}username/", {"email": "refused@example.org"})
    assert send_due() == 1
    assert [mail.to for mail in mailoutbox] == [["ben@example.org"]]
    assert Recovery.objects.filter(mail_due=True).count() == 3
    monkeypatch.undo()
    set_clock(factories.AT + WAITS[0] - timedelta(seconds=1))
    assert send_due() == 0
    set_clock(factories.AT + WAITS[0])
    assert send_due() == 3


def test_a_refused_way_back_leads_no_further(client: Client, mailoutbox: Outbox) -> None:
    account = owner()
    _to_new_password(client, mailoutbox)
    signed_in = Client()
    signed_in.force_login(account)
    page = signed_in.get("/en/account/settings/").content.decode()
    assert "Forgotten password" in page
    signed_in.post(f"/en/account/settings/ways-back/{Recovery.objects.get().pk}/refuse/")
    answer = client.post(f"{WAYS}password/", BOTH)
    assert answer.status_code == 404
    account.refresh_from_db()
    assert account.check_password(factories.PASSWORD)
    assert events_of("recovery_refused") == 1


def test_an_hour_is_all_that_it_lasts(
    client: Client, mailoutbox: Outbox, set_clock: Callable[[datetime], None]
) -> None:
    account = owner()
    _to_new_password(client, mailoutbox)
    set_clock(clock.real_now() + timedelta(hours=1))
    assert client.post(f"{WAYS}password/", BOTH).status_code == 404
    account.refresh_from_db()
    assert account.check_password(factories.PASSWORD)


def test_another_account_cannot_refuse_it(client: Client) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.PASSWORD)
    client.force_login(factories.account(BEN))
    assert client.post(f"/en/account/settings/ways-back/{asked.pk}/refuse/").status_code == 404
    asked.refresh_from_db()
    assert asked.refused_at is None


def test_the_sixth_way_back_in_an_hour_is_refused_for_known_and_unknown_alike(client: Client) -> None:
    owner()
    for typed in (AMARA.username, "nobody-at-all"):
        answers = [Client().post(f"{WAYS}password/", {"username": typed}).status_code for _try in range(6)]
        assert answers == [302] * 5 + [429]


@pytest.mark.parametrize("state", [{"is_active": False}, {"details_at": None}, {"email": ""}])
def test_a_closed_account_or_one_without_a_proved_address_has_no_way_back(
    client: Client, mailoutbox: Outbox, state: dict[str, Any]
) -> None:
    account = owner()
    User.objects.filter(pk=account.pk).update(**state)
    says(client, "password", username=account.username)
    send_due()
    assert mailoutbox == []


@pytest.mark.django_db(transaction=True)
def test_of_twenty_who_use_a_way_back_at_once_one_sets_the_password() -> None:
    account = owner()
    asked = recovery.ask(account=account, lost=Lost.PASSWORD)

    def use(number: int) -> Callable[[], object]:
        return lambda: recovery.replace_password(asked=asked, password=f"{NEW_PASSWORD} {number}")

    results = at_once(*[use(number) for number in range(20)])
    assert results.count(None) == 1
    assert sum(isinstance(result, WayBackOver) for result in results) == 19
    assert events_of("password_changed") == 1


@pytest.mark.django_db(transaction=True)
def test_a_refusal_and_a_use_at_once_are_never_both() -> None:
    asked = recovery.ask(account=owner(), lost=Lost.PASSWORD)
    at_once(
        *[lambda: recovery.refuse(asked=Recovery.objects.get(pk=asked.pk))] * 5,
        *[lambda: recovery.replace_password(asked=asked, password=NEW_PASSWORD)] * 5,
    )
    asked.refresh_from_db()
    assert (asked.refused_at is None) != (asked.done_at is None)


def test_without_the_check_for_a_second_use_both_would_win(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.PASSWORD)
    monkeypatch.setattr(recovery, "is_ripe", lambda _asked: True)
    monkeypatch.setattr(recovery, "_open_rows", lambda one: Recovery.objects.filter(pk=one.pk))
    for number in range(2):
        recovery.replace_password(asked=asked, password=f"{NEW_PASSWORD} {number}")
    assert events_of("password_changed") == 2


# Forgotten answers


def test_forgotten_answers_are_replaced_with_password_and_second_factor(
    client: Client, mailoutbox: Outbox
) -> None:
    account = owner()
    assert "Show your second factor" in sign(client, "answers", account)
    assert "Choose new recovery questions" in says(client, "answers", code=code_in(mailoutbox))
    page = says(client, "answers", **_new_questions())
    assert "Your new recovery questions are set" in page
    question = question_for(account)
    assert question is not None
    assert question.hint.startswith("new hint")
    assert told_of("questions_changed")


@pytest.mark.parametrize("way", ["answers", "second-factor", "e-mail"])
def test_a_wrong_password_leads_no_further_and_says_no_more_than_at_sign_in(client: Client, way: str) -> None:
    account = owner()
    wrong = says(client, way, username=account.username, password="wrong password")
    unknown = says(Client(), way, username="nobody-at-all", password="wrong password")
    assert "The username or the password is not right" in wrong
    assert bare(wrong.replace(account.username, "x")) == bare(unknown.replace("nobody-at-all", "x"))


def test_answers_are_not_replaced_without_the_second_factor(client: Client) -> None:
    account = owner()
    sign(client, "answers", account)
    assert "Show your second factor" in says(client, "answers", **_new_questions())
    assert "This code is not right" in says(client, "answers", code="000000")


def _to_new_password(client: Client, mailoutbox: Outbox) -> None:
    says(client, "password", username=AMARA.username)
    says(client, "password", code=code_in(mailoutbox))
    assert "Choose a new password" in says(client, "password", **ANSWERS)


def _new_questions() -> dict[str, Any]:
    return {
        f"q{number}-{name}": value
        for number in (1, 2, 3)
        for name, value in (
            ("question", str(number)),
            ("answer", f"something new {number}"),
            ("hint", f"new hint {number}"),
            ("own", ""),
        )
    }
