"""The table notices it when a view loses a guard: each guard of each view is taken off once, mechanically."""

import pytest
from django.urls import resolve

from tests.access.asking import address_of
from tests.access.differences import differences
from tests.access.reading import ROWS, Row
from tests.access.unguarding import View, guards_of, nobody_asks_whose, without
from tests.access.walking import Known, known_addresses
from tests.access.world import ACTORS, World

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

ASKED_INSIDE = {
    "accounts:sign_in_second": "who has given no password yet",
    "accounts:sign_in_way": "who has given no password yet",
    "accounts:sign_in_question": "who has given no password yet",
}
"""Pages that lead nobody to the sign-in without a decorator: by what they ask themselves."""
ASKED_TWICE = {
    "profiles:discard": "its inner page asks for the sign-in as well",
    "draws:decline": "its view asks again whose the invitation is",
    "profiles:province": "no actor here is a province’s staff; tests/profiles/test_pages_nomination.py has them",
}
"""Pages where one guard alone is not missed, because another one asks the same."""


def known(row: Row, world: World) -> Known:
    route = resolve(address_of(row, world)).route
    return next(address for address in known_addresses() if address.route == route)


def is_noticed(row: Row, world: World) -> bool:
    """Whether the table disagrees with what is answered now, to any actor."""
    return any(differences(row, world, method, (actor,)) for method in ("GET", "POST") for actor in ACTORS)


@pytest.mark.parametrize("row", [row for row in ROWS if row.is_guarded], ids=str)
def test_without_any_one_of_its_guards_a_page_answers_otherwise_than_the_table_says(
    world: World, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = known(row, world)
    guards: list[View] = guards_of(found.view)
    if row.get[0] == "s" and row.name not in ASKED_INSIDE:
        assert guards, f"Nothing in tests/access/unguarding.py names the guard of {row}."
    for guard in guards:
        monkeypatch.setattr(found.pattern, "callback", without(found.view, guard))
        assert row.name in ASKED_TWICE or is_noticed(row, world), (
            f"{row} answers the same without {guard.__code__.co_qualname}"
        )


@pytest.mark.parametrize("row", [row for row in ROWS if row.is_anothers], ids=str)
def test_without_the_question_whose_it_is_anothers_thing_is_there(world: World, row: Row) -> None:
    with nobody_asks_whose():
        assert (
            row.name in ASKED_TWICE
            or differences(row, world, "GET", ("other",))
            or differences(row, world, "POST", ("other",))
        )
