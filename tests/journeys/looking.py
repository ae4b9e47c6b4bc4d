"""What every page must stand, in each language: axe finds nothing, and a phone need not scroll it sideways.

The browser must run scripts, which axe needs.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from accounts.models import User

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (1280, 360)
UNFOLD = "document.querySelectorAll('details').forEach(details => { details.open = true })"
Look = Callable[[User | None, list[str]], None]


def check(page: Any) -> None:
    """Look at the page that is open, with everything unfolded, at a desk and on a phone; in French by axe once."""
    page.evaluate(UNFOLD)
    widths_for_axe = WIDTHS if page.locator("html").get_attribute("lang") == "en" else WIDTHS[-1:]
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        fits(page)
        if width in widths_for_axe:
            clean(page)


def fits(page: Any) -> None:
    """The page that is open need not be scrolled sideways."""
    wide, width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide <= width, f"{page.url} is {wide} wide at {width}"


def clean(page: Any) -> None:
    """Axe finds nothing on the page that is open."""
    found = Axe().run(page, options=RULES)
    assert not found.violations_count, f"{page.url}: {found.generate_report()}"


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
