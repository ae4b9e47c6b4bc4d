"""What an account's owner is told of its security, and what the link in the e-mail does."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import Message, Recovery, User
from accounts.services import deliver_messages
from accounts.telling import notices
from accounts.telling.events import Kind
from accounts.telling.letters import NOTICES
from lifecycle import clock
from tests import factories
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://[^/]+(/en/account/not-me/\S+)", str(mail.body))
    assert found
    return found[1]


@pytest.mark.parametrize("kind", NOTICES)
def test_every_notice_says_what_and_when_and_names_nobody(kind: str) -> None:
    account = factories.account()
    details = {"effective_at": clock.real_now().isoformat()}
    message = notices.tell_owner(account=account, kind=kind, details=details)
    (mail,) = notices.emails_of(message)
    text = f"{mail.subject} {mail.body}"
    assert f"{NOTICES[kind]}." in text
    assert "24 September 2026 at 09:12:40 UTC" in text
    for personal in (account.username, account.email, AMARA.given_names, AMARA.family_name):
        assert personal not in text


def test_a_notice_is_a_message_in_the_account_that_can_be_read(client: Client) -> None:
    account = factories.account()
    message = notices.tell_owner(account=account, kind=Kind.PASSWORD_CHANGED)
    client.force_login(account)
    page = client.get(f"/en/account/messages/{message.pk}/").content.decode()
    assert "Your password was changed" in page
    assert "24 September 2026 at 09:12:40 UTC, in real time" in page


def test_every_extra_address_is_told_once_and_then_forgotten(
    mailoutbox: list[EmailMessage],
) -> None:
    account = factories.account()
    message = notices.tell_owner(
        account=account, kind=Kind.EMAIL_CHANGED, extra_addresses=["old@example.org"]
    )
    deliver_messages()
    assert [mail.to for mail in mailoutbox] == [[account.email], ["old@example.org"]]
    message.refresh_from_db()
    assert message.also_to is None
    assert deliver_messages() == 0


def test_a_notice_sent_again_after_a_crash_has_the_same_message_ids() -> None:
    account = factories.account()
    message = notices.tell_owner(
        account=account, kind=Kind.EMAIL_CHANGED, extra_addresses=["old@example.org"]
    )
    first = [mail.extra_headers["Message-ID"] for mail in notices.emails_of(message)]
    again = [mail.extra_headers["Message-ID"] for mail in notices.emails_of(Message.objects.get())]
    assert first == again
    assert len(set(first)) == 2


def test_a_closed_account_is_told_at_its_last_address(mailoutbox: list[EmailMessage]) -> None:
    account = factories.account()
    account.email = ""
    account.save()
    notices.tell_owner(account=account, kind="account_closed", extra_addresses=["last@example.org"])
    deliver_messages()
    assert [mail.to for mail in mailoutbox] == [["last@example.org"]]


def test_the_link_changes_nothing_until_its_button_is_pressed(client: Client) -> None:
    owner = Client()
    account = factories.account()
    owner.force_login(account)
    link = _link_of_a_waiting_recovery(account.pk)
    assert client.get(link).status_code == 200
    assert Recovery.objects.get().refused_at is None
    assert owner.get("/en/account/").status_code == 200


def test_the_button_refuses_every_open_way_back_and_ends_every_session(client: Client) -> None:
    account = factories.account()
    intruder = _signed_in(account)
    link = _link_of_a_waiting_recovery(account.pk)
    answer = client.post(link, follow=True)
    assert "Now make your account safe" in answer.content.decode()
    assert Recovery.objects.get().refused_at is not None
    assert intruder.get("/en/account/").status_code == 302


def test_a_report_leaves_other_accounts_alone(client: Client) -> None:
    other = factories.account(BEN)
    theirs = Recovery.objects.create(account=other, lost="factor", effective_at=clock.real_now())
    client.post(_link_of_a_waiting_recovery(factories.account().pk))
    theirs.refresh_from_db()
    assert theirs.refused_at is None


def test_a_tampered_link_is_a_page_that_does_not_exist(client: Client) -> None:
    link = _link_of_a_waiting_recovery(factories.account().pk)
    for forged in (link[:-3] + "xy/", link.replace(":", "", 1), "/en/account/not-me/nothing/"):
        assert client.get(forged).status_code == 404
        assert client.post(forged).status_code == 404
    assert Recovery.objects.get().refused_at is None


def test_a_link_stops_working_after_thirty_days(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    link = _link_of_a_waiting_recovery(factories.account().pk)
    assert client.get(link).status_code == 200
    monkeypatch.setattr(notices, "REPORTABLE", timedelta(seconds=-1))
    assert client.get(link).status_code == 404


def test_the_time_of_a_notice_is_real_however_the_portals_clock_was_moved(
    set_clock: Callable[[datetime], None],
) -> None:
    set_clock(datetime.fromisoformat("2027-01-02T03:04:05+00:00"))
    message = notices.tell_owner(account=factories.account(), kind=Kind.FACTOR_ADDED)
    assert message.details["happened_at"] == "2027-01-02T03:04:05+00:00"


def _signed_in(account: User) -> Client:
    """A browser that signed in."""
    browser = Client()
    browser.force_login(account)
    return browser


def _link_of_a_waiting_recovery(account_id: int) -> str:
    recovery = Recovery.objects.create(
        account_id=account_id, lost="factor", effective_at=clock.real_now() + timedelta(hours=72)
    )
    details = {"effective_at": recovery.effective_at.isoformat()}
    message = notices.tell_owner(account=recovery.account, kind="recovery_waiting", details=details)
    return link_in(next(notices.emails_of(message)))
