"""Records as officers look them up: a list to search, and one record field by field. Changes nothing."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import models
from django.utils.functional import Promise

from draws.models import Category, InvitedAs
from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list of records: its heading and what it shows of a record."""

    heading: str | Promise
    of: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value with how it is written: as text, an instant, a day, or a document."""

    kind: Literal["text", "instant", "day", "document"]
    value: Any


@dataclass(frozen=True, slots=True)
class ListRow:
    """A record in a list: each cell under its column's heading."""

    pk: int
    cells: list[tuple[str | Promise, Cell]]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of a record."""

    label: str
    cell: Cell


def list_row(record: models.Model, columns: tuple[Column, ...]) -> ListRow:
    """Return a record as a row of its list."""
    return ListRow(record.pk, [(column.heading, cell_of(column.of(record))) for column in columns])


def field_rows(record: models.Model) -> list[FieldRow]:
    """Return every field of a record, in the order of its model."""
    fields = record._meta.concrete_fields
    return [FieldRow(str(field.verbose_name), cell_of(value_of(record, field))) for field in fields]


def value_of(record: models.Model, field: "models.Field[Any, Any]") -> object:
    """Return what a person reads of a field: the words of a choice or a code, the name of another record."""
    if field.choices:
        return getattr(record, f"get_{field.name}_display")()
    return getattr(record, f"{field.name}_words", getattr(record, field.name))


def cell_of(value: object) -> Cell:
    """Return a value as a cell; nothing is a dash."""
    if isinstance(value, datetime):
        return Cell("instant", value)
    if isinstance(value, date):
        return Cell("day", value)
    if isinstance(value, dict):
        return Cell("document", json.dumps(value, ensure_ascii=False, indent=2))
    if isinstance(value, list):
        return Cell("text", ", ".join(str(part) for part in value))
    return Cell("text", "–" if value is None or value == "" else str(value))


def programs_in(bits: int) -> str:
    """Return the codes of the programs in a sum of bits, such as 'CEC, FSW'."""
    return ", ".join(program for program in InvitedAs if bits & PROGRAM_BITS[program])


def categories_in(bits: int) -> str:
    """Return the names of the categories in a sum of bits."""
    return ", ".join(str(category.label) for category in Category if bits & CATEGORY_BITS[category])
