"""The partner counts tries exactly, by address and by customer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from partner import limits
from partner.limits import OPEN_ACCOUNT, SIGN_IN, address_of, give_back, wait_before

TRIES = 200
BY_CUSTOMER = SIGN_IN.by_customer or 0


@pytest.fixture(autouse=True)
def _nothing_was_tried(settings: Settings) -> Iterator[None]:
    settings.EEPORTAL_PROXIES = 0
    limits.forget_all()
    yield
    limits.forget_all()


def request_from(address: str, **headers: str) -> HttpRequest:
    return RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)


def passed(addresses: int, customers: int) -> int:
    """How many of 200 tries at once pass."""

    def one(number: int) -> bool:
        visitor = request_from(f"192.0.2.{number % addresses}")
        return not wait_before(visitor, SIGN_IN, f"heron{number % customers}@tidewater")

    with ThreadPoolExecutor(20) as crowd:
        return sum(crowd.map(one, range(TRIES)))


def test_of_200_tries_at_once_exactly_the_allowed_pass_by_address() -> None:
    assert passed(addresses=1, customers=TRIES) == SIGN_IN.by_address


def test_of_200_tries_at_once_exactly_the_allowed_pass_by_customer() -> None:
    assert passed(addresses=TRIES, customers=1) == BY_CUSTOMER


def test_of_200_tries_at_once_of_one_customer_at_one_address_the_smaller_number_passes() -> None:
    assert passed(addresses=1, customers=1) == BY_CUSTOMER


def test_a_refused_try_counts_against_nobody() -> None:
    for _try in range(SIGN_IN.by_address):
        wait_before(request_from("192.0.2.1"), SIGN_IN, "heron@tidewater")
    others = [wait_before(request_from("192.0.2.1"), SIGN_IN, f"crane{n}@tidewater") for n in range(TRIES)]
    assert others.count(0) == SIGN_IN.by_address - BY_CUSTOMER


def test_a_try_that_is_given_back_was_none() -> None:
    for _try in range(TRIES):
        assert not wait_before(request_from("192.0.2.1"), SIGN_IN, "heron@tidewater")
        give_back(request_from("192.0.2.1"), SIGN_IN, "heron@tidewater")


def test_the_next_try_is_allowed_when_the_first_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(limits, "monotonic", lambda: now)
    for _try in range(BY_CUSTOMER):
        wait_before(request_from("192.0.2.1"), SIGN_IN, "heron@tidewater")
        now += 10
    wait = wait_before(request_from("192.0.2.1"), SIGN_IN, "heron@tidewater")
    assert wait == SIGN_IN.seconds - 10 * BY_CUSTOMER
    now += wait - 1
    assert wait_before(request_from("192.0.2.1"), SIGN_IN, "heron@tidewater") == 1
    now += 1
    assert not wait_before(request_from("192.0.2.1"), SIGN_IN, "heron@tidewater")
    assert wait_before(request_from("192.0.2.1"), SIGN_IN, "heron@tidewater") == 10


def test_the_limits_are_apart() -> None:
    for _try in range(OPEN_ACCOUNT.by_address):
        assert not wait_before(request_from("192.0.2.1"), OPEN_ACCOUNT)
    assert wait_before(request_from("192.0.2.1"), OPEN_ACCOUNT)
    assert not wait_before(request_from("192.0.2.1"), SIGN_IN, "heron@tidewater")


@pytest.mark.parametrize(
    ("peer", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", "unknown"),
    ],
)
def test_an_ipv6_address_counts_as_its_network(peer: str, counted: str) -> None:
    assert address_of(request_from(peer)) == counted


def test_without_a_proxy_of_ours_forwarding_headers_change_nothing() -> None:
    assert address_of(request_from("192.0.2.7", x_forwarded_for="198.51.100.1")) == "192.0.2.7"


def test_behind_proxies_the_entry_of_the_outermost_one_counts(settings: Settings) -> None:
    settings.EEPORTAL_PROXIES = 1
    chain = "203.0.113.5, 198.51.100.1"
    assert address_of(request_from("192.0.2.7", x_forwarded_for=chain)) == "198.51.100.1"


def test_what_is_over_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(limits, "monotonic", lambda: now)
    for number in range(limits.MANY):
        wait_before(request_from(f"10.0.{number // 250}.{number % 250}"), SIGN_IN, f"heron{number}@tidewater")
    now += SIGN_IN.seconds
    wait_before(request_from("192.0.2.7"), SIGN_IN, "heron@tidewater")
    kept: dict[Any, Any] = limits._tries
    assert len(kept) == 2
