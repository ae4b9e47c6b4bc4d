"""SIGTERM ends no request and no task in the middle: each finishes first what it has begun."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
from redis import Redis

from draws.models import Round
from draws.tasks import run_due_rounds
from eeportal.celery import app
from eeportal.launch.ports import free
from lifecycle import clock
from lifecycle.tables import RoundState
from profiles import pool_lock
from tests.eeportal.live_redis import forget_connections
from tests.launch.processes import wait_for
from tests.races.crowd import somebody_waits_for_a_lock
from tests.races.pools import make_pool, queued_round
from tests.races.test_killed_worker import ROOT, database_url
from tests.recovery.parts import WORKER, redis, running

pytestmark = [pytest.mark.slow, pytest.mark.unguarded("clock"), pytest.mark.django_db(transaction=True)]


def answers(port: int) -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", "/en/rounds/")
        answer = line.getresponse()
        answer.read()
        return answer.status
    except OSError:
        return 0
    finally:
        line.close()


@contextmanager
def held(statement: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Hold a lock until the block ends."""
    with psycopg.connect(database_url()) as holder:
        holder.execute(statement)
        yield holder
        holder.commit()


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """The web server as the image starts it."""
    port = free()
    command = [sys.executable, "-m", "gunicorn", "eeportal.wsgi", "--config", "python:eeportal.server"]
    with (tmp_path / "web.log").open("w") as log:
        told = {**os.environ, "DATABASE_URL": database_url()}
        process = subprocess.Popen(
            [*command, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=told, stdout=log, stderr=log
        )
    try:
        assert wait_for(lambda: answers(port) == 200, 60), (tmp_path / "web.log").read_text()
        yield process, port
    finally:
        process.kill()
        process.wait()


def test_a_request_that_is_under_way_is_answered_before_the_server_ends(
    web: tuple["subprocess.Popen[bytes]", int],
) -> None:
    process, port = web
    with ThreadPoolExecutor(1) as visitor:
        with held("LOCK TABLE draws_round IN ACCESS EXCLUSIVE MODE"):
            asked = visitor.submit(answers, port)
            assert somebody_waits_for_a_lock()
            process.send_signal(signal.SIGTERM)
            assert not wait_for(lambda: process.poll() is not None, 2)
        assert asked.result(timeout=30) == 200
    assert process.wait(timeout=30) == 0


def test_a_round_that_is_under_way_is_finished_before_the_worker_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_pool(100, clock.now())
    waiting = queued_round(10)
    with redis(tmp_path) as server:
        monkeypatch.setitem(app.conf, "broker_url", server.url)
        with running(WORKER, tmp_path / "worker.log", {"REDIS_URL": server.url}) as worker:
            with held(f"SELECT pg_advisory_xact_lock({pool_lock.KEY})"):
                forget_connections()
                run_due_rounds.delay()
                assert somebody_waits_for_a_lock(60)
                worker.send_signal(signal.SIGTERM)
                assert not wait_for(lambda: worker.poll() is not None, 2)
            assert worker.wait(timeout=30) == 0
        with Redis.from_url(server.url) as client:
            assert client.hlen("unacked") == 0
        forget_connections()
    assert Round.objects.get(pk=waiting.pk).state == RoundState.COMPLETED
