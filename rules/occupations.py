"""The 516 unit groups of NOC 2021, the 500 of NOC 2016 that they came from, and the countries a profile may name."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import NamedTuple

from rules.parameters import BOOK, FOLDER, SYSTEM_BEGAN


class Occupation(NamedTuple):
    """A unit group: titles, TEER category 0 to 5, and whether IRPR s. 87.2(1) lists it as a skilled trade."""

    title_en: str
    title_fr: str
    teer: int
    trade: bool


class OldOccupation(NamedTuple):
    """A unit group of NOC 2016: its English title, and the NOC 2021 codes that its jobs went to."""

    title_en: str
    codes: tuple[str, ...]


class Country(NamedTuple):
    """Short names of a country in English and French."""

    name_en: str
    name_fr: str


def _table(parameter: str) -> Iterator[dict[str, str]]:
    name = BOOK[parameter].on(SYSTEM_BEGAN).value
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


noc2021: dict[str, Occupation] = {
    row["code"]: Occupation(row["title_en"], row["title_fr"], int(row["teer"]), row["trade"] == "1")
    for row in _table("reference.occupations")
}


def _concordance() -> dict[str, OldOccupation]:
    found: dict[str, OldOccupation] = {}
    for row in _table("reference.concordance"):
        before = found.get(row["old_code"])
        codes = (*before.codes, row["code"]) if before else (row["code"],)
        found[row["old_code"]] = OldOccupation(row["old_title_en"], codes)
    return found


noc2016: dict[str, OldOccupation] = _concordance()

countries: dict[str, Country] = {
    row["code"]: Country(row["name_en"], row["name_fr"]) for row in _table("reference.countries")
}
