"""A worker killed by SIGKILL in the middle of a round leaves all of it or none, and the next one completes it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.db import connection

from draws.models import Invitation, Round
from draws.running.selecting import instruction_of
from lifecycle.tables import RoundState
from profiles.models import PoolEntry
from rules.selection import select
from tests.races.pools import candidates, make_pool, queued_round

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
WORKER = "import django; django.setup(); from draws.tasks import run_due_rounds; run_due_rounds()"
WORKER_THAT_COMMITS_HALFWAY = """
import django; django.setup()
from django.db import connection
from draws import services, tasks
invite = services._invite
def invite_and_commit(running, at):
    rows = invite(running, at)
    connection.connection.commit()
    return rows
services._invite = invite_and_commit
tasks.run_due_rounds()
"""
SLOW_END = """
    CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(20); RETURN NULL; END $$;
    CREATE TRIGGER slowly AFTER UPDATE ON draws_round FOR EACH ROW WHEN (NEW.state = 'completed')
        EXECUTE FUNCTION slowly();
"""
NORMAL_END = "DROP TRIGGER slowly ON draws_round; DROP FUNCTION slowly();"
SLOW_STATEMENT = """
    CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1.5); RETURN NULL; END $$;
    CREATE TRIGGER slowly AFTER INSERT ON draws_invitation FOR EACH STATEMENT EXECUTE FUNCTION slowly();
"""
NORMAL_STATEMENT = "DROP TRIGGER slowly ON draws_invitation; DROP FUNCTION slowly();"


def database_url() -> str:
    """The test's own database, as a worker process is told of it."""
    place = connection.settings_dict
    options = urlencode({"host": place["HOST"], **({"port": place["PORT"]} if place["PORT"] else {})})
    return f"postgresql://{place['USER']}:{place['PASSWORD']}@/{place['NAME']}?{options}"


def start_worker(code: str = WORKER, *told: str, stdout: int | None = None) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "eeportal.settings",
    }
    return subprocess.Popen([sys.executable, "-c", code, *told], cwd=ROOT, env=environment, stdout=stdout)


def execute(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def wait_until(question: str, *, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not execute(question)[0][0]:
        assert time.monotonic() < deadline, f"never came true: {question}"
        time.sleep(0.02)


OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
IN_THE_MIDDLE = f"SELECT count(*) > 0 {OTHERS} AND wait_event = 'PgSleep'"
SERVER_IS_QUIET = f"SELECT count(*) = 0 {OTHERS} AND query LIKE '%ranked%' AND state <> 'idle'"


def test_a_worker_killed_inside_the_statement_leaves_nothing_and_the_next_completes_the_round() -> None:
    make_pool(400)
    queued = queued_round(100)
    expected = select(candidates(), instruction_of(queued)).invited
    execute(SLOW_STATEMENT)
    worker = start_worker()
    wait_until(IN_THE_MIDDLE)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    wait_until(SERVER_IS_QUIET)
    assert (Invitation.objects.count(), PoolEntry.objects.filter(state="invited").count()) == (0, 0)
    assert Round.objects.get().state == RoundState.QUEUED
    execute(NORMAL_STATEMENT)
    assert start_worker().wait(timeout=60) == 0
    found = list(Invitation.objects.order_by("rank").values_list("profile_id", "rank", "invited_as"))
    assert found == expected
    assert Round.objects.get().state == RoundState.COMPLETED


@pytest.mark.slow
@pytest.mark.parametrize(("code", "issued"), [(WORKER, 100), (WORKER_THAT_COMMITS_HALFWAY, 200)])
def test_without_the_one_transaction_a_kill_between_inviting_and_completing_would_double_the_round(
    code: str, issued: int
) -> None:
    make_pool(400)
    queued_round(100)
    execute(SLOW_END)
    worker = start_worker(code)
    wait_until(IN_THE_MIDDLE)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    execute(f"SELECT pg_terminate_backend(pid) {OTHERS} AND wait_event = 'PgSleep'")
    execute(NORMAL_END)
    assert start_worker().wait(timeout=60) == 0
    assert Invitation.objects.count() == issued
