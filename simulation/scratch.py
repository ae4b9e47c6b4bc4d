"""Databases that somebody makes on the portal's server for a while, and drops afterwards."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection


class Scratch:
    """Databases by a short name, each empty but migrated; one of them is in use; ``purpose`` is in their names."""

    def __init__(self, address: str, purpose: str) -> None:
        self.address, self.purpose = address, purpose
        self.made: list[str] = []

    def make(self, name: str) -> None:
        """Make an empty database with all tables, and use it."""
        self.administer(f'CREATE DATABASE "{self.full(name)}"')
        self.made.append(name)
        self.use(name)
        call_command("migrate", verbosity=0)

    def use(self, name: str) -> None:
        """Let everything in this process work on a database from now on."""
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = self.full(name)

    def drop(self, name: str) -> None:
        """Drop a database, whoever still uses it."""
        connection.close()
        self.administer(f'DROP DATABASE IF EXISTS "{self.full(name)}" WITH (FORCE)')
        self.made.remove(name)

    def drop_all(self) -> None:
        for name in list(self.made):
            self.drop(name)

    def full(self, name: str) -> str:
        """Return a database's name on the server."""
        return f"eeportal_{self.purpose}_{os.getpid()}_{name}"

    def administer(self, sql: str) -> None:
        """Run a statement on the server, beside the databases made here."""
        with psycopg.connect(self.address, autocommit=True) as administering:
            administering.execute(sql)


@contextmanager
def dropped_afterwards(databases: Scratch) -> Iterator[None]:
    """Drop the databases however the work on them ends, but by kill -9; then use the one from before."""
    before = settings.DATABASES["default"]["NAME"]
    on_end = signal.signal(signal.SIGTERM, _end)
    try:
        yield
    finally:
        databases.drop_all()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = before
        signal.signal(signal.SIGTERM, on_end)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(143)
