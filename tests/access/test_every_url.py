"""Every address, every actor, every method: what is answered is what the table of expectations.py says."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.urls import NoReverseMatch, resolve

from tests.access.asking import address_of, ask
from tests.access.differences import differences
from tests.access.reading import OTHER_METHODS, ROWS, Row
from tests.access.walking import known_addresses
from tests.access.world import ACTORS, World

pytestmark = pytest.mark.django_db
OURS = (
    "accounts.",
    "draws.",
    "eeportal.",
    "eligibility.",
    "guide.",
    "profiles.",
    "simulation.",
    "django.views.i18n",
)
NOWHERE: dict[str, Any] = {"profile": "E000000000", "session": UUID(int=0)}
NO_ROW = 2**31
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


def test_every_address_is_in_the_table_and_the_table_has_no_other(world: World) -> None:
    routes = {known.route: known.name for known in known_addresses()}
    listed, gone = set(), []
    for row in ROWS:
        try:
            listed.add(resolve(address_of(row, world)).route)
        except NoReverseMatch:
            gone.append(str(row))
    missing = sorted(f"{name} ({route})" for route, name in routes.items() if route not in listed)
    assert not missing, "Say in tests/access/expectations.py who may do what here: " + ", ".join(missing)
    assert not gone, "No address has these lines of tests/access/expectations.py any more: " + ", ".join(gone)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_page_answers_everybody_as_the_table_says(world: World, row: Row) -> None:
    assert not differences(row, world, "GET")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_form_answers_everybody_as_the_table_says(world: World, row: Row) -> None:
    assert not differences(row, world, "POST")


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_another_method_is_refused(world: World, row: Row) -> None:
    """Each method is tried by one of the actors, in turns; by all of them with --all."""
    first = ROWS.index(row)
    tried = [(method, ACTORS[(first + number) % len(ACTORS)]) for number, method in enumerate(OTHER_METHODS)]
    assert not [said for method, actor in tried for said in differences(row, world, method, (actor,))]


@pytest.mark.slow
@pytest.mark.parametrize("method", OTHER_METHODS)
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_other_method_is_refused(world: World, row: Row, method: str) -> None:
    assert not differences(row, world, method)


@pytest.mark.parametrize("row", [row for row in ROWS if row.is_anothers], ids=str)
def test_anothers_thing_is_the_same_as_none(world: World, row: Row) -> None:
    client = world.client("other")
    nothing = {name: NOWHERE.get(thing, NO_ROW) for name, thing in row.of.items()}
    addresses = [address_of(row, world), address_of(row, world, **nothing)]
    assert addresses[0] != addresses[1]
    for method in ("GET", "POST"):
        answers = [ask(client, method, address) for address in addresses]
        assert answers[0].status_code == answers[1].status_code
        bodies = [
            TOKEN.sub("", answer.content.decode()).replace(address[3:], "")
            for answer, address in zip(answers, addresses, strict=True)
        ]
        assert bodies[0] == bodies[1]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_form_without_its_token_is_refused(world: World, row: Row) -> None:
    for actor in ("nobody", "owner"):
        answer = ask(world.client(actor, enforce_csrf_checks=True), "POST", address_of(row, world))
        assert (answer.status_code == 403) is not row.by_machines, actor


def test_no_address_serves_what_another_package_brought_along() -> None:
    theirs = [known.route for known in known_addresses() if not known.view.__module__.startswith(OURS)]
    assert not theirs, "Only views of the portal's own are served; these are others': " + ", ".join(theirs)
