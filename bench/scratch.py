"""Databases that the benchmark makes for itself on the portal's server, and drops afterwards."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

SMALL, LARGE, COPIED = "small", "large", "copied"


class Scratch:
    """Databases by a short name, each empty but migrated or made like another; one of them is in use."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.made: list[str] = []

    def make(self, name: str) -> None:
        """Make an empty database with all tables, and use it."""
        self._administer(f'CREATE DATABASE "{self._full(name)}"')
        self.made.append(name)
        self.use(name)
        call_command("migrate", verbosity=0)

    def duplicate(self, name: str, original: str) -> None:
        """Make a database like another one, file by file, and use it."""
        connection.close()
        self._administer(
            f'CREATE DATABASE "{self._full(name)}" TEMPLATE "{self._full(original)}" STRATEGY file_copy'
        )
        self.made.append(name)
        self.use(name)

    def use(self, name: str) -> None:
        """Let everything from now on, other processes that this one starts included, work on a database."""
        connection.close()
        full = self._full(name)
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = full
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(self.address)._replace(path=f"/{full}"))

    def drop(self, name: str) -> None:
        """Drop a database, whoever still uses it."""
        connection.close()
        self._administer(f'DROP DATABASE IF EXISTS "{self._full(name)}" WITH (FORCE)')
        self.made.remove(name)

    def drop_all(self) -> None:
        for name in list(self.made):
            self.drop(name)

    def _full(self, name: str) -> str:
        return f"eeportal_bench_{os.getpid()}_{name}"

    def _administer(self, sql: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as administering:
            administering.execute(sql)


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Give databases of its own to the benchmark; they are dropped however it ends, but by kill -9."""
    mine = Scratch(settings.DATABASE_URL)
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield mine
    finally:
        mine.drop_all()
        signal.signal(signal.SIGTERM, before)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(143)


def rest(table: str) -> None:
    """Tidy a table of the database in use, and have all on disk: no turn waits for what another one left behind."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("CHECKPOINT")
