"""A backup and what brings it back, by the commands of docs/operations.md, on the test's own database."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.apps import apps
from django.db import connection
from psycopg import sql

from eeportal.launch import postgres
from lifecycle.models import Transition
from lifecycle.tables import MACHINES
from tests.races.test_killed_worker import ROOT, database_url

LATEST = f"""
    SELECT DISTINCT ON (thing_id) thing_id, target FROM {Transition._meta.db_table}
    WHERE machine = %s ORDER BY thing_id, id DESC
"""


def program(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs against the test's database."""
    command = [str(postgres.programs() / name), *arguments, database_url()]
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


def differing_states() -> list[str]:
    """Where the last line of the log is not the state of its thing, or one of the two is missing."""
    found = []
    for label, machine in MACHINES.items():
        rows = apps.get_model(label)._default_manager.values_list("pk", "state")
        with connection.cursor() as cursor:
            cursor.execute(LATEST, [machine.name])
            logged = set(cursor.fetchall())
        found += [f"{machine.name} {pk}: {state}" for pk, state in logged ^ set(rows)]
    return found


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
