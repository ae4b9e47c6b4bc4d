"""200 tries at the same moment, over several web processes: exactly as many pass as the limit allows."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client, RequestFactory

from accounts.limiting import limits
from accounts.limiting.limits import LIMITS, REFERENCE_CODE, SIGN_IN, Limit, Share, within
from accounts.models import Allowance, Tally
from lifecycle import clock
from tests import factories
from tests.personas import AMARA
from tests.races.crowd import at_once
from tests.races.web import Sent, all_at_once, web_processes

pytestmark = pytest.mark.django_db(transaction=True)
LOGIN = "/en/account/login/"
START = "/en/account/start/"
TRIES = 200
THREADS = 20
BY_ADDRESS, BY_ACCOUNT = SIGN_IN.by_address or 0, SIGN_IN.by_account or 0


@pytest.fixture
def port() -> Iterator[int]:
    """Web processes that no proxy stands before."""
    with web_processes() as port:
        yield port


@pytest.fixture
def port_behind_a_proxy() -> Iterator[int]:
    """Web processes behind one proxy: the tests play the proxy."""
    with web_processes(EEPORTAL_BEHIND_PROXY="1") as port:
        yield port


def wrong_password(username: str, **headers: str) -> Sent:
    return Sent(LOGIN, {"login": username, "password": "not the right one"}, headers)


def from_address(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


@pytest.mark.slow
def test_an_account_is_tried_exactly_so_often_from_200_addresses(port_behind_a_proxy: int) -> None:
    factories.account(AMARA)
    spellings = [AMARA.username, AMARA.username.upper(), f" {AMARA.username.title()}"]
    forms = [wrong_password(spellings[n % 3], **from_address(f"198.51.{n % 100}.{n}")) for n in range(TRIES)]
    assert all_at_once(port_behind_a_proxy, forms) == {200: BY_ACCOUNT, 429: TRIES - BY_ACCOUNT}


@pytest.mark.slow
def test_an_ipv6_network_tries_exactly_so_often_for_200_accounts(port_behind_a_proxy: int) -> None:
    forms = [wrong_password(f"heron{n}", **from_address(f"2001:db8:1:2:{n:x}::{n:x}")) for n in range(TRIES)]
    assert all_at_once(port_behind_a_proxy, forms) == {200: BY_ADDRESS, 429: TRIES - BY_ADDRESS}


@pytest.mark.slow
def test_a_made_up_chain_before_the_proxys_own_entry_changes_nothing(port_behind_a_proxy: int) -> None:
    forms = [wrong_password(f"heron{n}", **from_address(f"192.0.2.{n}, 203.0.113.9")) for n in range(TRIES)]
    assert all_at_once(port_behind_a_proxy, forms) == {200: BY_ADDRESS, 429: TRIES - BY_ADDRESS}


@pytest.mark.slow
def test_an_allowance_multiplies_what_a_classroom_may_try_and_stays_exact(port_behind_a_proxy: int) -> None:
    until = datetime.now(UTC) + limits.HOUR
    Allowance.objects.create(
        address="203.0.113.9", factor=3, until=until, reason="class", given_by=factories.officer()
    )
    forms = [wrong_password(f"heron{n}", **from_address("203.0.113.9")) for n in range(TRIES)]
    assert all_at_once(port_behind_a_proxy, forms) == {200: 3 * BY_ADDRESS, 429: TRIES - 3 * BY_ADDRESS}


def spoofed(number: int) -> dict[str, str]:
    address = f"192.0.2.{number}"
    return {
        "X-Forwarded-For": address,
        "Forwarded": f"for={address}",
        "X-Real-IP": address,
        "X-Client-IP": address,
        "CF-Connecting-IP": address,
        "True-Client-IP": address,
    }


@pytest.mark.slow
def test_an_address_tries_exactly_so_often_and_spoofed_headers_change_nothing(port: int) -> None:
    forms = [wrong_password(f"heron{n}", **spoofed(n)) for n in range(TRIES)]
    assert all_at_once(port, forms) == {200: BY_ADDRESS, 429: TRIES - BY_ADDRESS}


@pytest.mark.slow
def test_tries_refused_for_an_account_take_none_of_its_address_from_others(port: int) -> None:
    one = [wrong_password("heron", **spoofed(n)) for n in range(100)]
    assert all_at_once(port, one)[200] == BY_ACCOUNT
    others = [wrong_password(f"heron{n}", **spoofed(n)) for n in range(100)]
    assert all_at_once(port, others)[200] == BY_ADDRESS - BY_ACCOUNT


@pytest.mark.slow
@pytest.mark.unguarded("clock")
def test_reference_codes_are_tried_exactly_ten_times_by_an_account_and_its_address(port: int) -> None:
    visitor = Client()
    visitor.force_login(factories.account(AMARA))
    session = str(visitor.session.session_key)
    forms = [Sent(START, {"way": "code", "code": f"AB{n:010}"}, spoofed(n), session) for n in range(TRIES)]
    assert all_at_once(port, forms) == {200: REFERENCE_CODE.by_address, 429: TRIES - 10}


def passed_at_once(limit: Limit, accounts: int = 1, addresses: int = 1) -> int:
    """How many of 200 tries pass, of so many accounts at so many addresses."""

    def tries(first: int) -> int:
        return sum(
            within(
                RequestFactory().post("/", REMOTE_ADDR=f"192.0.2.{n % addresses}"),
                limit,
                f"heron{n % accounts}",
            )
            for n in range(first, TRIES, THREADS)
        )

    told = at_once(*(lambda first=first: tries(first) for first in range(THREADS)))
    return sum(count for count in told if isinstance(count, int))


def test_of_200_tries_at_once_exactly_the_allowed_pass_by_address() -> None:
    for limit in LIMITS:
        assert passed_at_once(limit, accounts=TRIES) == limit.by_address, limit.name


@pytest.mark.slow
def test_of_200_tries_at_once_exactly_the_allowed_pass_by_account() -> None:
    for limit in LIMITS:
        if limit.by_account is not None:
            assert passed_at_once(limit, addresses=TRIES) == limit.by_account, limit.name


@pytest.mark.slow
def test_of_200_tries_at_once_by_one_account_at_one_address_the_smaller_number_passes() -> None:
    for limit in LIMITS:
        allowed = min(limit.by_address or TRIES, limit.by_account or TRIES)
        assert passed_at_once(limit) == allowed, limit.name


def counted_without_the_statement(share: Share) -> bool:
    """A limit as it is often written: read, compare, write."""
    tally = Tally.objects.filter(pk=share.key).first()
    tries = tally.tries if tally else []
    if len(tries) >= share.tries:
        return False
    now = clock.real_now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.005)")
    Tally.objects.update_or_create(
        pk=share.key, defaults={"tries": [*tries, now], "over_at": now + share.period}
    )
    return True


def test_without_the_one_statement_more_pass_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "take", counted_without_the_statement)
    assert passed_at_once(SIGN_IN, addresses=TRIES) > BY_ACCOUNT


def test_without_looking_at_the_address_a_spoofed_header_gives_new_tries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "address_of", lambda request: request.headers["X-Forwarded-For"])
    factory = RequestFactory()
    told = [within(factory.post("/", headers=spoofed(n)), SIGN_IN, f"heron{n}") for n in range(50)]
    assert told.count(True) == 50
    monkeypatch.undo()
    told = [within(factory.post("/", headers=spoofed(n)), SIGN_IN, f"crane{n}") for n in range(50)]
    assert told.count(True) == BY_ADDRESS
