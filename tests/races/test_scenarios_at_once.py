"""Twelve scenarios stay twelve, however many are begun at the same instant."""

from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from profiles import scenarios
from profiles.models import Scenario
from tests import factories
from tests.personas import AMARA
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/en/account/what-if/add/"
POSTS = 20


def post_at_once(names: list[str]) -> None:
    """Begin scenarios by these names, all at the same instant, from one session."""
    client = Client()
    client.force_login(factories.account(AMARA))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    browsers = [Client(raise_request_exception=False) for _name in names]
    for browser in browsers:
        browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    answers: Any = at_once(
        *[partial(browser.post, PAGE, {"name": name}) for browser, name in zip(browsers, names, strict=True)]
    )
    assert {answer.status_code for answer in answers} <= {200, 302}, answers


def test_twenty_at_once_make_twelve() -> None:
    factories.profile(AMARA)
    post_at_once([f"Plan {number}" for number in range(POSTS)])
    assert Scenario.objects.count() == scenarios.MOST_SCENARIOS


def test_the_same_twenty_times_is_once() -> None:
    factories.profile(AMARA)
    post_at_once(["Plan"] * POSTS)
    assert Scenario.objects.count() == 1


def test_without_the_lock_more_than_twelve_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenarios, "lock_account", lambda _account_id: None)
    factories.profile(AMARA)
    for _try in range(5):
        Scenario.objects.all().delete()
        post_at_once([f"Plan {number}" for number in range(POSTS)])
        if Scenario.objects.count() > scenarios.MOST_SCENARIOS:
            return
    pytest.fail("Without the lock nobody got past the limit in five tries, so the test above shows nothing.")
