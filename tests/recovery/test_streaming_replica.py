"""A real streaming replica: public pages are made from it, say as of when, and go on without it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest

from eeportal.launch.places import CHECKOUT, Places
from eeportal.launch.postgres import Postgres
from tests.launch.processes import wait_for
from tests.races.web import web_processes

pytestmark = [pytest.mark.slow, pytest.mark.unguarded("clock"), pytest.mark.xdist_group("launch")]
LAG = 10
ROUND = """
from datetime import timedelta
from draws import services
from draws.models import Round, RoundType
from lifecycle import clock
at = clock.now()
planned = Round(round_type=RoundType.GENERAL, size=1, planned_for=at)
services.plan_next(planned=planned, officer_id=None, at=at)
services.queue(planned=planned, officer_id=None, at=at)
services.publish(completed=services.run(round_id=planned.pk, at=at), officer_id=None, at=at)
print(planned.number)
"""


@dataclass
class Pair:
    """A primary and the replica that follows it."""

    primary: Postgres
    replica: Postgres

    def work(self, code: str) -> str:
        """Do something with the portal's services on the primary; return what it says last."""
        setup = "import os, django; django.setup()\n"
        told = {**os.environ, "DJANGO_SETTINGS_MODULE": "eeportal.settings", "DATABASE_URL": self.primary.url}
        command = [sys.executable, "-c", setup + code]
        done = subprocess.run(command, cwd=CHECKOUT, env=told, check=True, capture_output=True, text=True)
        return done.stdout.split("\n")[-2] if done.stdout else ""

    def write(self) -> None:
        """Commit something, as the jobs do every few seconds."""
        with psycopg.connect(self.primary.url) as asked:
            asked.execute("SELECT pg_current_xact_id()")

    def ask_replica(self, question: str) -> object:
        with psycopg.connect(self.replica.url, autocommit=True) as asked:
            return (asked.execute(question).fetchone() or [None])[0]

    def has_caught_up(self) -> bool:
        with psycopg.connect(self.primary.url) as asked:
            (written,) = asked.execute("SELECT pg_current_wal_lsn()").fetchone() or [None]
        return bool(self.ask_replica(f"SELECT pg_last_wal_replay_lsn() >= '{written}'"))


def server(folder: Path) -> Postgres:
    (folder / "logs").mkdir(parents=True)
    return Postgres(Places(folder))


def follow(primary: Postgres, folder: Path) -> Postgres:
    """Copy the primary into a new server that follows it; PostgreSQL's own way, as docs/operations.md tells it."""
    replica = server(folder)
    replica.prepare_folders()
    command = [
        str(replica.programs / "pg_basebackup"), "--pgdata", str(replica.data), "--write-recovery-conf",
        "--host", str(primary.sockets), "--username", "eeportal", "--checkpoint", "fast",
    ]  # fmt: skip
    user = replica.user
    subprocess.run(command, check=True, user=user, group=user, extra_groups=[] if user else None, cwd="/")
    replica.start()
    return replica


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    primary = server(tmp_path / "primary")
    primary.start()
    try:
        replica = follow(primary, tmp_path / "replica")
        try:
            made = Pair(primary, replica)
            made.work("from django.core.management import call_command; call_command('migrate', verbosity=0)")
            assert wait_for(made.has_caught_up, 30)
            yield made
        finally:
            replica.stop()
    finally:
        primary.stop()


def page(port: int, address: str = "/en/rounds/?held=simulated") -> str:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", address)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    assert answer.status == 200, address
    return text


def shows(port: int, number: str) -> bool:
    return f"/en/rounds/{number}/" in page(port)


def test_public_pages_follow_the_replica_and_do_without_it(pair: Pair) -> None:
    first = pair.work(ROUND)
    assert wait_for(pair.has_caught_up, 30)
    told = {
        "DATABASE_URL": pair.primary.url,
        "DATABASE_REPLICA_URL": pair.replica.url,
        "EEPORTAL_REPLICA_LAG": str(LAG),
    }
    with web_processes(None, **told) as port:
        pair.write()
        assert wait_for(pair.has_caught_up, 30)
        assert "Rounds as of" in page(port)
        assert shows(port, first)
        pair.ask_replica("SELECT pg_wal_replay_pause()")
        second = pair.work(ROUND)
        assert wait_for(lambda: shows(port, second), LAG + 20)
        assert "Rounds as of" not in page(port)
        pair.replica.stop()
        for _look in range(4):
            assert shows(port, second)
            assert "Rounds as of" not in page(port)
