"""Which version of a category is in force on a day: each set of categories is a list with a first day.

IRCC names the version of a category only in the rounds that it holds for it ("v1", "2026-v3"). A category of a set for
which no round was held has the name of its set ("2026"). Source: `parameters/categories.yaml`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from rules.parameters import BOOK, Book

NAMED_BY_A_ROUND: Final = re.compile(r"(\d{4}-)?v\d+")


def versions_on(day: date, *, book: Book = BOOK) -> dict[str, str]:
    """Return category code -> version for the set in force on `day`, in the order of the set."""
    return _versions(book["categories.set"].on(day).value)


def codes_from(day: date, *, book: Book = BOOK) -> tuple[str, ...]:
    """Return the categories of the set in force on `day` and of any later one, each once."""
    parameter = book["categories.set"]
    first_day = parameter.on(day).first_day
    sets = [row.value["categories"] for row in parameter.rows if row.first_day >= first_day]
    return tuple(dict.fromkeys(found["code"] for listed in sets for found in listed))


def _versions(listed: dict[str, Any]) -> dict[str, str]:
    return {found["code"]: _named(found["round_version"], listed["name"]) for found in listed["categories"]}


def _named(version: str, name_of_the_set: str) -> str:
    return version if NAMED_BY_A_ROUND.fullmatch(version) else name_of_the_set
