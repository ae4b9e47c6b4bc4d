"""Ways back for a lost second factor: every proof, and 72 hours in which the owner can refuse."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts import services
from accounts.factors.second_factors import Way, ways_of
from accounts.models import Message, Recovery
from accounts.recovering import recovery
from accounts.recovering.recovery import Lost, WayBackOver
from lifecycle import clock
from tests import factories
from tests.accounts.ways import (
    ANSWERS,
    WAYS,
    code_in,
    owner,
    says,
    sign,
    told_of,
    with_app,
)
from tests.personas import AMARA
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db

Outbox = list[EmailMessage]


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


def test_the_owner_hears_of_the_wait_at_its_start_and_each_day_however_often_the_job_runs(
    set_clock: Callable[[datetime], None], mailoutbox: Outbox
) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.FACTOR)
    for hours in range(24 * 7):
        set_clock(asked.asked_at + timedelta(hours=hours))
        for _run in range(3):
            recovery.tell_of_waits()
    services.deliver_messages()
    told = Message.objects.filter(kind__startswith="notice_recovery").order_by("pk")
    again = "notice_recovery_still_waiting"
    assert [message.kind for message in told] == ["notice_recovery_waiting", again, again]
    assert len(mailoutbox) == 3
    assert "the second factor of your account can be replaced" in str(mailoutbox[-1].body)
    assert AMARA.username not in str(mailoutbox[-1].body)


def test_a_day_less_a_second_after_the_last_time_nobody_is_told_again(
    set_clock: Callable[[datetime], None],
) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.MAILBOX)
    set_clock(asked.asked_at + timedelta(hours=24, seconds=-1))
    assert recovery.tell_of_waits() == 0
    set_clock(asked.asked_at + timedelta(hours=30))
    assert recovery.tell_of_waits() == 1
    set_clock(asked.asked_at + timedelta(hours=53))
    assert recovery.tell_of_waits() == 0


def test_what_is_told_again_says_when_it_was_asked_for_and_until_when_it_can_be_refused(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    account = owner()
    asked = recovery.ask(account=account, lost=Lost.FACTOR)
    set_clock(asked.asked_at + timedelta(days=1))
    recovery.tell_of_waits()
    client.force_login(account)
    message = Message.objects.get(kind="notice_recovery_still_waiting")
    page = client.get(f"/en/account/messages/{message.pk}/").content.decode()
    assert "24 September 2026 at 09:12:40 UTC" in page
    assert "27 September 2026 at 09:12:40 UTC" in page


def test_moving_the_portals_clock_tells_nobody(move_clock: Callable[[datetime], None]) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.FACTOR)
    move_clock(asked.asked_at + timedelta(days=2))
    assert recovery.tell_of_waits() == 0


def test_a_refused_way_back_is_told_of_no_more(set_clock: Callable[[datetime], None]) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.FACTOR)
    recovery.refuse(asked=asked)
    set_clock(asked.asked_at + timedelta(days=1))
    assert recovery.tell_of_waits() == 0


def test_a_way_back_without_a_wait_is_told_of_once(set_clock: Callable[[datetime], None]) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.PASSWORD)
    set_clock(asked.asked_at + timedelta(days=1))
    assert recovery.tell_of_waits() == 0


@pytest.mark.django_db(transaction=True)
def test_ten_jobs_at_once_tell_an_owner_once(set_clock: Callable[[datetime], None]) -> None:
    asked = recovery.ask(account=owner(), lost=Lost.FACTOR)
    set_clock(asked.asked_at + timedelta(days=1))
    told = at_once(*[recovery.tell_of_waits] * 10)
    assert sorted(map(str, told)) == ["0"] * 9 + ["1"]
    assert Message.objects.filter(kind="notice_recovery_still_waiting").count() == 1


def test_without_the_day_between_every_run_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    recovery.ask(account=owner(), lost=Lost.FACTOR)
    monkeypatch.setattr(recovery, "TELL_EVERY", timedelta(0))
    assert [recovery.tell_of_waits() for _run in range(3)] == [1, 1, 1]


def _prove_all_but_the_factor(client: Client, mailoutbox: Outbox) -> None:
    sign(client, "second-factor", factories.account())
    says(client, "second-factor", code=code_in(mailoutbox))
    assert "not right" not in says(client, "second-factor", **ANSWERS)


def _prove_by_recovery_code(client: Client, code: str) -> None:
    sign(client, "e-mail", factories.account())
    says(client, "e-mail", code=code)
    assert "not right" not in says(client, "e-mail", **ANSWERS)
