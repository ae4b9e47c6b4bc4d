"""Rows into tables by COPY, with the defaults that the models would give."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def copy_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows by COPY. ``columns`` are the fields' attribute names (``account_id``), in the order of the cells.

    Fields that are not named get the model's default in every row; a key that the database numbers must be named.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    others = [field for name, field in fields.items() if name not in columns]
    names = ", ".join(f'"{field.column}"' for field in [*(fields[name] for name in columns), *others])
    defaults = tuple(_cell(field) for field in others)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row((*row, *defaults))


def next_keys(model: type[models.Model], count: int) -> list[int]:
    """Return that many fresh keys of a model whose ``id`` the database numbers, ascending."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, "id", count],
        )
        return sorted(row[0] for row in cursor.fetchall())


def _cell(field: "models.Field[Any, Any]") -> Any:
    value = field.get_default()
    return json.dumps(value) if isinstance(field, models.JSONField) else value
