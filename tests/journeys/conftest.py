from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from lifecycle import clock
from tests.accessible.census import looked_at
from tests.journeys import looking
from tests.journeys.looking import Look, come_in, look_at
from tests.journeys.signer import Devices, Signer
from tests.personas import Persona


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Without script: every page must work so."""
    return {**browser_context_args, "java_script_enabled": False}


@pytest.fixture(autouse=True)
def _the_census_is_true(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that the census of the pages names looks at all that it is named for."""
    looking.SEEN.clear()
    yield
    name = f"{request.path.name}::{request.function.__name__}"
    missed = looked_at().get(name, frozenset()) - looking.SEEN
    assert not missed, f"tests/accessible/census.py says that {name} looks at {sorted(missed)}."


@pytest.fixture
def devices(
    browser: Any, browser_context_args: dict[str, Any], live_server: Any, language: str, persona: Persona
) -> Iterator[Devices]:
    """Each call is a device that was never here before."""
    contexts = []

    def device() -> Signer:
        context = browser.new_context(**browser_context_args)
        contexts.append(context)
        return Signer(context.new_page(), live_server.url, persona, language, clock.today())

    yield device
    for context in contexts:
        context.close()


@pytest.fixture
def look(page: Any, live_server: Any) -> Look:
    """Look at pages as somebody, or as nobody, in both languages."""

    def looks(user: User | None, addresses: list[str]) -> None:
        if user:
            come_in(page, live_server.url, user)
        for address in addresses:
            look_at(page, live_server.url, address)

    return looks
