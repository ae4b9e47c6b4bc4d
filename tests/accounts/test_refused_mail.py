"""A real mail server refuses some addresses: the others get their e-mails, the refused are tried again, and counted."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core.mail import get_connection

from accounts.models import Message, Recovery, Subscription
from accounts.recovering import recovery
from accounts.recovering.recovery import Lost, send_due
from accounts.services import deliver_messages, post_message
from accounts.telling import notices
from accounts.telling.events import Kind
from accounts.telling.post import WAITS, Post
from draws.public.announcing import announce_rounds
from tests import factories
from tests.factories import AT
from tests.mail_server import MailServer, mail_server
from tests.personas import AMARA, BEN, Persona

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]
NO_SUCH_BOX = "550 5.1.1 no such mailbox"
HOUR = timedelta(hours=1)


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server(settings) as running:
        yield running


def message_to(persona: Persona) -> Message:
    return post_message(
        account_id=factories.account(persona).pk,
        kind="draft_lapsed",
        details={"deadline_at": AT.isoformat()},
        at=AT,
    )


def message_ids(server: MailServer) -> list[str]:
    return [str(message["Message-ID"]) for _to, message in server.taken]


@pytest.mark.parametrize("answer", [NO_SUCH_BOX, "450 4.2.0 greylisted", "452 4.2.2 mailbox full"])
def test_a_refused_address_keeps_no_other_from_its_e_mail(server: MailServer, answer: str) -> None:
    server.answers["amara@example.org"] = answer
    refused, heard = message_to(AMARA), message_to(BEN)
    assert deliver_messages() == 1
    assert server.recipients() == ["ben@example.org"]
    assert server.connections == 1
    refused.refresh_from_db()
    heard.refresh_from_db()
    assert (refused.emailed_at, refused.refusals, refused.try_again_at) == (None, 1, AT + WAITS[0])
    assert (heard.emailed_at, heard.refusals, heard.try_again_at) == (AT, 0, None)


def test_twin_a_plain_sending_of_both_stops_at_the_refused_one(server: MailServer) -> None:
    server.answers["amara@example.org"] = NO_SUCH_BOX
    message_to(AMARA)
    message = notices.tell_owner(account=factories.account(BEN), kind=Kind.PASSWORD_CHANGED)
    to_amara = notices.tell_owner(account=factories.account(AMARA), kind=Kind.PASSWORD_CHANGED)
    with pytest.raises(SMTPRecipientsRefused):
        get_connection().send_messages([*notices.emails_of(to_amara), *notices.emails_of(message)])
    assert server.recipients() == []


def test_the_refused_is_tried_again_when_its_wait_is_over(server: MailServer, set_clock: SetClock) -> None:
    server.answers["amara@example.org"] = NO_SUCH_BOX
    refused = message_to(AMARA)
    deliver_messages()
    server.answers.clear()
    set_clock(AT + WAITS[0] - timedelta(seconds=1))
    assert deliver_messages() == 0
    set_clock(AT + WAITS[0])
    assert deliver_messages() == 1
    refused.refresh_from_db()
    assert (refused.emailed_at, refused.refusals) == (AT + WAITS[0], 1)
    assert deliver_messages() == 0


def test_the_fifth_refusal_is_the_last(
    server: MailServer, set_clock: SetClock, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers["amara@example.org"] = NO_SUCH_BOX
    refused, instant = message_to(AMARA), AT
    for wait in WAITS:
        deliver_messages()
        instant += wait
        set_clock(instant)
    with caplog.at_level(logging.WARNING):
        deliver_messages()
    assert "E-mails were given up" in caplog.text
    refused.refresh_from_db()
    assert (refused.refusals, refused.email_wanted, refused.emailed_at) == (len(WAITS) + 1, False, None)
    connections = server.connections
    set_clock(instant + timedelta(days=30))
    assert deliver_messages() == 0
    assert server.connections == connections


def test_refusals_are_told_in_the_log_by_their_number_and_name_nobody(
    server: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.answers |= {"amara@example.org": NO_SUCH_BOX, "ben@example.org": NO_SUCH_BOX}
    message_to(AMARA)
    message_to(BEN)
    with caplog.at_level(logging.WARNING):
        deliver_messages()
    (told,) = (record for record in caplog.records if "refused e-mails" in record.message)
    assert vars(told)["count"] == 2
    assert "example.org" not in caplog.text


def test_of_a_notice_only_the_refused_address_is_tried_again(server: MailServer, set_clock: SetClock) -> None:
    server.answers["old@example.org"] = NO_SUCH_BOX
    message = notices.tell_owner(
        account=factories.account(),
        kind=Kind.EMAIL_CHANGED,
        extra_addresses=["first@example.org", "old@example.org"],
    )
    assert deliver_messages() == 0
    assert server.recipients() == ["amara@example.org", "first@example.org"]
    server.answers.clear()
    set_clock(AT + WAITS[0])
    assert deliver_messages() == 1
    assert server.recipients()[2:] == ["old@example.org"]
    assert message_ids(server)[2].startswith(f"<{message.key}.2@")
    message.refresh_from_db()
    assert message.also_to is None


def test_an_address_that_is_given_up_is_forgotten(server: MailServer, set_clock: SetClock) -> None:
    server.answers["old@example.org"] = NO_SUCH_BOX
    message = notices.tell_owner(
        account=factories.account(), kind=Kind.EMAIL_CHANGED, extra_addresses=["old@example.org"]
    )
    for day in range(len(WAITS) + 1):
        set_clock(AT + timedelta(days=2 * day))
        deliver_messages()
    message.refresh_from_db()
    assert (message.also_to, message.email_wanted, message.emailed_at) == (None, False, AT)


@pytest.mark.parametrize("answer", ["421 4.3.2 closing", ""])
def test_a_connection_that_breaks_counts_as_no_refusal_and_holds_no_other_up(
    server: MailServer, answer: str
) -> None:
    server.answers["amara@example.org"] = answer
    broken = message_to(AMARA)
    message_to(BEN)
    with pytest.raises(SMTPServerDisconnected):
        deliver_messages()
    assert deliver_messages() == 1
    assert server.recipients() == ["ben@example.org"]
    broken.refresh_from_db()
    assert (broken.refusals, broken.try_again_at, broken.email_wanted) == (0, AT + WAITS[0], True)


def test_a_server_that_is_away_refuses_nobody(server: MailServer, settings: Any) -> None:
    message = message_to(AMARA)
    settings.EMAIL_PORT = 1
    with pytest.raises(ConnectionRefusedError):
        deliver_messages()
    settings.EMAIL_PORT = server.port
    assert deliver_messages() == 1
    message.refresh_from_db()
    assert message.refusals == 0


def test_an_address_that_cannot_be_written_is_refused_here(server: MailServer) -> None:
    factories.account(AMARA, email="amara@exa mple..org")
    message_to(AMARA)
    message_to(BEN)
    assert deliver_messages() == 1
    assert Message.objects.get(refusals=1).account.username == AMARA.username


def test_without_anything_to_send_no_server_is_called(server: MailServer) -> None:
    with Post():
        pass
    assert deliver_messages() == 0
    assert server.connections == 0


# Ways back


def test_a_way_back_that_is_refused_is_tried_again_and_holds_no_other_up(
    server: MailServer, set_clock: SetClock
) -> None:
    server.answers["amara@example.org"] = NO_SUCH_BOX
    for persona in (AMARA, BEN):
        for lost in (Lost.PASSWORD, Lost.USERNAME):
            recovery.ask(account=factories.account(persona), lost=lost)
    assert send_due() == 2
    assert set(server.recipients()) == {"ben@example.org"}
    assert send_due() == 0
    server.answers.clear()
    set_clock(AT + WAITS[0])
    assert send_due() == 2
    assert server.recipients()[2:] == ["amara@example.org"] * 2
    assert not Recovery.objects.filter(mail_due=True).exists()


def test_a_way_back_waits_for_a_server_that_is_away(server: MailServer, settings: Any) -> None:
    recovery.ask(account=factories.account(), lost=Lost.PASSWORD)
    settings.EMAIL_PORT = 1
    assert send_due() == 0
    settings.EMAIL_PORT = server.port
    assert send_due() == 1


# Rounds


def subscribe(email: str) -> Subscription:
    return Subscription.objects.create(email=email, language="en", confirmed_at=AT)


def test_a_refused_subscriber_hears_of_the_round_later_and_holds_no_other_up(
    server: MailServer, set_clock: SetClock
) -> None:
    refused, _heard = subscribe("gone@example.org"), subscribe("reader@example.org")
    server.answers[refused.email] = NO_SUCH_BOX
    factories.published_round(number=448, at=AT + HOUR)
    assert announce_rounds(at=AT + 2 * HOUR) == 1
    assert server.recipients() == ["reader@example.org"]
    refused.refresh_from_db()
    assert (refused.refusals, refused.last_round) == (1, 0)
    server.answers.clear()
    set_clock(AT + WAITS[0])
    assert announce_rounds(at=AT + 2 * HOUR) == 1
    refused.refresh_from_db()
    assert (refused.refusals, refused.last_round, refused.try_again_at) == (0, 448, None)


def test_a_subscriber_who_is_always_refused_costs_one_try_a_round(
    server: MailServer, set_clock: SetClock
) -> None:
    refused = subscribe("gone@example.org")
    server.answers[refused.email] = NO_SUCH_BOX
    factories.published_round(number=448, at=AT + HOUR)
    for day in range(10):
        set_clock(AT + timedelta(days=2 * day))
        announce_rounds(at=AT + 2 * HOUR)
    refused.refresh_from_db()
    assert (refused.refusals, refused.last_round) == (len(WAITS) + 1, 448)
    factories.published_round(number=449, at=AT + 3 * HOUR)
    announce_rounds(at=AT + 4 * HOUR)
    announce_rounds(at=AT + 5 * HOUR)
    refused.refresh_from_db()
    assert (refused.refusals, refused.last_round) == (len(WAITS) + 2, 449)
