"""E-mail updates about rounds: asked for, confirmed by a link, left by a link. Nobody learns who gets them."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Subscription
from accounts.tasks import forget_unconfirmed_subscriptions
from accounts.telling import subscriptions
from accounts.telling.subscriptions import Purpose
from tests import factories
from tests.factories import AT
from tests.personas import AMARA
from tests.profiles.reading import filled_in, words_of

pytestmark = pytest.mark.django_db
UPDATES = "/en/rounds/updates/"
DAY = timedelta(days=1)


def ask(client: Client, email: str = "reader@example.org", language: str = "en") -> Any:
    return client.post(f"/{language}/rounds/updates/", {"email": email})


def link_in_the_newest_mail() -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def confirmed(client: Client, email: str = "reader@example.org") -> Subscription:
    ask(client, email)
    client.post(link_in_the_newest_mail())
    return Subscription.objects.get(email=email)


def stop_link(subscription: Subscription) -> str:
    return f"{UPDATES}stop/{subscriptions.token_of(subscription, Purpose.STOP)}/"


def test_the_updates_begin_with_the_button_behind_the_link(client: Client) -> None:
    assert ask(client).headers["Location"] == f"{UPDATES}asked/"
    assert mail.outbox[0].to == ["reader@example.org"]
    page = client.get(link_in_the_newest_mail())
    assert "Get e-mail updates about rounds?" in words_of(page)
    assert Subscription.objects.get().confirmed_at is None
    done = client.post(link_in_the_newest_mail(), follow=True)
    assert "You get the e-mail updates about rounds" in words_of(done)
    assert Subscription.objects.get().confirmed_at == AT


def test_a_mail_scanner_that_opens_every_link_begins_and_ends_nothing(client: Client) -> None:
    ask(client)
    client.get(link_in_the_newest_mail())
    client.head(link_in_the_newest_mail())
    assert Subscription.objects.get().confirmed_at is None
    reader = confirmed(client)
    client.get(stop_link(reader))
    client.head(stop_link(reader))
    assert Subscription.objects.filter(confirmed_at=AT).exists()


def test_the_answer_is_the_same_whether_the_address_was_known(client: Client) -> None:
    known = confirmed(client)
    for email in ("new@example.org", known.email, known.email.upper()):
        answer = ask(client, email)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{UPDATES}asked/")
    assert len(mail.outbox) == 4
    assert "You get them already" in " ".join(str(mail.outbox[-1].body).split())
    assert Subscription.objects.count() == 2


def test_asking_twice_keeps_one_subscription_and_both_links(client: Client) -> None:
    ask(client)
    first = link_in_the_newest_mail()
    ask(client, "READER@example.org")
    assert client.post(first).status_code == 302
    assert Subscription.objects.get().confirmed_at == AT


def test_the_language_is_that_of_the_page(client: Client) -> None:
    ask(client, language="fr")
    assert Subscription.objects.get().language == "fr"
    assert link_in_the_newest_mail().startswith("/fr/")


def test_nobody_changes_the_language_of_somebody_elses_updates(client: Client) -> None:
    confirmed(client)
    ask(client, language="fr")
    assert Subscription.objects.get().language == "en"


def test_who_is_signed_in_finds_the_own_address_typed(client: Client) -> None:
    client.force_login(factories.account(AMARA))
    assert filled_in(client.get(UPDATES)) == {"email": "amara@example.org"}


@pytest.mark.parametrize(
    "typed", ["", "x", "a@b", "x" * 300 + "@example.org", "a@example.org\r\nBcc: b@example.org"]
)
def test_what_is_no_address_is_said_at_the_field(client: Client, typed: str) -> None:
    page = ask(client, typed)
    assert page.status_code == 200
    assert "Error:" in words_of(page)
    assert mail.outbox == []
    assert not Subscription.objects.exists()


def test_no_link_and_no_answer_holds_the_address(client: Client) -> None:
    reader = confirmed(client)
    links = [link_in_the_newest_mail(), stop_link(reader), ask(client).headers["Location"]]
    assert not any("reader" in link or "example" in link for link in links)


def test_one_click_of_a_mail_program_ends_the_updates_without_session_and_csrf_token(client: Client) -> None:
    reader = confirmed(client)
    bare = Client(enforce_csrf_checks=True)
    answer = bare.post(stop_link(reader), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Subscription.objects.exists()
    assert bare.post(stop_link(reader), {"List-Unsubscribe": "One-Click"}).status_code == 200


def test_only_that_one_page_needs_no_csrf_token(client: Client) -> None:
    ask(client)
    bare = Client(enforce_csrf_checks=True)
    assert bare.post(link_in_the_newest_mail()).status_code == 403
    assert bare.post(UPDATES, {"email": "other@example.org"}).status_code == 403
    assert Subscription.objects.get().confirmed_at is None


def test_the_button_of_the_page_ends_the_updates_and_the_page_says_so(client: Client) -> None:
    reader = confirmed(client)
    assert "Stop the e-mail updates about rounds?" in words_of(client.get(stop_link(reader)))
    assert "You get no more e-mail updates" in words_of(client.post(stop_link(reader)))
    assert "You get no more e-mail updates" in words_of(client.get(stop_link(reader)))


@pytest.mark.parametrize("act", ["confirm", "stop"])
@pytest.mark.parametrize("token", ["x", "1", "1:", "1:x", ":", "9" * 30, "é:ü"])
def test_a_forged_link_gets_a_clear_page_and_changes_nothing(client: Client, act: str, token: str) -> None:
    confirmed(client)
    for answer in (client.get(f"{UPDATES}{act}/{token}/"), client.post(f"{UPDATES}{act}/{token}/")):
        assert answer.status_code == 404
        assert "This link does not work" in words_of(answer)
    assert Subscription.objects.filter(confirmed_at=AT).exists()


def test_without_the_signature_anybody_could_end_anybodys_updates(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = confirmed(client)
    forged = f"{UPDATES}stop/{reader.pk}:forged/"
    assert client.post(forged).status_code == 404
    monkeypatch.setattr("django.core.signing.Signer.unsign", lambda _signer, token: token.split(":")[0])
    assert client.post(forged).status_code == 200
    assert not Subscription.objects.exists()


def test_a_link_of_one_purpose_does_nothing_else(client: Client) -> None:
    ask(client)
    waiting = Subscription.objects.get()
    confirm = subscriptions.token_of(waiting, Purpose.CONFIRM)
    stop = subscriptions.token_of(waiting, Purpose.STOP)
    assert client.post(f"{UPDATES}stop/{confirm}/").status_code == 404
    assert client.post(f"{UPDATES}confirm/{stop}/").status_code == 404


def test_a_link_to_confirm_is_too_old_after_seven_days_although_no_job_ran(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    ask(client)
    set_clock(AT + 7 * DAY - timedelta(microseconds=1))
    assert client.get(link_in_the_newest_mail()).status_code == 200
    set_clock(AT + 7 * DAY)
    assert client.post(link_in_the_newest_mail()).status_code == 404
    assert Subscription.objects.get().confirmed_at is None


def test_an_address_that_never_confirmed_is_forgotten_after_seven_days(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    confirmed(client, "kept@example.org")
    ask(client, "forgotten@example.org")
    set_clock(AT + 7 * DAY - timedelta(microseconds=1))
    assert forget_unconfirmed_subscriptions() == 0
    set_clock(AT + 7 * DAY)
    assert forget_unconfirmed_subscriptions() == 1
    assert Subscription.objects.get().email == "kept@example.org"


def test_one_address_gets_no_flood_of_links(client: Client) -> None:
    answers = [ask(client).status_code for _number in range(12)]
    assert answers == [302] * 10 + [429] * 2
    assert len(mail.outbox) == 10


def test_one_visitor_sends_no_flood_to_many_addresses(client: Client) -> None:
    answers = [ask(client, f"r{number}@example.org").status_code for number in range(62)]
    assert answers == [302] * 60 + [429] * 2


def test_a_mail_server_that_is_away_is_said_and_what_was_typed_stays(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> int:
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", away)
    page = ask(client)
    assert page.status_code == 503
    assert "The e-mail could not be sent" in words_of(page)
    assert filled_in(page) == {"email": "reader@example.org"}


@pytest.mark.parametrize("address", ["/en/rounds/", "/en/account/"])
def test_the_rounds_and_the_accounts_home_lead_to_the_updates(client: Client, address: str) -> None:
    client.force_login(factories.account(AMARA))
    assert f'href="{UPDATES}"' in client.get(address).content.decode()
