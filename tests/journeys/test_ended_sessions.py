"""A session that ends while somebody types: with script it is said in time, without it nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Session
from accounts.signed_in import sessions
from accounts.signed_in.sessions import IDLE, LONGEST
from tests import factories
from tests.factories import AT, PASSWORD
from tests.journeys.looking import Look, check
from tests.journeys.traveller import Traveller
from tests.personas import AMARA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PERSONAL = "/account/draft/personal/"
NOTICE = "[data-session]"
LEFT = "[data-session-left]"
STAY = "[data-session-stay] button"
KEPT = "section.notice #kept-form"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "java_script_enabled": True}


@pytest.fixture
def open_as_amara(page: Any, live_server: Any) -> Callable[..., Any]:
    """Open a page in a browser in which Amara signed in some time ago."""

    def opened(address: str, *, seen: timedelta = timedelta(0), began: timedelta = timedelta(0)) -> Any:
        client = Client()
        client.force_login(factories.account(AMARA))
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        Session.objects.filter(pk=cookie).update(seen_at=AT - seen, began_at=AT - max(seen, began))
        cookies = [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        page.context.add_cookies(cookies)
        page.goto(f"{live_server.url}/en{address}")
        return page

    return opened


def end_all() -> None:
    sessions.end_all(account_id=factories.account(AMARA).pk, why=sessions.Ending.ELSEWHERE)


def test_what_is_typed_on_a_page_of_a_draft_is_there_after_signing_in_again(
    open_as_amara: Any, live_server: Any
) -> None:
    factories.draft(AMARA)
    page = open_as_amara(PERSONAL)
    page.fill('main [name="family_name"]', "Typed-Late")
    page.fill('main [name="birth_date_day"]', "9")
    end_all()
    page.click('main button.button:has-text("Save and continue")')
    assert "What you typed is kept." in page.inner_text("main")
    check(page)
    amara = Traveller(page, live_server.url, AMARA, "en", AT.date())
    amara.send(login=AMARA.username, password=PASSWORD)
    amara.send(code=amara.emailed_code())
    assert amara.path == f"/en{PERSONAL}"
    assert page.locator(KEPT).count() == 1
    _shows_what_was_typed(page)
    check(page)
    page.goto(f"{live_server.url}/fr{PERSONAL}")
    _shows_what_was_typed(page)
    page.click("main form:has([name=family_name]) button.button:not(.button--second)")
    page.goto(f"{live_server.url}/en{PERSONAL}")
    assert page.locator(KEPT).count() == 0
    _shows_what_was_typed(page)


def _shows_what_was_typed(page: Any) -> None:
    assert page.input_value('main [name="family_name"]') == "Typed-Late"
    assert page.input_value('main [name="birth_date_day"]') == "9"


@pytest.mark.parametrize(
    "lost", [{}, {"name": settings.SESSION_COOKIE_NAME}], ids=["every cookie", "the session's"]
)
def test_what_is_typed_comes_back_when_the_browser_lost_its_cookies(
    open_as_amara: Any, lost: dict[str, str]
) -> None:
    factories.draft(AMARA)
    page = open_as_amara(PERSONAL)
    page.fill('main [name="family_name"]', "Typed-Late")
    page.context.clear_cookies(**lost)
    page.click('main button.button:has-text("Save and continue")')
    assert "Typed-Late" in page.inner_text("#typed + ul")
    check(page)


def test_nothing_is_said_while_there_is_time(open_as_amara: Any) -> None:
    page = open_as_amara("/account/sessions/")
    assert page.locator(NOTICE).is_hidden()
    check(page)


def test_minutes_before_the_end_a_notice_says_so_and_prolongs(
    open_as_amara: Any, set_clock: Callable[..., None]
) -> None:
    page = open_as_amara("/account/sessions/")
    _go_on(page, IDLE - timedelta(minutes=4, seconds=30))
    assert page.inner_text(LEFT) == "Your session ends in 5 minutes."
    assert page.inner_text("[data-session-said]") == "Your session ends in 5 minutes."
    check(page)
    set_clock(AT + timedelta(minutes=26))
    page.click(STAY)
    page.wait_for_selector(NOTICE, state="hidden")
    assert Session.objects.exclude(account=None).get().seen_at == AT + timedelta(minutes=26)


def test_the_script_alone_prolongs_nothing(open_as_amara: Any) -> None:
    page = open_as_amara("/account/sessions/")
    page.wait_for_load_state("networkidle")  # the browser fetches the icon when it likes
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    _go_on(page, IDLE + timedelta(minutes=1))
    assert "Your session has ended." in page.inner_text(LEFT)
    assert page.locator(STAY).is_hidden()
    assert [url for url in asked if "/static/" not in url] == []


def test_before_the_twelve_hours_are_over_the_notice_says_to_save(open_as_amara: Any) -> None:
    page = open_as_amara("/account/sessions/", began=LONGEST - timedelta(minutes=4))
    assert page.inner_text(LEFT) == "Your session ends in 4 minutes."
    assert "save what you typed now" in page.inner_text(NOTICE)
    assert page.locator(STAY).is_hidden()
    check(page)


def test_the_pages_of_sessions_fit_and_axe_finds_nothing(look: Look) -> None:
    account = factories.account(AMARA)
    look(account, ["account/sessions/", "account/sessions/stay/", "account/history/"])


def _go_on(page: Any, by: timedelta) -> None:
    """Let the browser's clock show a later time, and its timers look at it."""
    page.evaluate("by => { const now = Date.now; Date.now = () => now() + by; }", by.total_seconds() * 1000)
    page.wait_for_selector(NOTICE, state="visible")
    page.wait_for_timeout(1100)
