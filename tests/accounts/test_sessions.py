"""How long a session lasts, what ends it, and that an old cookie opens nothing."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from accounts.factors.fresh_proof import PROVED_AT
from accounts.models import AccountEvent, EndedSession, Session
from accounts.signed_in import session_store, sessions
from accounts.signed_in.sessions import IDLE, LONGEST, Ending
from accounts.tasks import forget_ended_sessions
from accounts.telling.events import Kind
from lifecycle import clock
from tests import factories
from tests.accounts.ended import LOGIN, age, browser, is_signed_in, key_of, row_of, sign_in, text, with_cookie
from tests.factories import AT
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(("seconds", "lasts"), [(-1, True), (0, False), (1, False)])
def test_a_session_that_nobody_uses_ends_after_half_an_hour(seconds: int, lasts: bool) -> None:
    client = browser()
    age(client, seen=IDLE + seconds * SECOND)
    assert is_signed_in(client) == lasts


@pytest.mark.parametrize(("seconds", "lasts"), [(-1, True), (0, False), (1, False)])
def test_a_session_in_use_ends_after_twelve_hours(seconds: int, lasts: bool) -> None:
    client = browser()
    age(client, seen=SECOND, began=LONGEST + seconds * SECOND)
    assert is_signed_in(client) == lasts


def test_without_the_judgement_an_old_cookie_would_open_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser()
    age(client, seen=LONGEST)
    monkeypatch.setattr(session_store, "why_over", lambda _session, _now: None)
    assert is_signed_in(client)


def test_use_prolongs_a_session_but_not_beyond_twelve_hours(set_clock: Callable[[datetime], None]) -> None:
    client = browser()
    for minutes in range(0, 12 * 60, 29):
        set_clock(AT + timedelta(minutes=minutes))
        assert is_signed_in(client)
    set_clock(AT + LONGEST)
    assert not is_signed_in(client)


def test_moving_the_portals_clock_signs_nobody_out() -> None:
    client = browser()
    clock.travel(timedelta(days=61))
    assert is_signed_in(client)


def test_a_page_looked_at_within_a_minute_writes_nothing(set_clock: Callable[[datetime], None]) -> None:
    client = browser()
    set_clock(AT + timedelta(seconds=59))
    assert is_signed_in(client)
    assert row_of(client).seen_at == AT


def test_a_page_looked_at_after_a_minute_is_use(set_clock: Callable[[datetime], None]) -> None:
    client = browser()
    set_clock(AT + timedelta(seconds=60))
    assert is_signed_in(client)
    assert row_of(client).seen_at == AT + timedelta(seconds=60)


def test_something_sent_is_use_at_once(set_clock: Callable[[datetime], None]) -> None:
    client = browser()
    set_clock(AT + SECOND)
    client.post("/en/account/sessions/stay/")
    assert row_of(client).seen_at == AT + SECOND


@pytest.mark.parametrize(
    ("seen", "began", "why"),
    [
        (IDLE, timedelta(0), "because nothing was done in it"),
        (SECOND, LONGEST, "because it had lasted 12 hours"),
    ],
)
def test_sign_in_says_why_the_session_ended(seen: timedelta, began: timedelta, why: str) -> None:
    client = browser()
    age(client, seen=seen, began=began)
    assert why in text(client, "/en/account/draft/")


def test_the_end_of_a_session_is_in_the_history_once() -> None:
    client = browser()
    key = key_of(client)
    age(client, seen=IDLE)
    for _time in range(2):
        assert not is_signed_in(with_cookie(key))
    (event,) = AccountEvent.objects.filter(kind=Kind.SESSION_ENDED)
    assert event.account.username == AMARA.username


def test_signing_out_ends_the_session_on_the_server() -> None:
    client = browser()
    key = key_of(client)
    client.post("/en/account/logout/")
    assert not Session.objects.filter(pk=key).exists()
    assert "because you signed out" in text(with_cookie(key), "/en/account/")


def test_somebody_who_signed_out_is_not_told_why_the_session_ended() -> None:
    client = browser()
    client.post("/en/account/logout/")
    assert "Your session ended" not in text(client, LOGIN)


def test_signing_in_makes_a_new_key() -> None:
    factories.account(AMARA)
    client = Client()
    client.get("/en/eligibility/")
    client.post(LOGIN, {"login": "amara", "password": "wrong"})
    client.get(LOGIN)
    before = client.cookies.get("eeportal_session")
    sign_in(client)
    assert key_of(client) != (before.value if before else None)
    assert row_of(client).account is not None


def test_a_changed_password_ends_all_other_sessions() -> None:
    here, there = browser(), browser()
    key = key_of(there)
    sessions.end_all(account_id=factories.account(AMARA).pk, why=Ending.PASSWORD, but=key_of(here))
    assert is_signed_in(here)
    assert "because the password of this account was changed" in text(with_cookie(key), "/en/account/")


def test_changing_the_password_on_its_page_ends_the_other_session_and_not_this_one() -> None:
    factories.account(AMARA)
    here, there = Client(), browser()
    sign_in(here)
    proved = here.session
    proved[PROVED_AT] = AT.isoformat()
    proved.save()
    before = key_of(here)
    new = {"password1": "another horse, another battery", "password2": "another horse, another battery"}
    here.post("/en/account/password/", new)
    assert is_signed_in(here)
    assert key_of(here) != before
    assert "because the password of this account was changed" in text(there, "/en/account/")
    assert not is_signed_in(with_cookie(before))


def test_an_old_password_opens_nothing_even_if_no_session_was_ended() -> None:
    client = browser()
    account = factories.account(AMARA)
    account.set_password("another horse, another battery")
    account.save()
    assert not is_signed_in(client)


def test_an_ended_session_is_not_brought_back_by_a_request_that_was_under_way() -> None:
    client = browser()
    store = session_store.SessionStore(key_of(client))
    store["typed"] = "late"
    sessions.end_all(account_id=factories.account(AMARA).pk, why=Ending.ELSEWHERE)
    with pytest.raises(UpdateError):
        store.save()


def test_a_session_says_whose_it_is_and_on_what_device() -> None:
    client = browser()
    sign_in(
        client_of := Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537"})
    )
    assert row_of(client_of).device == "Chrome on Windows"
    assert row_of(client).account == factories.account(AMARA)


def test_no_address_of_a_browser_is_kept() -> None:
    client = browser(X_Forwarded_For="203.0.113.9")
    client.get("/en/account/sessions/")
    rows = str([*Session.objects.values(), *AccountEvent.objects.values()])
    assert "127.0.0.1" not in rows
    assert "203.0.113.9" not in rows


def test_what_is_over_is_forgotten_after_a_day(set_clock: Callable[[datetime], None]) -> None:
    key = key_of(browser())
    set_clock(AT + IDLE)
    forget_ended_sessions()
    assert EndedSession.objects.get().why == Ending.IDLE
    assert not Session.objects.filter(pk=key).exists()
    set_clock(AT + IDLE + timedelta(days=1))
    assert forget_ended_sessions() == 1


def test_the_list_shows_the_devices_and_which_is_this_one() -> None:
    here, there = browser(), browser()
    for client in (here, there):
        age(client, seen=timedelta(minutes=2))
        client.get("/en/account/")
    page = text(here, "/en/account/sessions/")
    assert page.count("Firefox on Linux") >= 2
    assert page.count("(this one)") == 1
    assert "End all other sessions" in page


def test_nobody_elses_session_is_in_the_list() -> None:
    other = browser(factories.account(BEN))
    other.get("/en/account/")
    assert str(row_of(other).number) not in text(browser(), "/en/account/sessions/")


def test_a_session_can_be_ended_from_another() -> None:
    here, there = browser(), browser()
    there.get("/en/account/")
    here.post(f"/en/account/sessions/{row_of(there).number}/end/")
    assert "because it was ended in another session" in text(there, "/en/account/")
    assert is_signed_in(here)


def test_all_other_sessions_can_be_ended() -> None:
    here, others = browser(), [browser(), browser()]
    page = here.post("/en/account/sessions/others/end/", follow=True).content.decode()
    assert "2 other sessions are ended." in page
    assert [is_signed_in(one) for one in (here, *others)] == [True, False, False]


def test_another_accounts_session_is_the_same_404_as_none() -> None:
    client = browser()
    other = browser(factories.account(BEN))
    pages = []
    for number in (str(row_of(other).number), "00000000-0000-4000-8000-000000000000"):
        answer = client.post(f"/en/account/sessions/{number}/end/")
        assert answer.status_code == 404
        page = answer.content.decode().replace(number, "number")
        pages.append(re.sub(r'value="\w{64}"', "", page))
    assert pages[0] == pages[1]
    assert is_signed_in(other)


def test_without_the_owner_in_the_query_another_could_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    client, other = browser(), browser(factories.account(BEN))
    monkeypatch.setattr("accounts.views.sessions.account_id", lambda _request: factories.account(BEN).pk)
    client.post(f"/en/account/sessions/{row_of(other).number}/end/")
    assert not is_signed_in(other)


def test_a_page_says_until_when_one_is_signed_in() -> None:
    assert "Signed in until 09:42 UTC" in text(browser(), "/en/account/sessions/")


def test_nobody_signed_in_is_told_of_no_session(client: Client) -> None:
    assert "Signed in until" not in text(client, "/en/")


def test_a_script_is_told_the_seconds_left_when_it_prolongs(set_clock: Callable[[datetime], None]) -> None:
    client = browser()
    set_clock(AT + timedelta(minutes=27))
    answer = client.post("/en/account/sessions/stay/", headers={"Accept": "application/json"})
    assert answer.json() == {"seconds": 1800, "last": False}


def test_the_last_half_hour_is_not_prolonged() -> None:
    client = browser()
    age(client, seen=SECOND, began=LONGEST - timedelta(minutes=4))
    answer = client.post("/en/account/sessions/stay/", headers={"Accept": "application/json"})
    assert answer.json() == {"seconds": 240, "last": True}


def test_staying_signed_in_leads_back_to_the_page_before() -> None:
    onward = {"next": "/en/account/messages/"}
    assert browser().post("/en/account/sessions/stay/", onward).headers["Location"] == onward["next"]


def test_staying_signed_in_leads_to_no_other_site() -> None:
    answer = browser().post("/en/account/sessions/stay/", {"next": "https://evil.example/"})
    assert answer.headers["Location"] == "/en/account/sessions/"
