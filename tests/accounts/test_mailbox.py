"""The demo's mailbox: all e-mails, in the demo only."""

from typing import Any

import pytest
from django.test import Client

from accounts.services import deliver_messages, post_message
from simulation.models import DemoMail
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN
from tests.profiles.reading import words_of

pytestmark = pytest.mark.django_db
MAILBOX = "/en/mailbox/"


@pytest.fixture(autouse=True)
def _demo(settings: Any) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "simulation.mailbox.DemoMailbox"


def message_to(persona: Any) -> None:
    details = {"deadline_at": AT.isoformat()}
    post_message(account_id=factories.account(persona).pk, kind="draft_lapsed", details=details, at=AT)
    deliver_messages()


def test_every_e_mail_is_shown_with_its_words_and_its_link(client: Client) -> None:
    message_to(AMARA)
    page = client.get(MAILBOX)
    assert "New message in your account (simulation)" in words_of(page)
    assert "To amara@example.org" in words_of(page)
    assert "/account/login/" in page.content.decode()
    assert "Your unfinished profile" not in words_of(page)


def test_the_page_says_that_codes_protect_nobody_here(client: Client) -> None:
    assert "in this demo a code by e-mail protects no account" in words_of(client.get(MAILBOX))


def test_the_mails_of_one_address_can_be_picked_out(client: Client) -> None:
    message_to(AMARA)
    message_to(BEN)
    words = words_of(client.get(MAILBOX, {"to": "BEN@example.org"}))
    assert "ben@example.org" in words
    assert "amara@example.org" not in words


@pytest.mark.parametrize("query", [{"page": "x"}, {"page": "-1"}, {"page": "9" * 30}, {"to": "x" * 999}])
def test_hostile_questions_get_a_page(client: Client, query: dict[str, str]) -> None:
    assert client.get(MAILBOX, query).status_code == 200


def test_a_mail_runs_no_script(client: Client) -> None:
    words = "<script>alert(1)</script>"
    DemoMail.objects.create(message_id="1", recipient="a@b.org", subject=words, body=words, sent_at=AT)
    assert words not in client.get(MAILBOX).content.decode()


def test_outside_the_demo_there_is_no_mailbox(client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get(MAILBOX).status_code == 404
