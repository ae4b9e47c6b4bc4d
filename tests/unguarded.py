"""The database without its guards, to show what they keep away, or to forge what they would refuse."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def without_triggers(*tables: str) -> Iterator[None]:
    """Switch the guards of some tables off for every connection; foreign keys stay."""
    _switch("DISABLE", tables)
    try:
        yield
    finally:
        _switch("ENABLE", tables)
        _execute("SET CONSTRAINTS ALL DEFERRED")


def _switch(word: str, tables: tuple[str, ...]) -> None:
    # A table with checks that wait for the commit cannot be altered.
    _execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        _execute(f'ALTER TABLE "{table}" {word} TRIGGER USER')


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
