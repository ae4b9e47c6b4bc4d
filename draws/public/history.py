"""The rounds that IRCC published and the pool as published with them, read once from ``draws/data``.

Every row is checked as it is read: a wrong one stops it with a ``HistoryError`` that names file and line.
Source of the figures: ``draws/data/README.md``.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from draws.charts.bands import BANDS
from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS

DATA = Path(__file__).parents[1] / "data"
NUMBER = re.compile(r"([1-9]\d{0,3})([a-z]?)", re.ASCII)
# The published file's types, in the words of this simulator: the type and, where it names one, the program.
TYPES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "general": ("general", ()),
    "pnp": ("pnp", ("PNP",)),
    "cec": ("program", ("CEC",)),
    "fsw": ("program", ("FSW",)),
    "fst": ("program", ("FST",)),
    "category": ("category", ()),
}
RENAMED_CATEGORIES = {"military": "skilled_military"}
HIGHEST_SCORE = 1200
Row = Mapping[str, str]
Read = TypeVar("Read")


class HistoryError(ValueError):
    """A row of the published figures that cannot be right."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """Candidates in the pool, a figure for each of ``draws.charts.bands.BANDS``; a few rows do not tell the day.

    ``total`` is as published; one published row differs from the sum of its parts.
    """

    round_number: str
    as_of: date | None
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class PublishedRound:
    """One round as IRCC published it. Instants are UTC; ``None`` is what was not published or not recorded.

    ``round_type`` is a ``draws.models.RoundType``; ``programs`` names the programs whose candidates could be
    invited, as far as known; ``category`` is a code of ``rules.categories``, empty for other types.
    """

    number: str
    day: date
    round_type: str
    programs: tuple[str, ...]
    category: str
    version: str
    name_en: str
    name_fr: str
    invitations: int
    cutoff: int
    tie_break_at: datetime | None
    ran_at: datetime
    distribution: Distribution | None

    @property
    def kind(self) -> str:
        """What the round was for, as one word: general, pnp, cec, fsw, fst, or the category's code."""
        if self.round_type == "program":
            return self.programs[0].lower()
        return self.category or self.round_type


@cache
def published_rounds() -> tuple[PublishedRound, ...]:
    """Return every published round, oldest first. Raises ``HistoryError``."""
    return read_rounds(DATA / "rounds.csv", published_distributions())


@cache
def published_distributions() -> Mapping[str, Distribution]:
    """Return the published pictures of the pool by round number. Raises ``HistoryError``."""
    return read_distributions(DATA / "pool_distributions.csv")


def published_round(number: str) -> PublishedRound | None:
    """Return the round with a published number such as '91a', or ``None``."""
    return _by_number().get(number)


def last_number() -> int:
    """Return the highest published number, after which this simulator's own rounds are numbered."""
    return sequence(published_rounds()[-1].number)[0]


def sequence(number: str) -> tuple[int, str]:
    """Return a round number so that it sorts: '91a' is (91, 'a'). Raises ``ValueError`` for another shape."""
    match = NUMBER.fullmatch(number)
    if match is None:
        raise ValueError(f"{number!r} is not the number of a round")
    return int(match[1]), match[2]


def read_rounds(path: Path, distributions: Mapping[str, Distribution]) -> tuple[PublishedRound, ...]:
    """Read and check a file of rounds, oldest first, each number once. Raises ``HistoryError``."""
    rounds = _read(path, lambda row: _round(row, distributions))
    for before, after in pairwise(rounds):
        if sequence(before.number) >= sequence(after.number) or before.day > after.day:
            raise HistoryError(f"{path.name}: round {after.number} is out of order after {before.number}")
    if unknown := set(distributions) - {held.number for held in rounds}:
        raise HistoryError(f"{path.name}: distributions of unknown rounds: {', '.join(sorted(unknown))}")
    return tuple(rounds)


def read_distributions(path: Path) -> Mapping[str, Distribution]:
    """Read and check a file of distributions; return them by round number. Raises ``HistoryError``."""
    rows = _read(path, _distribution)
    found = {row.round_number: row for row in rows}
    if len(found) != len(rows):
        raise HistoryError(f"{path.name}: a round has two distributions")
    return MappingProxyType(found)


@cache
def _by_number() -> Mapping[str, PublishedRound]:
    return MappingProxyType({held.number: held for held in published_rounds()})


def _read(path: Path, read_row: Callable[[Row], Read]) -> list[Read]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(_read_rows(path.name, csv.DictReader(file, strict=True), read_row))


def _read_rows(name: str, rows: Iterable[Row], read_row: Callable[[Row], Read]) -> Iterable[Read]:
    for line, row in enumerate(rows, start=2):
        try:
            yield read_row(row)
        except (ValueError, KeyError, TypeError) as error:
            raise HistoryError(f"{name}, line {line}: {error}") from error


def _round(row: Row, distributions: Mapping[str, Distribution]) -> PublishedRound:
    sequence(row["number"])
    round_type, programs = TYPES[row["round_type"]]
    category = RENAMED_CATEGORIES.get(row["category_code"], row["category_code"])
    _require((round_type == "category") == bool(category), "a category goes with a category round only")
    _require(not category or category in CATEGORY_BITS, f"unknown category {category!r}")
    _require(bool(row["name_en"]), "a round has an English name")
    return PublishedRound(
        number=row["number"],
        day=date.fromisoformat(row["date"]),
        round_type=round_type,
        programs=programs or _programs(row["programs"]),
        category=category,
        version=row["category_version"],
        name_en=row["name_en"],
        name_fr=row["name_fr"],
        invitations=_count(row["invitations"], least=1),
        cutoff=_count(row["crs_cutoff"], most=HIGHEST_SCORE),
        tie_break_at=_instant(row["tie_break_utc"]) if row["tie_break_utc"] else None,
        ran_at=_instant(row["round_time_utc"]),
        distribution=distributions.get(row["number"]),
    )


def _distribution(row: Row) -> Distribution:
    counts = tuple(_count(row[band.column]) for band in BANDS)
    total = _count(row["total"], least=1)
    _require(sum(counts) == total or bool(row["sum_mismatch"]), f"the parts make {sum(counts)}, not {total}")
    as_of = date.fromisoformat(row["as_of"]) if row["as_of"] else None
    return Distribution(row["round_number"], as_of, counts, total)


def _programs(text: str) -> tuple[str, ...]:
    named = text.split(", ") if text else []
    _require(set(named) <= set(PROGRAM_BITS), f"unknown program in {text!r}")
    return tuple(program for program in PROGRAM_BITS if program in named)


def _count(text: str, *, least: int = 0, most: int = 1_000_000) -> int:
    number = int(text)
    _require(least <= number <= most, f"{number} is not between {least} and {most}")
    return number


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    _require(at.utcoffset() is not None, f"{text!r} does not name UTC")
    return at.astimezone(UTC)


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
