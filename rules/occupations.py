"""The 516 unit groups of NOC 2021, and the countries a profile may name."""

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

countries: dict[str, Country] = {
    row["code"]: Country(row["name_en"], row["name_fr"]) for row in _table("reference.countries")
}
