"""What every page must stand, in each language: axe finds nothing, and a phone need not scroll it sideways.

What is wrong on a page has the focus, and paper shows all that the screen does. The browser must run scripts, which
axe needs.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from accounts.models import User

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
WIDTHS = (1280, 360)
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true })"
SUMMARY = ".error-summary"
Look = Callable[[User | None, list[str]], None]
SEEN: set[str] = set()
"""The names of the addresses that axe looked at in this test, for the census of tests/accessible/census.py."""


def check(page: Any) -> None:
    """Look at the page that is open, with everything unfolded; by axe at a desk in English, on a phone in French."""
    focused(page)
    page.evaluate(UNFOLD)
    widths = sorted(WIDTHS, reverse=page.locator("html").get_attribute("lang") == "fr")
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
    clean(page)


def glance(page: Any, base: str, address: str, *, status: int = 200) -> None:
    """Open an address, without its language: in English by axe on a phone and on paper, in French for its width."""
    for language in ("fr", "en"):
        answer = page.goto(f"{base}/{language}/{address}")
        assert answer.status == status, (page.url, answer.status)
        assert urlsplit(page.url).path == f"/{language}/{urlsplit(address).path}", (address, page.url)
        focused(page)
        page.evaluate(UNFOLD)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            fits(page)
    clean(page)
    on_paper(page)


def focused(page: Any) -> None:
    """The list of what is wrong on the page that is open, if there is one, has the focus."""
    if page.locator(SUMMARY).count():
        assert page.evaluate("document.activeElement.matches('.error-summary')"), page.url


def on_paper(page: Any) -> None:
    """Paper has the heading of the page that is open, and all of its text that is no way on."""
    words = "[...document.querySelectorAll('main h1, main .prose, main .lead')].map(part => part.innerText.trim())"
    shown = page.evaluate(words)
    page.emulate_media(media="print")
    printed = page.evaluate(words)
    page.emulate_media(media="screen")
    assert printed == shown != [], page.url


def fits(page: Any) -> None:
    """The page that is open need not be scrolled sideways."""
    wide, width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= width, f"{page.url} is {wide} wide at {width}"


def clean(page: Any) -> None:
    """Axe finds nothing on the page that is open."""
    SEEN.add(name_of(page.url))
    found = Axe().run(page, options=RULES)
    assert not found.violations_count, f"{page.url}: {found.generate_report()}"


def name_of(url: str) -> str:
    """Return the name of an address of the portal; nothing for another's, or for none."""
    path = urlsplit(url).path
    with translation.override(path.split("/")[1]):
        try:
            return resolve(path).view_name
        except Resolver404:
            return ""


def come_in(page: Any, base: str, user: User) -> Client:
    """Let the browser be signed in as somebody; return the test client of the same session."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
    return client


def look_at(page: Any, base: str, address: str) -> None:
    """Open an address, without its language, in English and French, and check what is there, not elsewhere."""
    for language in ("en", "fr"):
        page.goto(f"{base}/{language}/{address}")
        assert urlsplit(page.url).path == f"/{language}/{urlsplit(address).path}"
        check(page)
