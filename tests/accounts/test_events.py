"""The history of an account: what happened, when in real time and on what kind of device, for its owner only."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from accounts.models import AccountEvent
from accounts.telling import events
from accounts.telling.events import Kind, device_of, record
from lifecycle import clock
from tests import factories
from tests.accounts.ended import LOGIN, browser, sign_in, text
from tests.factories import AT
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db
HISTORY = "/en/account/history/"
BROWSERS = {
    "Firefox on Windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Edge on Windows": "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
    "Chrome on Android": "Mozilla/5.0 (Linux; Android 16; Pixel) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36",
    "Safari on iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605 Version/26 Safari/604",
    "Safari on macOS": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1 Version/26.0 Safari/605.1",
    "Firefox on iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605 FxiOS/140 Safari/605",
    "Linux": "curl/8 (Linux)",
    "": "<script>alert(1)</script> 203.0.113.9",
}


@pytest.mark.parametrize(("words", "sent"), BROWSERS.items())
def test_a_device_is_named_in_a_few_words_of_our_own(words: str, sent: str) -> None:
    assert device_of(sent) == words


def test_a_device_that_says_nothing_known_is_unknown() -> None:
    assert events.device_words("") == "Unknown device"


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_told_in_a_sentence(kind: Kind) -> None:
    record(account_id=factories.account(AMARA).pk, kind=kind)
    assert escape(str(kind.label)) in text(browser(), HISTORY)
    assert str(kind.label).endswith(".")


def test_the_newest_comes_first(set_clock: Callable[[datetime], None]) -> None:
    account = factories.account(AMARA)
    client = browser()
    for minutes, kind in enumerate((Kind.SIGNED_IN, Kind.PASSWORD_CHANGED)):
        set_clock(AT + timedelta(minutes=minutes))
        record(account_id=account.pk, kind=kind)
    page = text(client, HISTORY)
    assert page.index(str(Kind.PASSWORD_CHANGED.label)) < page.index(str(Kind.SIGNED_IN.label))


def test_its_times_are_real_however_the_portals_clock_was_moved() -> None:
    clock.travel(timedelta(days=61))
    assert record(account_id=factories.account(AMARA).pk, kind=Kind.SIGNED_IN).at == AT


def test_a_long_history_comes_in_pages_at_the_same_cost() -> None:
    account = factories.account(AMARA)
    client = browser()
    record(account_id=account.pk, kind=Kind.FACTOR_ADDED)
    with CaptureQueriesContext(connection) as few:
        text(client, HISTORY)
    AccountEvent.objects.bulk_create(
        AccountEvent(account=account, kind=Kind.SIGNED_IN) for _number in range(60)
    )
    with CaptureQueriesContext(connection) as many:
        assert text(client, HISTORY).count(str(Kind.SIGNED_IN.label)) == 25
    assert len(few) == len(many) <= 14
    assert str(Kind.FACTOR_ADDED.label) in text(client, f"{HISTORY}?page=3")


def test_nothing_of_another_account_is_in_it() -> None:
    record(account_id=factories.account(BEN).pk, kind=Kind.PASSWORD_CHANGED)
    assert str(Kind.PASSWORD_CHANGED.label) not in text(browser(), HISTORY)


def test_signing_in_and_out_is_written_down_with_the_device() -> None:
    account = factories.account(AMARA)
    client = Client(headers={"User-Agent": BROWSERS["Firefox on Windows"]})
    sign_in(client)
    client.post("/en/account/logout/")
    written = AccountEvent.objects.filter(account=account).order_by("pk").values_list("kind", "device")
    assert list(written) == [("signed_in", "Firefox on Windows"), ("signed_out", "Firefox on Windows")]


def test_a_refused_sign_in_is_told_to_the_owner_and_not_to_the_stranger(client: Client) -> None:
    factories.account(AMARA)
    known = client.post(LOGIN, {"login": "amara", "password": "wrong"})
    unknown = client.post(LOGIN, {"login": "nobody", "password": "wrong"})
    assert known.status_code == unknown.status_code
    assert AccountEvent.objects.get().kind == Kind.SIGN_IN_REFUSED
    assert str(Kind.SIGN_IN_REFUSED.label) in text(browser(), HISTORY)


def test_nobody_reads_a_history_without_signing_in(client: Client) -> None:
    assert client.get(HISTORY).headers["Location"] == f"{LOGIN}?next={HISTORY}"
