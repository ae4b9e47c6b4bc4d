"""The Comprehensive Ranking System's points as look-up tables, made from the parameters in force.

Tables that differ for a candidate with a spouse hold the part without first, then the part with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rules.education import LEVELS
from rules.factors import MOST_YEARS, OLDEST
from rules.language import CODES, STEPS, level, step, steps
from rules.parameters import InForce
from rules.ranges import by_number, holds

Table = NDArray[np.int16]
Rows = Iterable[Mapping[str, Any]]

AGES: Final = OLDEST + 1
YEARS: Final = MOST_YEARS + 1
LEVEL_SLOTS: Final = 16

_COLUMNS: Final = ("without", "with")


@dataclass(frozen=True, slots=True)
class Lookups:
    """One table a line; the index of each is worked out by `ranking.rank`."""

    age: Table
    education: Table
    first_language: Table
    second_language: Table
    canadian_work: Table
    spouse_education: Table
    spouse_language: Table
    spouse_canadian_work: Table
    lowest: NDArray[np.uint16]
    transfer_education: Table
    transfer_foreign_work: Table
    transfer_trade_certificate: Table
    nomination: int
    offer: Table
    canadian_study: Table
    french: Table
    sibling: int
    transferability_cap: int
    additional_cap: int


@lru_cache(maxsize=64)
def lookups(rules: InForce) -> Lookups:
    """The look-up tables under `rules`."""
    core, spouse, extra = "crs.core.", "crs.spouse.", "crs.additional."
    value = rules.value
    second, study = value(core + "second_language"), value(extra + "canadian_study")
    return Lookups(
        age=_by_number(value(core + "age")["table"], "ages", AGES),
        education=_by_level(value(core + "education")["table"]),
        first_language=_by_code(
            value(core + "first_language")["per_ability"], value(core + "first_language")["max"]
        ),
        second_language=_by_code(second["per_ability"], second["max"]),
        canadian_work=_by_number(value(core + "canadian_work")["table"], "years", YEARS),
        spouse_education=_by_level(_scored(value(spouse + "education")["table"])),
        spouse_language=_by_code(_scored_rows(value(spouse + "language")["per_ability"]), None),
        spouse_canadian_work=_by_number(
            _scored_rows(value(spouse + "canadian_work")["table"]), "years", YEARS
        ),
        lowest=np.array([min(steps(code)) for code in range(CODES)], np.uint16),
        transfer_education=_transfer_education(rules),
        transfer_foreign_work=_transfer_foreign_work(rules),
        transfer_trade_certificate=_transfer_trade_certificate(rules),
        nomination=value(extra + "provincial_nomination"),
        offer=_offer(value(extra + "arranged_employment")),
        canadian_study=_int16([0, study["one_or_two_year"], study["three_year_or_more"]]),
        french=_french(value(extra + "french")),
        sibling=value(extra + "sibling")["points"],
        transferability_cap=value("crs.transferability.maximum"),
        additional_cap=value(extra + "maximum"),
    )


def _int16(points: Iterable[int]) -> Table:
    return np.array(list(points), np.int16)


def _scored_rows(rows: Rows) -> list[dict[str, Any]]:
    return [{**row, "without": 0, "with": row["points"]} for row in rows]


def _scored(table: Mapping[str, int]) -> dict[str, dict[str, int]]:
    return {name: {"without": 0, "with": points} for name, points in table.items()}


def _by_number(rows: Rows, key: str, size: int) -> Table:
    return _int16(p for column in _COLUMNS for p in by_number(list(rows), key, size - 1, column))


def _by_level(table: Mapping[str, Mapping[str, int]]) -> Table:
    spare = [0] * (LEVEL_SLOTS - len(LEVELS))
    return _int16(p for column in _COLUMNS for p in [*(table[name][column] for name in LEVELS), *spare])


def _by_code(rows: Rows, most: Mapping[str, int] | None) -> Table:
    points: list[int] = []
    for column in _COLUMNS:
        per_level = by_number(list(rows), "clb", level(STEPS - 1), column)
        sums = [sum(per_level[level(reached)] for reached in steps(code)) for code in range(CODES)]
        points += sums if most is None else [min(most[column], total) for total in sums]
    return _int16(points)


def tier(ranges: Mapping[str, tuple[int, int | None]], years: int) -> str | None:
    """The name of the range that holds so many completed years."""
    return next((name for name, ends in ranges.items() if holds(ends, years)), None)


def language_tier(rules: InForce, lowest: int) -> str | None:
    """The tier of skill transferability that the lowest step of the first official language reaches."""
    least = rules.value("crs.transferability.tiers")["language_min_clb"]
    reached = [name for name, clb in least.items() if lowest >= step(clb)]
    return max(reached, key=lambda name: least[name], default=None)


def _combined(rules: InForce, group: str, own: str | None, lowest: int, worked: int) -> int:
    """Points of one group of combinations: with the language and with Canadian work, then the group's cap."""
    listed = rules.value(group)
    ranges = rules.value("crs.transferability.tiers")["canadian_work_years"]
    if own is None:
        return 0
    with_language = listed["with_language"][own].get(language_tier(rules, lowest), 0)
    with_work = listed["with_canadian_work"][own].get(tier(ranges, worked), 0)
    return min(int(listed["max"]), int(with_language + with_work))


def _transfer_education(rules: InForce) -> Table:
    tiers = rules.value("crs.transferability.tiers")["education"]
    group = "crs.transferability.education"
    tier_of = {name: tier for tier, names in tiers.items() for name in names}
    found = np.zeros((LEVEL_SLOTS, STEPS, YEARS), np.int16)
    for (index, name), lowest, worked in product(enumerate(LEVELS), range(STEPS), range(YEARS)):
        found[index, lowest, worked] = _combined(rules, group, tier_of.get(name), lowest, worked)
    return found.ravel()


def _transfer_foreign_work(rules: InForce) -> Table:
    ranges = rules.value("crs.transferability.tiers")["foreign_work_years"]
    group = "crs.transferability.foreign_work"
    found = np.zeros((YEARS, STEPS, YEARS), np.int16)
    for abroad, lowest, worked in product(range(YEARS), range(STEPS), range(YEARS)):
        found[abroad, lowest, worked] = _combined(rules, group, tier(ranges, abroad), lowest, worked)
    return found.ravel()


def _transfer_trade_certificate(rules: InForce) -> Table:
    listed = rules.value("crs.transferability.trade_certificate")
    held = [
        max((row["points"] for row in listed["table"] if lowest >= step(row["min_clb"])), default=0)
        for lowest in range(STEPS)
    ]
    return _int16([0] * STEPS + [min(listed["max"], points) for points in held])


def _offer(listed: Mapping[str, Any]) -> Table:
    """By kind of offer: 0 none, else 1, plus 1 for major group 00, plus 2 if assessed and indeterminate."""
    points = [listed["other"], listed["major_group_00"]]
    unassessed = [0, 0] if listed["assessed_and_indeterminate_only"] else points
    return _int16([0, *unassessed, *points])


def _french(listed: Mapping[str, int]) -> Table:
    """By whether French is the first language, its lowest step, and the lowest step of the other language."""
    found = np.zeros((2, STEPS, STEPS), np.int16)
    for french_first, first, second in product(range(2), range(STEPS), range(STEPS)):
        french, english = (first, second) if french_first else (second, first)
        if french >= step(listed["min_french"]):
            reached = english >= step(listed["min_english"])
            found[french_first, first, second] = listed["english_reached" if reached else "english_below"]
    return found.ravel()
