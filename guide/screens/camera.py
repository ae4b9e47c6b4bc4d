"""Chromium as a camera: opens a page as somebody and keeps what it shows as a small WebP file.

The browser runs no script, so a picture shows what everybody gets.
"""

import base64
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from guide.screens.people import Cookies
from guide.screens.shots import Screen, Size

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--font-render-hinting=none",
)  # fmt: skip
LOOKED_AT_HEIGHT = 900
ROOM_ABOVE = 24
LONGEST_WAIT = 20_000  # milliseconds
WHOLE = "document.documentElement.scrollHeight"
TOP = "(element) => Math.round(element.getBoundingClientRect().top + window.scrollY)"


class NoChromium(RuntimeError):
    """There is no Chromium to take pictures with."""

    def __init__(self) -> None:
        super().__init__(
            "No Chromium was found, which takes the pictures. Install it (on Debian and Ubuntu: apt-get install "
            f"chromium) so that one of these is on the PATH: {', '.join(NAMES)}."
        )


class NotShown(RuntimeError):
    """A page that was to be taken did not come, or another one did."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Takes pictures of the portal at ``base``."""

    browser: Browser
    base: str

    @contextmanager
    def eyes_of(self, cookies: Cookies, size: Size) -> Iterator[Page]:
        """Give a page of a browser that holds somebody's cookies, in a size."""
        context = self.browser.new_context(
            viewport={"width": size.width, "height": LOOKED_AT_HEIGHT},
            java_script_enabled=False,
            reduced_motion="reduce",
            color_scheme="light",
        )
        context.set_default_timeout(LONGEST_WAIT)
        context.add_cookies(
            [{"name": name, "value": value, "url": self.base} for name, value in cookies.items()]
        )
        try:
            yield context.new_page()
        finally:
            context.close()

    def take(self, page: Page, screen: Screen, address: str, size: Size, quality: int) -> bytes:
        """Return the picture of an address, which begins with its language. Raises ``NotShown``."""
        url = f"{self.base}/{address}"
        answer = page.goto(url)
        if answer is None or not answer.ok or page.url != url:
            raise NotShown(f"{url} was asked for, and {page.url} came ({answer and answer.status}).")
        top = max(0, page.locator(screen.top).first.evaluate(TOP) - ROOM_ABOVE)
        height = min(size.height, page.evaluate(WHOLE) - top) if size.whole else size.height
        clip = {"x": 0, "y": top, "width": size.width, "height": height, "scale": size.sharpness}
        return _developed(page, clip, quality)


def chromium() -> str:
    """Return the path of the machine's Chromium. Raises ``NoChromium``."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise NoChromium
    return found


@contextmanager
def camera(base: str) -> Iterator[Camera]:
    """Start Chromium for the portal at an address. Raises ``NoChromium``."""
    path = chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield Camera(browser, base)
        finally:
            browser.close()


def _developed(page: Page, clip: dict[str, Any], quality: int) -> bytes:
    """Return a part of the page as WebP, which Playwright's own pictures cannot be."""
    told = {"format": "webp", "quality": quality, "captureBeyondViewport": True, "clip": clip}
    return base64.b64decode(page.context.new_cdp_session(page).send("Page.captureScreenshot", told)["data"])
