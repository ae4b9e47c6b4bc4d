"""Every figure of the law with the days on which it holds and the text that says so.

The figures live in ``parameters/*.yaml``, one file a subject. A file maps a name to its source and its
values; each value has a first day, a last day unless it still holds, and a source of its own if that differs.
A folder with a gap, an overlap or a missing source is refused as a whole: `ParameterError` says where.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

FOLDER = Path(__file__).parent / "parameters"
SYSTEM_BEGAN = date(2015, 1, 1)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C takes a fifth of the time
_PARAMETER_KEYS = {"source", "confidence", "note", "values"}
_ROW_KEYS = {"first_day", "last_day", "value", "source", "confidence", "note"}


class ParameterError(ValueError):
    """A parameter file cannot be used; the message names the file or the parameter and what to put right."""


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One value of one parameter, in force from `first_day` to `last_day`, both included (None: still)."""

    name: str
    first_day: date
    last_day: date | None
    value: Any
    source: str
    confidence: str | None
    note: str | None


class Parameter:
    """The rows of one parameter, oldest first, without gap or overlap."""

    def __init__(self, name: str, rows: Iterable[Row]) -> None:
        self.name = name
        self.rows = tuple(rows)
        self._first_days = [row.first_day for row in self.rows]

    def on(self, day: date) -> Row:
        """The row in force on `day`. Raises `LookupError` for a day before the first row."""
        index = bisect_right(self._first_days, day)
        if not index:
            raise LookupError(f"{self.name} has no value before {self.rows[0].first_day}; asked for {day}.")
        return self.rows[index - 1]


class InForce:
    """All parameters as they stand on one day; the same object for every day between two changes."""

    def __init__(self, book: Book, day: date) -> None:
        self.book = book
        self._rows = {name: parameter.on(day) for name, parameter in book.items()}

    def __getitem__(self, name: str) -> Row:
        return self._rows[name]

    def value(self, name: str) -> Any:
        """The bare value of the parameter `name`."""
        return self._rows[name].value


class Book(Mapping[str, Parameter]):
    """A complete set of parameters, and what is in force on a day."""

    def __init__(self, parameters: Iterable[Parameter], version: str) -> None:
        self._parameters = {parameter.name: parameter for parameter in parameters}
        self.version = version
        self._in_force: dict[Hashable, InForce] = {}

    def __getitem__(self, name: str) -> Parameter:
        return self._parameters[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._parameters)

    def __len__(self) -> int:
        return len(self._parameters)

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    @cached_property
    def first_days(self) -> tuple[date, ...]:
        """Every day on which some parameter takes a new value, oldest first."""
        return tuple(sorted({row.first_day for parameter in self.values() for row in parameter.rows}))

    def on(self, day: date) -> InForce:
        """What is in force on `day` (not before `SYSTEM_BEGAN`). Raises `LookupError` for an earlier day."""
        era = bisect_right(self.first_days, day)
        if era not in self._in_force:
            self._in_force[era] = InForce(self, day)
        return self._in_force[era]


class _StrictConstructor(SafeConstructor):
    """YAML in which a key said twice is an error rather than the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of `node`; raises `ParameterError` for a repeated key."""
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise ParameterError(f"a key is said twice near line {node.start_mark.line + 1}; keep one.")
        return mapping


def load(folder: Path = FOLDER) -> Book:
    """Read every YAML file of `folder`. Raises `ParameterError` for the first thing that is not in order."""
    parameters: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.yaml")):
        for parameter in _read(path):
            if parameter.name in parameters:
                raise ParameterError(f"{path.name}: {parameter.name} is already said in another file.")
            parameters[parameter.name] = parameter
    return Book(parameters.values(), _digest(folder))


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.suffix in {".yaml", ".csv"}:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _read(path: Path) -> Iterator[Parameter]:
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
        document = _StrictConstructor().construct_document(node) if node else None
    except (yaml.YAMLError, ParameterError) as error:
        raise ParameterError(f"{path.name} cannot be read: {error}") from error
    if not isinstance(document, dict):
        raise ParameterError(f"{path.name} must map names of parameters to their values.")
    for name, body in document.items():
        try:
            yield Parameter(str(name), _rows(str(name), body))
        except ParameterError as error:
            raise ParameterError(f"{path.name}: {name} {error}") from error


def _rows(name: str, body: object) -> list[Row]:
    values = _mapping(body, _PARAMETER_KEYS).get("values")
    if not isinstance(values, list) or not values:
        raise ParameterError("needs a list 'values' with at least one row.")
    rows = [_row(name, _mapping(body, _PARAMETER_KEYS), _mapping(value, _ROW_KEYS)) for value in values]
    _check_days(rows)
    return rows


def _mapping(value: object, known: set[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ParameterError(f"needs a mapping with the keys {sorted(known)}, not {value!r}.")
    if unknown := set(value) - known:
        raise ParameterError(f"has the unknown keys {sorted(map(str, unknown))}; known are {sorted(known)}.")
    return value


def _row(name: str, parameter: dict[str, Any], row: dict[str, Any]) -> Row:
    source = row.get("source", parameter.get("source"))
    if not isinstance(source, str) or not source.strip():
        raise ParameterError("has a row without a source: name the text that says so.")
    first_day, last_day = row.get("first_day"), row.get("last_day")
    if type(first_day) is not date:
        raise ParameterError(f"has a row whose first_day is no date: {first_day!r}.")
    if last_day is not None and (type(last_day) is not date or last_day < first_day):
        raise ParameterError(f"has a row whose last_day {last_day!r} is no date from {first_day} on.")
    if "value" not in row:
        raise ParameterError(f"has no value from {first_day}.")
    confidence = row.get("confidence", parameter.get("confidence"))
    note = row.get("note", parameter.get("note"))
    return Row(name, first_day, last_day, row["value"], source, confidence, note)


def _check_days(rows: list[Row]) -> None:
    if rows[0].first_day > SYSTEM_BEGAN:
        raise ParameterError(f"has a gap: nothing holds from {SYSTEM_BEGAN} to {rows[0].first_day}.")
    for row, later in pairwise(rows):
        if row.last_day is None:
            raise ParameterError(f"has an overlap: the row of {row.first_day} has no last_day.")
        if later.first_day <= row.last_day:
            raise ParameterError(f"has an overlap: {later.first_day} is not after {row.last_day}.")
        if later.first_day != row.last_day + timedelta(days=1):
            raise ParameterError(f"has a gap: nothing holds between {row.last_day} and {later.first_day}.")
    if rows[-1].last_day is not None:
        raise ParameterError(f"has a gap: nothing holds after {rows[-1].last_day}.")


BOOK = load()
VERSION = BOOK.version


def on(day: date) -> InForce:
    """What is in force on `day`, by the parameters that come with the package."""
    return BOOK.on(day)
