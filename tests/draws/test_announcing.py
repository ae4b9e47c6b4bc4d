"""One e-mail a published round to each confirmed subscription, in its language, with one click to leave."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Subscription
from accounts.telling.post import WAITS
from draws import services
from draws.models import Round
from draws.public.announcing import SETTLED, announce_rounds, email_about
from tests import factories
from tests.draws.desk import planned_round
from tests.factories import AT
from tests.personas import AMARA, BEN
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def subscribed(
    email: str = "reader@example.org", *, at: datetime | None = AT, language: str = "en"
) -> Subscription:
    return Subscription.objects.create(email=email, language=language, confirmed_at=at)


def recipients() -> list[tuple[str, str]]:
    return [(message.to[0], str(message.subject)) for message in mail.outbox]


def test_each_subscriber_hears_once_of_a_round() -> None:
    readers = [subscribed(f"reader{number}@example.org") for number in range(3)]
    held = factories.published_round(number=448, at=AT + HOUR)
    assert announce_rounds(at=AT + 2 * HOUR) == 3
    assert announce_rounds(at=AT + 3 * HOUR) == 0
    assert recipients() == [(reader.email, "Round 448 was published (simulation)") for reader in readers]
    assert set(Subscription.objects.values_list("last_round", flat=True)) == {held.number}


def test_the_e_mail_gives_the_rounds_figures_and_where_to_read_all_of_it() -> None:
    for person in (AMARA, BEN):
        factories.profile(person)
    subscribed()
    factories.published_round(number=448, at=AT + HOUR, size=2)
    announce_rounds(at=AT + 2 * HOUR)
    body = str(mail.outbox[0].body)
    for line in (
        "Round: 448",
        "Held: 24 September 2026 at 10:12:40 UTC",
        "Kind: General",
        "Invitations: 2",
        f"Lowest score invited: {Round.objects.get().cutoff}",
        "Tie-break: 24 September 2026 at 09:12:40 UTC",
        "/en/rounds/448/",
    ):
        assert line in body


def test_a_round_that_invited_nobody_has_no_cut_off() -> None:
    subscribed()
    factories.published_round(number=448, at=AT + HOUR)
    announce_rounds(at=AT + 2 * HOUR)
    assert "Invitations: 0" in str(mail.outbox[0].body)
    assert "Lowest score" not in str(mail.outbox[0].body)


def test_a_french_reader_is_led_to_french_pages() -> None:
    subscribed(language="fr")
    factories.published_round(number=448, at=AT + HOUR)
    announce_rounds(at=AT + 2 * HOUR)
    assert "/fr/rounds/448/" in str(mail.outbox[0].body)
    assert "/fr/rounds/updates/stop/" in mail.outbox[0].extra_headers["List-Unsubscribe"]


def test_one_click_leaves_by_the_headers_of_the_e_mail(client: Client) -> None:
    subscribed()
    factories.published_round(number=448, at=AT + HOUR)
    announce_rounds(at=AT + 2 * HOUR)
    sent = mail.outbox[0].message()
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(sent["List-Unsubscribe"])
    assert (link[0], link[-1], link.count("\n")) == ("<", ">", 0)
    assert link[1:-1] in str(mail.outbox[0].body)
    path = "/" + link[1:-1].split("/", 3)[3]
    assert Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    factories.published_round(number=449, at=AT + 3 * HOUR)
    assert announce_rounds(at=AT + 4 * HOUR) == 0


def test_who_has_not_confirmed_or_confirmed_later_hears_nothing_of_it() -> None:
    subscribed("waiting@example.org", at=None)
    subscribed("late@example.org", at=AT + 2 * HOUR)
    factories.published_round(number=448, at=AT + HOUR)
    assert announce_rounds(at=AT + 3 * HOUR) == 0
    factories.published_round(number=449, at=AT + 4 * HOUR)
    assert announce_rounds(at=AT + 5 * HOUR) == 1
    assert recipients() == [("late@example.org", "Round 449 was published (simulation)")]


def test_a_round_that_is_not_published_is_told_to_nobody() -> None:
    subscribed()
    planned = planned_round()
    services.queue(planned=planned, officer_id=factories.officer().pk, at=AT + HOUR)
    services.run(round_id=planned.pk, at=AT + HOUR)
    assert announce_rounds(at=AT + 2 * HOUR) == 0


def test_rounds_are_told_in_the_order_of_their_publication_whatever_their_numbers() -> None:
    subscribed()
    factories.published_round(number=449, at=AT + HOUR)
    factories.published_round(number=448, at=AT + 2 * HOUR)
    assert announce_rounds(at=AT + 3 * HOUR) == 2
    assert [subject.split()[1] for _to, subject in recipients()] == ["449", "448"]
    assert announce_rounds(at=AT + 4 * HOUR) == 0


def test_a_round_waits_until_no_earlier_publication_can_still_be_on_its_way() -> None:
    subscribed()
    factories.published_round(number=448, at=AT + HOUR)
    assert announce_rounds(at=AT + HOUR + SETTLED - timedelta(microseconds=1)) == 0
    assert announce_rounds(at=AT + HOUR + SETTLED) == 1


def test_a_crash_after_sending_sends_again_with_the_same_message_id(
    monkeypatch: pytest.MonkeyPatch, set_clock: Callable[[datetime], None]
) -> None:
    subscribed()
    factories.published_round(number=448, at=AT + HOUR)
    really = EmailBackend.send_messages

    def dies_after_sending(self: EmailBackend, messages: Any) -> int:
        really(self, messages)
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", dies_after_sending)
        with pytest.raises(SMTPServerDisconnected):
            announce_rounds(at=AT + 2 * HOUR)
    set_clock(AT + WAITS[0])
    assert announce_rounds(at=AT + 3 * HOUR) == 1
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_an_address_that_is_refused_keeps_nobody_else_from_the_updates(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused, heard = subscribed("gone@example.org"), subscribed()
    factories.published_round(number=448, at=AT + HOUR)
    really = EmailBackend.send_messages

    def refuses_one(self: EmailBackend, messages: Any) -> int:
        if messages[0].to == [refused.email]:
            raise SMTPRecipientsRefused({})
        return int(really(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", refuses_one)
    assert announce_rounds(at=AT + 2 * HOUR) == 1
    assert [to for to, _subject in recipients()] == [heard.email]


def test_different_readers_and_rounds_have_different_message_ids() -> None:
    readers = [subscribed(), subscribed("other@example.org")]
    rounds = [factories.published_round(number=number, at=AT + number * HOUR) for number in (1, 2)]
    mails = [email_about(held, reader) for held in rounds for reader in readers]
    assert len({message.extra_headers["Message-ID"] for message in mails}) == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_runs_at_the_same_time_send_once_and_without_their_lock_several_times(
    monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    for number in range(5):
        subscribed(f"reader{number}@example.org")
    factories.published_round(number=448, at=AT + HOUR)
    really = EmailBackend.send_messages

    def slowly(self: EmailBackend, messages: Any) -> int:
        time.sleep(0.05)
        return int(really(self, messages))

    monkeypatch.setattr(EmailBackend, "send_messages", slowly)
    if not guarded:
        monkeypatch.setattr("lifecycle.jobs.only_one", lambda _job: nullcontext(True))
    at_once(*[lambda: announce_rounds(at=AT + 2 * HOUR)] * 4)
    assert (len(mail.outbox) == 5) is guarded


def test_asking_what_is_due_costs_the_same_however_many_subscribe_and_rounds_there_were() -> None:
    subscribed()
    factories.published_round(number=1, at=AT + HOUR)
    announce_rounds(at=AT + 2 * HOUR)
    before = queries_of_a_quiet_run()
    for number in range(5):
        subscribed(f"r{number}@example.org", at=AT + 9 * HOUR)
        factories.published_round(number=10 + number, at=AT + 3 * HOUR + number * timedelta(minutes=1))
    announce_rounds(at=AT + 4 * HOUR)
    assert queries_of_a_quiet_run() == before


def queries_of_a_quiet_run() -> int:
    with CaptureQueriesContext(connection) as captured:
        assert announce_rounds(at=AT + 8 * HOUR) == 0
    return len(captured)
