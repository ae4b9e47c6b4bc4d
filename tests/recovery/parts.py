"""The portal's processes on the test's database and a Redis of the test's own, which comes and goes."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from eeportal.launch.places import Places
from eeportal.launch.redis import RedisServer
from tests.races.test_killed_worker import ROOT, database_url

CELERY = [sys.executable, "-m", "celery", "-A", "eeportal.celery", "--quiet"]
WORKER = [
    *CELERY,
    "worker",
    "--pool",
    "threads",
    "--loglevel",
    "INFO",
    "--without-gossip",
    "--without-mingle",
]
BEAT = [*CELERY, "beat", "--loglevel", "INFO", "--pidfile", ""]


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[RedisServer]:
    """A Redis that keeps nothing; stopped and started again it is empty, at the same address."""
    (folder / "logs").mkdir(exist_ok=True)
    server = RedisServer(Places(folder))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def running(
    command: list[str], log: Path, variables: Mapping[str, str]
) -> Iterator["subprocess.Popen[bytes]"]:
    """A part of the portal while the block lasts; it ends by SIGTERM, with status 0."""
    process = started(command, log, variables)
    try:
        yield process
    finally:
        process.terminate()
        status = process.wait(timeout=30)
    assert status == 0, log.read_text()


def started(command: list[str], log: Path, variables: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Start a part of the portal; whoever starts it ends it."""
    environment = {**os.environ, "DATABASE_URL": database_url(), **variables}
    with log.open("w") as told:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=told, stderr=told)
