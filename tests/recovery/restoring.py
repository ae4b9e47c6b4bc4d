"""A backup and what brings it back, by the commands of docs/operations.md, on the test's own database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from eeportal.launch import postgres
from eeportal.verifying.verdicts import judge
from tests.races.test_killed_worker import ROOT, database_url


def program(name: str, *arguments: str, address: str = "") -> None:
    """Run one of PostgreSQL's programs against the test's database, or the one at an address."""
    command = [str(postgres.programs() / name), *arguments, address or database_url()]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def back_up(file: Path) -> None:
    """Write a backup of the database as it is at one instant, whatever is written meanwhile."""
    program("pg_dump", "--format=custom", f"--file={file}", "--dbname")


def drop_and_restore(file: Path) -> None:
    """Lose the database with everybody's connections to it, make an empty one, and fill it from the backup."""
    told = connection.settings_dict
    name = sql.Identifier(told["NAME"])
    connection.close()
    with psycopg.connect(database_url(), dbname="postgres", autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
    program("pg_restore", "--exit-on-error", "--no-owner", str(file), "--dbname")


@contextmanager
def copied(suffix: str) -> Iterator[str]:
    """The address of a copy of the database as it is, until the block ends."""
    told = connection.settings_dict["NAME"]
    name, copy = sql.Identifier(told), sql.Identifier(f"{told}_{suffix}")
    connection.close()
    with psycopg.connect(database_url(), dbname="postgres", autocommit=True) as server:
        # A database is copied only while nobody is in it; a thread of an earlier test's server may linger there.
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [told])
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(copy))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(copy, name))
        try:
            yield database_url().replace(f"/{told}?", f"/{told}_{suffix}?")
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(copy))


def faults() -> list[str]:
    """What ``manage.py verify`` finds; nothing where the whole database holds together."""
    return [fault.said for fault in judge(rounds=False).faults]


def worker(code: str, **variables: str) -> "subprocess.Popen[bytes]":
    """Start a process with the portal's tasks on the test's database."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "eeportal.settings",
        "DATABASE_URL": database_url(),
        **variables,
    }
    return subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup(); {code}"], cwd=ROOT, env=environment
    )
