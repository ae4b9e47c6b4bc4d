"""Somebody without an account asks for e-mail about rounds, confirms, hears of one and leaves, by keyboard."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from accounts.models import Subscription
from draws.public.announcing import announce_rounds
from tests import factories
from tests.factories import AT
from tests.journeys.keyboard import Keyboard

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)


def open_the_link(page: Any, live_server: Any, beginning: str) -> None:
    """Open the link of the newest e-mail that leads to a page of the updates, on this server."""
    found = re.search(rf"https?://[^/\s]+(/\S+/{beginning}/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    page.goto(f"{live_server.url}{found[1]}")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_updates_are_asked_for_confirmed_sent_and_left(page: Any, live_server: Any, language: str) -> None:
    hands = Keyboard(page)
    page.goto(f"{live_server.url}/{language}/rounds/")
    hands.follow(f'main a[href="/{language}/rounds/updates/"]')
    hands.fill({"email": "reader"})
    hands.follow("main form button")
    assert page.locator(".error-summary").count() == 1
    assert page.input_value('[name="email"]') == "reader"
    hands.fill({"email": "reader@example.org"})
    hands.follow("main form button")
    assert page.url.endswith("/rounds/updates/asked/")

    open_the_link(page, live_server, "confirm")
    assert Subscription.objects.get().confirmed_at is None
    hands.follow("main form button")
    assert Subscription.objects.get().confirmed_at == AT

    factories.published_round(number=448, at=AT + HOUR)
    assert announce_rounds(at=AT + 2 * HOUR) == 1
    open_the_link(page, live_server, "stop")
    assert Subscription.objects.exists()
    hands.follow("main form button")
    assert not Subscription.objects.exists()
    assert page.locator("main form").count() == 0
