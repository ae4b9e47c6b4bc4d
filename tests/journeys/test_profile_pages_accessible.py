"""The pages of account and profile: nothing that axe finds, and no scrolling sideways on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from profiles import services
from profiles.filling import keep_typed
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA, Persona

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 360)


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


@pytest.fixture
def look(page: Any, live_server: Any) -> Callable[[Persona | None, list[str]], None]:
    """Look at pages as somebody, at a desk and on a phone."""

    def look_at(persona: Persona | None, pages: list[str]) -> None:
        if persona:
            client = Client()
            client.force_login(factories.account(persona))
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        for address in pages:
            page.goto(f"{live_server.url}/fr/account/{address}")
            check_widths(page, with_axe=False)
            page.goto(f"{live_server.url}/en/account/{address}")
            check_widths(page, with_axe=True)

    return look_at


def check_widths(page: Any, *, with_axe: bool) -> None:
    """Look at the page that is open at each width."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{page.url} is {wide} wide at {width}"
        if with_axe:
            found = Axe().run(page, options=RULES)
            assert not found.violations_count, f"{page.url} at {width}: {found.generate_report()}"


def test_signing_in_and_up(look: Any) -> None:
    look(None, ["login/", "signup/"])


def test_an_empty_account_and_its_checklist(look: Any) -> None:
    look(DIVYA, ["", "start/", "messages/", "logout/"])


def test_the_pages_of_a_draft(look: Any) -> None:
    factories.draft(BEN)
    sections = ["personal", "family", "study", "languages", "work", "job-offer", "partner", "partner-work"]
    entries = ["study/1", "languages/1", "work/add", "certificate/1", "relatives/add", "work/1/delete"]
    pages = ["", *(f"{page}/" for page in [*sections, *entries, "check", "result", "sign", "discard"])]
    look(BEN, ["", *(f"draft/{page}" for page in pages)])


def test_a_page_with_errors_and_the_list_that_names_them(look: Any) -> None:
    draft = factories.draft(AMARA)
    keep_typed(draft=draft, place="family", typed={"family_size": ["two"]}, at=AT)
    look(AMARA, ["draft/", "draft/family/"])


def test_a_profile_in_the_pool_its_confirmation_and_its_withdrawal(look: Any) -> None:
    number = factories.profile(AMARA).number
    message = factories.account(AMARA).messages.get()
    pages = ["", "submitted/", "withdraw/"]
    look(AMARA, ["", f"messages/{message.pk}/", *(f"profiles/{number}/{page}" for page in pages)])


def test_a_profile_that_meets_no_program(look: Any) -> None:
    number = factories.profile(EMEKA).number
    look(EMEKA, ["", f"profiles/{number}/", f"profiles/{number}/submitted/"])


def test_a_withdrawn_profile(look: Any) -> None:
    profile = factories.profile(AMARA)
    services.withdraw(profile=profile, at=AT)
    look(AMARA, ["", "start/", f"profiles/{profile.number}/"])
