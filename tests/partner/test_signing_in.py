"""Signing in at the partner over its real process: the limits, and nothing told about who is a customer."""

import re
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from partner.limits import OPEN_ACCOUNT, SIGN_IN
from tests.partner.process import Partner
from tests.partner.visitor import PASSWORD, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("partner")]
TRIES = 60


def at_once(tries: Callable[[int], requests.Response]) -> Counter[int]:
    with ThreadPoolExecutor(15) as crowd:
        return Counter(answer.status_code for answer in crowd.map(tries, range(TRIES)))


def test_a_customer_is_tried_exactly_so_often_from_many_addresses(partner: Partner) -> None:
    told = at_once(
        lambda n: Visitor(partner, f"198.51.100.{n}").sign_in(["Dove", "DOVE", " dove"][n % 3], "wrong")
    )
    assert told == {200: SIGN_IN.by_customer, 429: TRIES - (SIGN_IN.by_customer or 0)}


def test_an_ipv6_network_tries_exactly_so_often_for_many_customers(partner: Partner) -> None:
    told = at_once(lambda n: Visitor(partner, f"2001:db8:1:2:{n:x}::1").sign_in(f"heron{n}", "wrong"))
    assert told == {200: SIGN_IN.by_address, 429: TRIES - SIGN_IN.by_address}


def test_a_made_up_chain_before_the_proxys_own_entry_changes_nothing(partner: Partner) -> None:
    told = at_once(lambda n: Visitor(partner, f"10.0.0.{n}, 203.0.113.1").sign_in(f"crane{n}", "wrong"))
    assert told == {200: SIGN_IN.by_address, 429: TRIES - SIGN_IN.by_address}


def test_customers_are_made_exactly_so_often(partner: Partner) -> None:
    def open_one(number: int) -> requests.Response:
        visitor = Visitor(partner, "203.0.113.2")
        path = "/open-account/?next=%2Fauthorize%2F%3Fclient_id%3Dtidewater"
        visitor.get(path)
        return visitor.post(path, name=f"stork-{number}", password="long-enough-now")

    told = at_once(open_one)
    assert told == {302: OPEN_ACCOUNT.by_address, 429: TRIES - OPEN_ACCOUNT.by_address}


def test_the_right_password_is_not_counted(partner: Partner) -> None:
    visitor = Visitor(partner, "203.0.113.3")
    for _try in range((SIGN_IN.by_customer or 0) + 2):
        assert visitor.sign_in("birch", PASSWORD).status_code == 302


def test_a_try_over_the_limit_is_answered_by_a_page_that_says_when(partner: Partner) -> None:
    visitor = Visitor(partner, "203.0.113.4")
    for _try in range(SIGN_IN.by_customer or 0):
        visitor.sign_in("egret", "wrong")
    page = visitor.sign_in("egret", "wrong")
    assert "Too many tries" in page.text
    assert "15 minutes" in page.text
    assert 0 < int(page.headers["Retry-After"]) <= SIGN_IN.seconds


def answer(partner: Partner, name: str, address: str) -> tuple[tuple[int, str], float]:
    """The page after a wrong password, without what is another each time, and the seconds it took."""
    visitor = Visitor(partner, address)
    visitor.sign_in(name, "")
    began = time.perf_counter()
    page = visitor.sign_in(name, "wrong")
    seconds = time.perf_counter() - began
    text = page.text.replace(f'value="{name}"', "")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    return (page.status_code, text), seconds


def test_a_wrong_password_and_an_unknown_customer_get_the_same_answer_in_the_same_time(
    partner: Partner,
) -> None:
    known, unknown = [], []
    for n in range(8):
        known.append(answer(partner, "aspen", "203.0.113.5"))
        unknown.append(answer(partner, f"ibis{n}", "203.0.113.6"))
    assert {page for page, _seconds in known} == {page for page, _seconds in unknown}
    # A busy machine makes an answer later, never sooner: the quickest is the work itself.
    quickest = [min(seconds for _page, seconds in tries) for tries in (known, unknown)]
    assert max(quickest) < 1.5 * min(quickest)
