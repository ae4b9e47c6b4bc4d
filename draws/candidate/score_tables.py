"""The tables behind a line of points: the candidate's test, and the cells of the rule with the candidate's own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from eligibility.wording.names import (
    ABILITY_NAMES,
    EDUCATION_NAMES,
    LINE_TITLES,
    day,
    level,
    number,
    test_name,
)
from rules import parameters
from rules.explanation import Line

# How many rows of the table of ages stand on either side of the candidate's own.
AGES_BESIDE = 2
Cells = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``you`` marks the candidate's own."""

    text: str
    you: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its head, and the cells beside it."""

    head: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as templates/components/table.html draws it."""

    caption: str
    heads: list[str]
    rows: list[Row]
    foot: Row | None = None


def tables_of(line: Line, on: date) -> list[Table]:
    """Return the tables of a line as of a day; none for lines whose rule is a single value."""
    if line.rule.value is None:
        return []
    whole = parameters.on(on).value(line.rule.parameter)
    if line.factor in {"first_language", "second_language", "spouse_language"}:
        return _language(line, whole["per_ability"])
    if line.factor in {"education", "spouse_education"}:
        return [_levels(line, whole["table"])]
    if line.factor == "age":
        return [_cells(_("Age"), _near(whole["table"], line), "ages", line)]
    if line.factor in {"canadian_work", "spouse_canadian_work"}:
        return [_cells(_("Years"), whole["table"], "years", line)]
    return []


def title_of(line: Line) -> dict[str, object]:
    """Return the line's title for a caption, which must tell the tables of a page apart."""
    return {"line": LINE_TITLES[line.factor]}


def _language(line: Line, listed: Cells) -> list[Table]:
    """The test that counts with its levels and points, and the points by level; only the latter without a test."""
    if line.facts["state"] != "counts":
        return [_points_by_level(line, listed, ())]
    reached: Mapping[str, int] = line.facts["levels"]
    return [_test(line, reached), _points_by_level(line, listed, reached.values())]


def _test(line: Line, reached: Mapping[str, int]) -> Table:
    facts, spoken = line.facts, language_of(line)
    words = {**title_of(line), "test": test_name(facts), "day": day(facts["date_taken"])}
    return Table(
        caption=_("%(line)s, your answers: %(test)s, %(day)s") % words,
        heads=[_("Ability"), _("Score"), _("Level"), _("Points")],
        rows=[
            Row(
                str(name),
                [
                    Cell(number(facts["scores"][ability])),
                    Cell(level(reached[ability], spoken)),
                    Cell(number(facts["points"][ability])),
                ],
            )
            for ability, name in ABILITY_NAMES.items()
        ],
        foot=Row(_("Total"), [Cell(""), Cell(""), Cell(number(line.points))]),
    )


def language_of(line: Line) -> str:
    """Return the language of a line, 'en' or 'fr'."""
    return str(line.facts["language"] or "en")


def _points_by_level(line: Line, listed: Cells, reached: Collection[int]) -> Table:
    column = line.rule.value.get("column", "points")
    mine = [any(_within(cell["clb"], one) for one in reached) for cell in listed]
    return Table(
        caption=_("%(line)s, the rule: points for each of the four abilities") % title_of(line),
        heads=[
            _("NCLC") if language_of(line) == "fr" else _("CLB"),
            *(span(cell["clb"]) for cell in listed),
        ],
        rows=[
            Row(
                _("Points"),
                [Cell(number(cell[column]), you) for cell, you in zip(listed, mine, strict=True)],
            )
        ],
    )


def _cells(head: str, listed: Cells, key: str, line: Line) -> Table:
    """A table of ranges and their points, in one row, with the candidate's own cell."""
    mine, column = line.rule.value[key], line.rule.value.get("column", "points")
    cells = [Cell(number(cell[column]), list(cell[key]) == list(mine)) for cell in listed]
    heads = [head, *(span(cell[key]) for cell in listed)]
    return Table(_("%(line)s, the rule: points") % title_of(line), heads, [Row(_("Points"), cells)])


def _levels(line: Line, listed: Mapping[str, Any]) -> Table:
    mine, column = line.rule.value["level"], line.rule.value.get("column", "points")
    rows = [
        Row(
            str(EDUCATION_NAMES.get(name, _("No credential that counts"))),
            [Cell(number(cell[column] if isinstance(cell, Mapping) else cell), name == mine)],
        )
        for name, cell in listed.items()
    ]
    return Table(_("%(line)s, the rule: points") % title_of(line), [_("Level"), _("Points")], rows)


def _near(listed: Cells, line: Line) -> Cells:
    """The rows of the table of ages around the candidate's own."""
    place = next(place for place, cell in enumerate(listed) if _within(cell["ages"], line.facts["age"]))
    return listed[max(0, place - AGES_BESIDE) : place + AGES_BESIDE + 1]


def _within(ends: Sequence[int | None], value: int) -> bool:
    first, last = ends
    return (first or 0) <= value and (last is None or value <= last)


def span(ends: Sequence[int | None]) -> str:
    """Return '7', '4–5' or '10+'."""
    first, last = ends
    if last is None:
        return f"{first}+"
    return f"{first}" if first == last else f"{first}–{last}"
