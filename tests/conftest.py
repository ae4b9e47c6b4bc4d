"""The standing traps, on for every test, and what tests share.

A test that must lift one of the traps with a fixture here says so: `@pytest.mark.unguarded("clock")`.
tests/architecture/test_traps.py shows that each of them bites.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from lifecycle import clock
from tests import servers
from tests.traps import markup, personal_data, querysets, sockets, templates

INSTANT = datetime(2026, 9, 24, 9, 12, 40, tzinfo=UTC)
CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_configure() -> None:
    """Set the traps that hold for the whole run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A browser keeps its connection to the live server, and so a thread there, which must not keep one to the
    # database: else that cannot be dropped in the end.
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    templates.arm()
    markup.arm()
    querysets.arm()
    sockets.arm()


def lifted(request: pytest.FixtureRequest, trap: str) -> bool:
    """Whether the test lifts a trap by name."""
    return any(trap in marker.args for marker in request.node.iter_markers("unguarded"))


@pytest.fixture(autouse=True)
def _no_language_is_left_over() -> None:
    """A test begins in the language of the settings, whatever page the one before it looked at last."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _clock_stands_still(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real clock stands at INSTANT, unless the test lifts the trap 'clock'."""
    if not lifted(request, "clock"):
        monkeypatch.setattr("lifecycle.clock.real_now", lambda: INSTANT)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Make the real clock stand at another instant."""

    def stand_at(instant: datetime) -> None:
        monkeypatch.setattr("lifecycle.clock.real_now", lambda: instant)

    return stand_at


@pytest.fixture
def move_clock() -> Callable[[datetime], None]:
    """Move the portal's clock on to an instant; the real one, which sessions follow, stands still."""

    def stand_at(instant: datetime) -> None:
        if instant > clock.now():
            clock.travel(instant - clock.now())

    return stand_at


@pytest.fixture(autouse=True)
def _nobody_tells_names(request: pytest.FixtureRequest) -> Iterator[None]:
    """No log line and no task message holds a persona's name, unless the test lifts 'personal data'."""
    with personal_data.listening() as heard:
        yield
    if heard and not lifted(request, "personal data"):
        pytest.fail("Personal data got out:\n" + "\n".join(heard))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How Playwright starts the machine's own Chromium."""
    return {"executable_path": servers.chromium(), "headless": True, "args": CHROMIUM_FLAGS}


@pytest.fixture
def page(page: Any) -> Iterator[Any]:
    """Playwright's page, with a trap: an error on its console, such as a blocked script, fails the test."""
    heard: list[str] = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    yield page
    unexpected = [line for line in heard if "Failed to load resource" not in line]
    assert not unexpected, f"The browser's console shows errors: {unexpected}"
