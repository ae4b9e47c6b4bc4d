"""Databases that the benchmark makes for itself on the portal's server, and drops afterwards."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from simulation import scratch as databases

SMALL, LARGE, COPIED = "small", "large", "copied"


class Scratch(databases.Scratch):
    """Databases by a short name, each empty but migrated or made like another; one of them is in use."""

    def duplicate(self, name: str, original: str) -> None:
        """Make a database like another one, file by file, and use it."""
        connection.close()
        self.administer(
            f'CREATE DATABASE "{self.full(name)}" TEMPLATE "{self.full(original)}" STRATEGY file_copy'
        )
        self.made.append(name)
        self.use(name)

    def use(self, name: str) -> None:
        """Let everything from now on, other processes that this one starts included, work on a database."""
        super().use(name)
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(self.address)._replace(path=f"/{self.full(name)}"))


@contextmanager
def scratch() -> Iterator[Scratch]:
    """Give databases of its own to the benchmark; they are dropped however it ends, but by kill -9."""
    mine = Scratch(settings.DATABASE_URL, "bench")
    with databases.dropped_afterwards(mine):
        yield mine


def rest(table: str) -> None:
    """Tidy a table of the database in use, and have all on disk: no turn waits for what another one left behind."""
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("CHECKPOINT")
