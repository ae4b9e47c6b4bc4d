"""Every page of the table of addresses in French, as it is and with rubbish in its forms, and what it costs.

In English every page and every empty form is asked for by tests/access/test_every_url.py. The trap of
tests/traps/markup.py looks at whatever is answered.
"""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests.access.asking import address_of, ask
from tests.access.conftest import world
from tests.access.reading import ROWS, Row
from tests.access.world import ACTORS, World
from tests.accessible.census import NO_PAGE
from tests.accessible.markup import Element, Markup, read

pytestmark = pytest.mark.django_db
__all__ = ["world"]
MOST_QUERIES = 15
RUBBISH = "?!"
TYPED = frozenset({"hidden", "submit", "radio", "checkbox", "file"})


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    with translation.override("fr"):
        yield


@pytest.fixture(autouse=True)
def _whoever_asks_has_proved_who_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.factors.fresh_proof.is_fresh", lambda _request: True)


def who_sees(row: Row) -> str:
    """Return the first of the actors whom the page is shown to, may they have to prove who they are."""
    return next((actor for actor, cell in zip(ACTORS, row.get, strict=True) if cell in "+p"), "nobody")


def is_page(answer: HttpResponse) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html") and "Location" not in answer.headers


def forms_of(markup: Markup, address: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the method of each form that is sent to the page itself, with rubbish in what somebody can type."""
    for form in markup.of("form"):
        if form.told.get("action") in {None, "", address} and form.told.get("role") != "search":
            inside = [e for e in markup.of("input", "textarea", "select", "button") if form in e.within()]
            yield (
                form.told.get("method", "get").upper(),
                {e.told["name"]: typed(e) for e in inside if e.has("name")},
            )


def typed(element: Element) -> str:
    if element.tag == "button" or element.told.get("type") in TYPED:
        return element.told.get("value", "on")
    return RUBBISH


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_page_and_its_forms_with_rubbish_in_french(world: World, row: Row) -> None:
    actor, address = who_sees(row), address_of(row, world)
    client = world.client(actor)
    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, "GET", address)
    if not is_page(answer):
        return
    told = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(told) <= MOST_QUERIES, "\n".join(told)
    markup = read(answer.content.decode())
    assert [element.told["lang"] for element in markup.of("html")] == ["fr"]
    assert actor != "nobody" or not markup.of("script"), "Whoever is not signed in needs no script."
    for method, fields in forms_of(markup, address):
        if method == "POST":
            ask(world.client(actor), method, address, fields)
        else:
            ask(world.client(actor), method, f"{address}?{urlencode(fields)}")


@pytest.mark.parametrize("row", [row for row in ROWS if row.name in NO_PAGE], ids=str)
def test_what_the_census_says_to_be_no_page_shows_none(world: World, row: Row) -> None:
    for actor in (who_sees(row), "owner", "senior"):
        answer = ask(world.client(actor), "GET", address_of(row, world))
        assert not is_page(answer) or answer.status_code >= 400, actor
