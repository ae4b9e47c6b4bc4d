"""What a limit counts: instants in a sliding period, by address, by account, by both."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory

from accounts.limiting.limits import HOUR, LIMITS, Limit, folded, forget_old_tries, free_at, give_back, within
from accounts.models import Allowance, Tally
from tests import factories
from tests.accounts.signing import emailed_code
from tests.conftest import INSTANT
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
BOTH = Limit("both", HOUR, by_address=3, by_account=2)
ADDRESS = Limit("address", HOUR, by_address=2)
SECOND = timedelta(seconds=1)


def tried(limit: Limit, account: int | str | None = None, address: str = "192.0.2.1", **headers: str) -> bool:
    request = RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)
    return within(request, limit, account)


def allow(address: str, factor: int, until: datetime = INSTANT + HOUR) -> None:
    given_by = factories.officer()
    Allowance.objects.create(address=address, factor=factor, until=until, reason="a class", given_by=given_by)


def test_an_account_has_its_tries_from_whatever_address() -> None:
    assert [tried(BOTH, 7, f"192.0.2.{number}") for number in range(4)] == [True, True, False, False]


def test_an_address_has_its_tries_for_whatever_account() -> None:
    assert [tried(BOTH, number) for number in range(5)] == [True, True, True, False, False]


def test_a_try_refused_for_the_account_does_not_count_against_the_address() -> None:
    assert [tried(BOTH, 7) for _try in range(9)].count(True) == 2
    assert [tried(BOTH, 8), tried(BOTH, 9)] == [True, False]


def test_limits_of_different_names_do_not_meet() -> None:
    assert [tried(BOTH, 7), tried(BOTH, 7), tried(BOTH, 7), tried(ADDRESS)] == [True, True, False, True]


def test_in_no_hour_are_there_more_tries_than_allowed(set_clock: Callable[[datetime], None]) -> None:
    passed = []
    for minute in range(0, 600, 7):
        now = INSTANT + timedelta(minutes=minute)
        set_clock(now)
        passed += [now for _try in range(3) if tried(ADDRESS)]
    for start in passed:
        assert sum(start <= at < start + HOUR for at in passed) == ADDRESS.by_address


def test_the_next_try_is_allowed_when_the_page_says(set_clock: Callable[[datetime], None]) -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
    for seconds in (0, 60):
        set_clock(INSTANT + seconds * SECOND)
        assert within(request, ADDRESS)
    free = free_at(request, ADDRESS)
    assert free == INSTANT + HOUR
    set_clock(free - SECOND)
    assert not within(request, ADDRESS)
    set_clock(free)
    assert within(request, ADDRESS)


def test_a_try_given_back_can_be_taken_again() -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
    assert within(request, BOTH, 7)
    assert within(request, BOTH, 7)
    give_back(request, BOTH, 7)
    assert within(request, BOTH, 7)
    assert not within(request, BOTH, 7)


def test_giving_back_what_nobody_took_changes_nothing() -> None:
    request = RequestFactory().post("/", REMOTE_ADDR="192.0.2.1")
    give_back(request, BOTH, 7)
    assert [within(request, BOTH, 7) for _try in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("::ffff:192.0.2.9", "192.0.2.9"),
        ("", "not an address"),
    ],
)
def test_two_writings_of_one_address_share_their_tries(one: str, other: str) -> None:
    assert [tried(ADDRESS, address=one), tried(ADDRESS, address=other)] == [True, True]
    assert not tried(ADDRESS, address=one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("192.0.2.1", "192.0.2.2"),
        ("::ffff:192.0.2.9", "::ffff:192.0.2.8"),
    ],
)
def test_different_addresses_have_tries_of_their_own(one: str, other: str) -> None:
    assert [tried(ADDRESS, address=one), tried(ADDRESS, address=one)] == [True, True]
    assert tried(ADDRESS, address=other)


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP", "True-Client-IP"]
)
def test_without_a_proxy_of_ours_forwarding_headers_change_nothing(header: str) -> None:
    told = [
        tried(ADDRESS, **{header: f"for=198.51.100.{n}" if header == "Forwarded" else f"198.51.100.{n}"})
        for n in range(4)
    ]
    assert told == [True, True, False, False]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "counted"),
    [
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.1, 203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.1, 203.0.113.5, 10.0.0.2", "203.0.113.5"),
        (2, "10.0.0.2", "192.0.2.1"),
        (1, "", "unknown"),
    ],
)
def test_behind_proxies_the_entry_of_the_outermost_one_counts(
    settings: Any, proxies: int, forwarded: str, counted: str
) -> None:
    settings.EEPORTAL_PROXIES = proxies
    assert tried(ADDRESS, **{"X-Forwarded-For": forwarded})
    settings.EEPORTAL_PROXIES = 0
    assert [tried(ADDRESS, address=counted), tried(ADDRESS, address=counted)] == [True, False]


def test_a_classrooms_allowance_multiplies_the_tries_of_its_address_only() -> None:
    allow("2001:db8:1:2::77", 3)
    allow("2001:db8:1:2::/64", 2)
    assert [tried(ADDRESS, address="2001:db8:1:2::1") for _try in range(7)] == [True] * 6 + [False]
    assert [tried(ADDRESS) for _try in range(3)] == [True, True, False]


def test_an_allowance_gives_no_account_more_tries() -> None:
    allow("192.0.2.1", 30)
    assert [tried(BOTH, 7) for _try in range(3)] == [True, True, False]


def test_an_allowance_that_is_over_gives_nothing() -> None:
    allow("192.0.2.1", 30, until=INSTANT)
    assert [tried(ADDRESS) for _try in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    "spelling", ["AMARA.ı@Example.org", " amara.i@example.org ", "ａｍａｒａ.i@example.org"]
)
def test_spellings_that_the_sign_in_takes_for_one_are_counted_as_one(spelling: str) -> None:
    assert folded(spelling) == folded("amara.i@example.org")


def test_an_account_is_not_taken_for_a_username_of_digits() -> None:
    assert folded(7) != folded("7")


def test_no_name_and_no_address_is_kept() -> None:
    tried(BOTH, AMARA.username)
    kept = repr(list(Tally.objects.values()))
    assert AMARA.username not in kept
    assert "192.0.2" not in kept


def test_tries_that_count_no_more_are_forgotten(set_clock: Callable[[datetime], None]) -> None:
    tried(BOTH, 7)
    set_clock(INSTANT + HOUR - SECOND)
    assert forget_old_tries() == 0
    set_clock(INSTANT + HOUR)
    assert forget_old_tries() == 2


def test_each_limit_has_a_name_of_its_own() -> None:
    assert len({limit.name for limit in LIMITS}) == len(LIMITS)


def sign_in(client: Client, password: str, username: str = AMARA.username, **told: Any) -> int:
    return client.post("/en/account/login/", {"login": username, "password": password}, **told).status_code


def test_the_tenth_wrong_password_is_looked_at_and_the_eleventh_is_not(client: Client) -> None:
    factories.account(AMARA)
    codes = [sign_in(client, "wrong", AMARA.username.upper() if n % 2 else AMARA.username) for n in range(12)]
    assert codes == [200] * 10 + [429] * 2
    assert sign_in(client, factories.PASSWORD) == 429


def test_over_the_limit_the_page_says_when_and_keeps_the_username_but_no_password(client: Client) -> None:
    for _try in range(10):
        sign_in(client, "wrong-wrong", "heron")
    refused = client.post("/en/account/login/", {"login": "heron", "password": "wrong-wrong"})
    page = refused.content.decode()
    assert refused.headers["Retry-After"] == "900"
    assert "in 15 minutes" in page
    assert 'name="login" value="heron"' in page
    assert "wrong-wrong" not in page


def test_unknown_names_are_limited_like_known_ones(client: Client) -> None:
    assert [sign_in(client, "wrong", "nobody") for _try in range(11)] == [200] * 10 + [429]


def test_a_right_password_counts_as_no_try() -> None:
    factories.account(AMARA)
    for _try in range(12):
        assert sign_in(Client(), factories.PASSWORD) == 302


def test_a_stranger_cannot_lock_the_owner_out_of_a_known_device() -> None:
    factories.account(AMARA)
    known = Client()
    sign_in(known, factories.PASSWORD)
    known.post("/en/account/login/second/email/", {"code": emailed_code()})
    known.post("/en/account/logout/")
    for number in range(11):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{number}"), "wrong")
    assert sign_in(Client(), factories.PASSWORD) == 429
    assert sign_in(known, factories.PASSWORD) == 302


def test_a_known_device_has_no_endless_tries_either() -> None:
    factories.account(AMARA)
    known = Client()
    sign_in(known, factories.PASSWORD)
    known.post("/en/account/login/second/email/", {"code": emailed_code()})
    known.post("/en/account/logout/")
    assert [sign_in(known, "wrong") for _try in range(11)] == [200] * 10 + [429]


def test_the_cookie_of_one_account_makes_no_device_known_for_another() -> None:
    factories.account(AMARA)
    mine = Client()
    sign_in(mine, factories.PASSWORD)
    mine.post("/en/account/logout/")
    for _try in range(10):
        sign_in(Client(REMOTE_ADDR="198.51.100.1"), "wrong", "heron")
    assert sign_in(mine, "wrong", "heron") == 429


def test_the_question_whether_a_username_is_taken_is_limited(client: Client) -> None:
    client.post("/en/account/signup/terms/")
    codes = [
        client.post("/en/account/signup/username/", {"username": f"heron{n}"}).status_code for n in range(61)
    ]
    assert codes == [302] * 60 + [429]
    assert (
        'value="heron61"'
        in client.post("/en/account/signup/username/", {"username": "heron61"}).content.decode()
    )
