"""The Comprehensive Ranking System: a table of factors in, a table of points out, column by column.

One candidate is a table of one row. Every line of points is one look-up in a small table made from the
parameters in force; sections are sums with their caps. For a grid of a million rows, call `rank` once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from rules.factors import Factors
from rules.language import CODES, STEPS
from rules.lookups import AGES, LEVEL_SLOTS, YEARS, Lookups, Table, lookups
from rules.parameters import InForce

Column = NDArray[Any]

LINES: Final = (
    "age", "education", "first_language", "second_language", "canadian_work",
    "spouse_education", "spouse_language", "spouse_canadian_work",
    "transfer_education", "transfer_foreign_work", "transfer_trade_certificate",
    "provincial_nomination", "arranged_employment", "canadian_study", "french", "sibling",
)  # fmt: skip
SECTIONS: Final = {
    "core": slice(0, 5),
    "spouse": slice(5, 8),
    "transferability": slice(8, 11),
    "additional": slice(11, 16),
}
SECTION_OF: Final = {line: name for name, part in SECTIONS.items() for line in LINES[part]}

_CHUNK: Final = 16384
_WIDE: Final = frozenset({"first_language", "second_language", "spouse_language"})


@dataclass(frozen=True, slots=True)
class FactorTable:
    """Factors of many candidates: for each name of `factors.Factors` one column, all of the same length.

    Languages are uint16, everything else uint8.
    """

    columns: dict[str, Column]

    def __len__(self) -> int:
        return len(self.columns["age"])


@dataclass(frozen=True, slots=True)
class Points:
    """Points of many candidates: `lines` is 16 x n in the order of `LINES`, `sections` 4 x n, `total` n."""

    lines: Table
    sections: Table
    total: Table


def factor_table(rows: Sequence[Factors]) -> FactorTable:
    """Rows of factors as a table of columns."""
    columns = np.array(rows, dtype=np.uint16).reshape(len(rows), len(Factors._fields)).T
    return FactorTable(
        {
            name: np.ascontiguousarray(column, dtype=np.uint16 if name in _WIDE else np.uint8)
            for name, column in zip(Factors._fields, columns, strict=True)
        }
    )


def rank(table: FactorTable, rules: InForce) -> Points:
    """The points of every row of `table` under `rules`: three arrays of int16."""
    size = len(table)
    points = Points(
        np.empty((len(LINES), size), np.int16),
        np.empty((len(SECTIONS), size), np.int16),
        np.empty(size, np.int16),
    )
    tables = lookups(rules)
    for start in range(0, size, _CHUNK):
        rows = slice(start, start + _CHUNK)
        columns = {name: column[rows] for name, column in table.columns.items()}
        _rank(columns, tables, points.lines[:, rows])
        _add_up(points.lines[:, rows], points.sections[:, rows], points.total[rows], tables)
    return points


def _rank(columns: dict[str, Column], tables: Lookups, lines: Table) -> None:
    spouse = columns["with_spouse"].astype(np.uint16)
    by_level, by_year, by_code = spouse * LEVEL_SLOTS, spouse * YEARS, spouse * np.uint16(CODES)
    low = tables.lowest.take(columns["first_language"], mode="clip")
    other = tables.lowest.take(columns["second_language"], mode="clip")
    worked = low * YEARS + columns["canadian_years"]
    for line, (entries, index) in enumerate(
        (
            (tables.age, spouse * AGES + columns["age"]),
            (tables.education, by_level + columns["education"]),
            (tables.first_language, by_code + columns["first_language"]),
            (tables.second_language, by_code + columns["second_language"]),
            (tables.canadian_work, by_year + columns["canadian_years"]),
            (tables.spouse_education, by_level + columns["spouse_education"]),
            (tables.spouse_language, by_code + columns["spouse_language"]),
            (tables.spouse_canadian_work, by_year + columns["spouse_canadian_years"]),
            (tables.transfer_education, columns["education"] * np.uint16(STEPS * YEARS) + worked),
            (tables.transfer_foreign_work, columns["foreign_years"] * np.uint16(STEPS * YEARS) + worked),
            (tables.transfer_trade_certificate, columns["certificate"] * np.uint16(STEPS) + low),
        )
    ):
        entries.take(index, out=lines[line], mode="clip")
    np.multiply(columns["nomination"], np.int16(tables.nomination), out=lines[11])
    tables.offer.take(columns["offer"], out=lines[12], mode="clip")
    tables.canadian_study.take(columns["canadian_study"], out=lines[13], mode="clip")
    index = (columns["french_first"] * np.uint16(STEPS) + low) * np.uint16(STEPS) + other
    tables.french.take(index, out=lines[14], mode="clip")
    np.multiply(columns["sibling"], np.int16(tables.sibling), out=lines[15])


def _add_up(lines: Table, sections: Table, total: Table, tables: Lookups) -> None:
    for row, part in enumerate(SECTIONS.values()):
        np.add.reduce(lines[part], axis=0, out=sections[row], dtype=np.int16)
    np.minimum(sections[2], tables.transferability_cap, out=sections[2])
    np.minimum(sections[3], tables.additional_cap, out=sections[3])
    np.add.reduce(sections, axis=0, out=total, dtype=np.int16)
