"""Each of the 16 lines opens to its facts, the cells of its rule with the candidate's own, its cap, its source."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings

from draws.candidate.score_lines import LineShown, sections_of
from draws.candidate.score_tables import Table
from rules.explanation import explain
from rules.facts import parse
from tests.personas import AMARA, BEN, DIVYA, EMEKA, EVERYBODY, Persona
from tests.rules.strategies import profiles

ON = date(2026, 9, 24)
NO_SPOUSE = 3


def lines_of(document: dict[str, Any]) -> list[LineShown]:
    return [line for section in sections_of(explain(parse(document))) for line in section.lines]


def line(persona: Persona, title: str, **changes: Any) -> LineShown:
    return next(one for one in lines_of({**persona.document(ON), **changes}) if one.title == title)


def own(table: Table) -> list[str]:
    """Return the texts of the candidate's own cells."""
    return [cell.text for row in table.rows for cell in row.cells if cell.you]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)
def test_every_line_has_facts_the_rule_its_cap_and_its_source(persona: Persona, language: str) -> None:
    with translation.override(language):
        lines = lines_of(persona.document(ON))
        assert len(lines) == 16
        without_a_table = [one for one in lines if not one.tables]
        assert len(without_a_table) == (0 if persona is BEN else NO_SPOUSE)
        assert all(one.sentences and one.source for one in lines)


@pytest.mark.parametrize(
    ("persona", "title", "cells"),
    [
        (AMARA, "Education combinations", ["50"]),
        (AMARA, "Foreign work combinations", ["50"]),
        (DIVYA, "Education combinations", ["25", "25"]),
        (EMEKA, "Education combinations", []),
        (BEN, "Trade certificate combination", ["50"]),
        (AMARA, "Trade certificate combination", []),
        (AMARA, "Provincial nomination", ["0"]),
        (AMARA, "Arranged employment", ["0"]),
        (DIVYA, "Study in Canada", ["30"]),
        (AMARA, "Study in Canada", ["0"]),
        (DIVYA, "French", ["50"]),
        (AMARA, "French", ["0"]),
        (DIVYA, "Brother or sister in Canada", ["15"]),
        (AMARA, "Brother or sister in Canada", ["0"]),
    ],
)
def test_the_candidate_s_own_cells_are_marked(persona: Persona, title: str, cells: list[str]) -> None:
    (table,) = line(persona, title).tables
    assert own(table) == cells


def test_a_nomination_that_counts_marks_its_600() -> None:
    held = {"province": "ON", "issued_on": ON.isoformat(), "expires_on": None}
    (table,) = line(AMARA, "Provincial nomination", provincial_nomination=held).tables
    assert own(table) == ["600"]


def test_a_language_without_a_test_still_shows_the_rule_with_no_cell_of_one_s_own() -> None:
    (table,) = line(AMARA, "Second official language").tables
    assert table.heads[0] == "NCLC"
    assert own(table) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(profiles())
def test_the_marked_cells_add_up_to_the_line_s_points_up_to_its_cap(document: dict[str, Any]) -> None:
    lines = {one.title: one for one in lines_of(document)}
    for title in ("Education combinations", "Foreign work combinations", "Trade certificate combination"):
        cells = sum(int(text) for text in own(lines[title].tables[0]))
        assert min(cells, lines[title].most) == lines[title].points
    for title in ("Study in Canada", "French", "Brother or sister in Canada", "Provincial nomination"):
        assert sum(int(text) for text in own(lines[title].tables[0])) == lines[title].points
