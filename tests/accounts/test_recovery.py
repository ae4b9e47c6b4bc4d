"""Each way back into an account: what it takes, what its owner is told, and how it is refused."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts import recovery, recovery_mail
from accounts.models import AccountEvent, Message, Recovery
from accounts.recovery import Lost, WayBackOver, send_due
from accounts.recovery_questions import question_for
from accounts.second_factors import Way, ways_of
from lifecycle import clock
from tests import factories
from tests.accounts.ways import ANSWERS, NEW_PASSWORD, WAYS, code_in, owner, says, sign, with_app
from tests.personas import AMARA, BEN
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db

Outbox = list[EmailMessage]
BOTH = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}


def events_of(kind: str) -> int:
    return AccountEvent.objects.filter(kind=kind).count()


def told_of(kind: str) -> bool:
    return Message.objects.filter(kind=f"notice_{kind}").exists()


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
    assert _bare(known) == _bare(unknown)
    assert _bare(says(client, "password", code="000000")) == _bare(says(stranger, "password", code="000000"))
    again = {"again": "yes"}
    assert _bare(says(client, "password", **again)) == _bare(says(stranger, "password", **again))


def test_whoever_mistyped_the_username_can_begin_anew(client: Client) -> None:
    says(client, "password", username="nobody-at-all")
    assert "Which account is it?" in says(client, "password", anew="yes")


def test_an_unknown_username_is_sent_nothing(client: Client, mailoutbox: Outbox) -> None:
    says(client, "password", username="nobody-at-all")
    send_due()
    assert mailoutbox == []


def test_an_address_that_the_mail_server_refuses_holds_no_other_up(
    client: Client, mailoutbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner(AMARA, email="refused@example.org")
    owner(BEN)
    send = EmailMessage.send

    def refusing(mail: EmailMessage, fail_silently: bool = False) -> int:
        if mail.to == ["refused@example.org"]:
            raise ConnectionRefusedError
        return send(mail, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", refusing)
    for person in (AMARA, BEN):
        says(client, "password", username=person.username)
        says(client, "password", anew="yes")
        client.post(f"{WAYS}username/", {"email": "refused@example.org"})
    assert send_due() == 1
    assert [mail.to for mail in mailoutbox] == [["ben@example.org"]]
    assert Recovery.objects.filter(mail_due=True).count() == 3
    monkeypatch.undo()
    monkeypatch.setattr("lifecycle.clock.real_now", lambda: factories.AT)
    assert send_due() == 3


def test_known_and_unknown_usernames_take_the_same_time_within_the_noise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    account = owner()
    monkeypatch.setattr("accounts.way_back_proofs.within", lambda *_anything: True)
    taken: dict[str, list[float]] = {account.username: [], "nobody-at-all": []}
    for _try in range(25):
        for username, seconds in taken.items():
            client = Client()
            client.get(f"{WAYS}password/")
            begun = perf_counter()
            client.post(f"{WAYS}password/", {"username": username})
            seconds.append(perf_counter() - begun)
    known, unknown = (median(seconds) for seconds in taken.values())
    assert abs(known - unknown) < 0.020, (known, unknown)


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


def test_a_closed_account_has_no_way_back(client: Client, mailoutbox: Outbox) -> None:
    account = owner()
    account.is_active = False
    account.save()
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
    assert _bare(wrong.replace(account.username, "x")) == _bare(unknown.replace("nobody-at-all", "x"))


def test_answers_are_not_replaced_without_the_second_factor(client: Client) -> None:
    account = owner()
    sign(client, "answers", account)
    assert "Show your second factor" in says(client, "answers", **_new_questions())
    assert "This code is not right" in says(client, "answers", code="000000")


# Lost second factor


def test_a_lost_app_is_replaced_after_all_proofs_and_72_hours(
    client: Client, mailoutbox: Outbox, set_clock: Callable[[datetime], None]
) -> None:
    account = owner()
    with_app(account)
    _prove_all_but_the_factor(client, mailoutbox)
    assert told_of("recovery_waiting")
    page = client.get(f"{WAYS}second-factor/").content.decode()
    assert "27 September 2026, 09:12:40 UTC" in page
    client.post(f"{WAYS}second-factor/")
    assert Way.APP in ways_of(account)
    set_clock(clock.real_now() + timedelta(hours=72))
    later = Client()
    _prove_all_but_the_factor(later, mailoutbox)
    assert "Codes by e-mail are your second factor now" in says(later, "second-factor")
    account.refresh_from_db()
    assert ways_of(account) == [Way.EMAIL]
    assert told_of("recovery_done")


def test_asking_again_does_not_begin_the_wait_anew_nor_shorten_it(client: Client, mailoutbox: Outbox) -> None:
    with_app(owner())
    _prove_all_but_the_factor(client, mailoutbox)
    _prove_all_but_the_factor(Client(), mailoutbox)
    assert Recovery.objects.count() == 1


def test_a_second_before_the_wait_is_over_nothing_is_replaced(
    client: Client, mailoutbox: Outbox, set_clock: Callable[[datetime], None]
) -> None:
    account = owner()
    with_app(account)
    asked = recovery.ask(account=account, lost=Lost.FACTOR)
    set_clock(asked.effective_at - timedelta(seconds=1))
    with pytest.raises(WayBackOver):
        recovery.replace_factor(asked=asked)
    assert Way.APP in ways_of(account)


def test_the_owner_refuses_during_the_wait_and_nothing_is_replaced(
    set_clock: Callable[[datetime], None],
) -> None:
    account = owner()
    with_app(account)
    asked = recovery.ask(account=account, lost=Lost.FACTOR)
    assert recovery.refuse(asked=asked)
    set_clock(asked.effective_at)
    asked.refresh_from_db()
    with pytest.raises(WayBackOver):
        recovery.replace_factor(asked=asked)
    assert Way.APP in ways_of(account)


def test_a_lost_mailbox_is_replaced_after_recovery_codes_answers_and_the_wait(
    client: Client, mailoutbox: Outbox, set_clock: Callable[[datetime], None]
) -> None:
    account = owner()
    codes = with_app(account)
    _prove_by_recovery_code(client, codes[0])
    assert "72 hours" in client.get(f"{WAYS}e-mail/").content.decode()
    set_clock(clock.real_now() + timedelta(hours=72))
    later = Client()
    _prove_by_recovery_code(later, codes[1])
    says(later, "e-mail", email="new@example.org")
    assert "Your new e-mail address is set" in says(later, "e-mail", code=code_in(mailoutbox))
    old = account.email
    account.refresh_from_db()
    assert account.email == "new@example.org"
    assert Message.objects.get(kind="notice_email_changed").also_to == [old]


# Forgotten username


def test_a_username_is_shown_behind_the_link_after_the_answer_once(
    client: Client, mailoutbox: Outbox
) -> None:
    account = owner()
    link = _username_link(client, mailoutbox)
    assert account.username not in client.get(link).content.decode()
    question = question_for(account)
    assert question is not None
    right = ANSWERS[f"answer_{question.number}"]
    wrong = client.post(link, {f"answer_{question.number}": "wrong"}).content.decode()
    assert "This is not the answer" in wrong
    assert account.username not in wrong
    shown = client.post(link, {f"answer_{question.number}": right}).content.decode()
    assert account.username in shown
    assert client.post(link, {f"answer_{question.number}": right}).status_code == 404
    assert told_of("recovery_done")


def test_the_email_names_nobody_and_says_how_many(client: Client, mailoutbox: Outbox) -> None:
    account = owner()
    _username_link(client, mailoutbox)
    body = str(mailoutbox[-1].body)
    assert "There is 1 account" in body
    for personal in (account.username, AMARA.given_names, AMARA.family_name):
        assert personal not in body


def test_an_unknown_address_gets_the_same_page_and_no_email(client: Client, mailoutbox: Outbox) -> None:
    owner()
    known = client.post(f"{WAYS}username/", {"email": "amara@example.org"}, follow=True)
    unknown = Client().post(f"{WAYS}username/", {"email": "nobody@example.org"}, follow=True)
    assert _bare(known.content.decode()) == _bare(unknown.content.decode())
    send_due()
    assert [mail.to for mail in mailoutbox] == [["amara@example.org"]]


def test_tampered_and_expired_links_to_a_username_show_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch, mailoutbox: Outbox
) -> None:
    owner()
    link = _username_link(client, mailoutbox)
    for forged in (link[:-2] + "x/", link.replace(":", ";", 1), f"{WAYS}username/1:abc:def/"):
        assert client.get(forged).status_code == 404
    monkeypatch.setattr(recovery, "HOUR", timedelta(seconds=-1))
    assert client.get(link).status_code == 404


def test_a_link_to_a_username_opens_no_other_way_back(client: Client) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.PASSWORD)
    assert client.get(f"{WAYS}username/{recovery_mail.token_of(asked)}/").status_code == 404


def test_an_unknown_way_back_is_a_page_that_does_not_exist(client: Client) -> None:
    assert client.get(f"{WAYS}nothing/").status_code == 404
    page = client.get(WAYS).content.decode()
    assert "What cannot be recovered" in page


def _to_new_password(client: Client, mailoutbox: Outbox) -> None:
    says(client, "password", username=AMARA.username)
    says(client, "password", code=code_in(mailoutbox))
    assert "Choose a new password" in says(client, "password", **ANSWERS)


def _prove_all_but_the_factor(client: Client, mailoutbox: Outbox) -> None:
    sign(client, "second-factor", factories.account())
    says(client, "second-factor", code=code_in(mailoutbox))
    assert "not right" not in says(client, "second-factor", **ANSWERS)


def _prove_by_recovery_code(client: Client, code: str) -> None:
    sign(client, "e-mail", factories.account())
    says(client, "e-mail", code=code)
    assert "not right" not in says(client, "e-mail", **ANSWERS)


def _username_link(client: Client, mailoutbox: Outbox) -> str:
    client.post(f"{WAYS}username/", {"email": "amara@example.org"})
    send_due()
    found = re.search(r"http://[^/]+(/\S+)", str(mailoutbox[-1].body))
    assert found
    return found[1]


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


def _bare(page: str) -> str:
    """A page without what differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
