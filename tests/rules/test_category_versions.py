"""Versions of categories by day, and the provisions under which a round is held."""

from datetime import date

import pytest

from draws.public.history import published_rounds
from rules.authority import provisions
from rules.category_versions import codes_from, versions_on
from rules.selection import RoundType


def test_the_versions_are_those_of_the_list_in_force() -> None:
    assert versions_on(date(2025, 6, 4))["healthcare"] == "v2"
    assert versions_on(date(2026, 2, 20))["healthcare"] == "2026-v3"


def test_a_category_without_a_round_is_named_after_its_list() -> None:
    assert versions_on(date(2026, 3, 1))["stem"] == "2026"


def test_before_the_first_list_there_is_no_category() -> None:
    assert versions_on(date(2023, 5, 30)) == {}
    assert versions_on(date(2023, 5, 31))["french"] == "v1"


def test_a_category_that_was_dropped_is_in_no_list_to_come() -> None:
    assert "agriculture" in codes_from(date(2026, 2, 17))
    assert "agriculture" not in codes_from(date(2026, 2, 18))


def test_every_category_round_that_ircc_published_had_the_version_of_its_day_but_for_one() -> None:
    rounds = [held for held in published_rounds() if held.round_type == "category"]
    others = [held.number for held in rounds if versions_on(held.day).get(held.category) != held.version]
    # Round 394, of 6 February 2026, named the version of the list that was announced twelve days later.
    assert others == ["394"]


KINDS: tuple[RoundType, ...] = ("general", "program", "pnp")


@pytest.mark.parametrize("round_type", KINDS)
def test_a_round_is_held_under_the_provisions_on_rank_and_number(round_type: RoundType) -> None:
    assert provisions(round_type) == ("10.3(1)(i)", "10.3(1)(j)")


def test_a_category_round_is_held_under_the_provision_on_groups_as_well() -> None:
    assert provisions("category")[0] == "10.3(1)(h.1)"
