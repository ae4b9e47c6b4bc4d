"""The census of the pages is whole, true as far as can be told without a browser, and names tests that are there."""

import ast
from pathlib import Path

from tests.access.reading import ROWS
from tests.access.walking import known_addresses
from tests.accessible.census import NO_PAGE, WALKED, counted, looked_at

JOURNEYS = Path(__file__).resolve().parents[1] / "journeys"


def names_in(path: Path) -> set[str]:
    """Return the names of a file's tests, as the census writes them."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    functions = [node.name for node in nodes if isinstance(node, ast.FunctionDef)]
    return {f"{path.name}::{name}" for name in functions if name.startswith("test_")}


def test_every_address_is_in_the_census_once_and_the_census_has_no_other() -> None:
    known = {address.name for address in known_addresses()}
    names = counted()
    missing, gone = sorted(known - set(names)), sorted(set(names) - known)
    assert not missing, "Say in tests/accessible/census.py who looks at: " + ", ".join(missing)
    assert not gone, "The census has what is no address any more: " + ", ".join(gone)
    assert sorted(set(names)) == sorted(names)


def test_every_test_that_the_census_names_is_there() -> None:
    there = {name for path in JOURNEYS.glob("test_*.py") for name in names_in(path)}
    assert not set(looked_at()) - there


def test_what_is_walked_is_in_the_table_of_who_may_do_what() -> None:
    assert not WALKED - {row.name for row in ROWS}


def test_what_shows_no_page_is_opened_by_nobody_or_is_a_file() -> None:
    """The files are told by what they answer: test_every_page.py asks for each of them."""
    assert not NO_PAGE - {row.name for row in ROWS}
