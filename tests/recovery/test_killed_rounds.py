"""Workers of Celery and backends of PostgreSQL are killed in a round; the next ring completes it, exactly and once.

The test rings as beat does, so as not to wait for it; in the last test beat itself does, on a server of its own.
"""

import os
import random
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat
from redis import Redis

from accounts.models import Message, User
from accounts.tasks import deliver_messages
from draws.models import Invitation, Round
from draws.running.selecting import instruction_of
from draws.tasks import run_due_rounds
from eeportal.celery import app
from eeportal.launch.places import Places
from eeportal.launch.postgres import Postgres
from lifecycle import clock
from lifecycle.schedule import Job
from lifecycle.tables import RoundState
from profiles import pool_lock
from profiles.models import PoolEntry
from rules.selection import select
from tests.eeportal.live_redis import forget_connections
from tests.launch.processes import wait_for
from tests.mail_server import MailServer
from tests.races.pools import candidates, make_pool, queued_round
from tests.races.test_killed_worker import IN_THE_MIDDLE, OTHERS, database_url, execute
from tests.recovery.parts import BEAT, WORKER, redis, running, started
from tests.recovery.posting import by_mail, ids, post
from tests.recovery.restoring import back_up, program

__all__ = ["post"]
pytestmark = [pytest.mark.slow, pytest.mark.unguarded("clock"), pytest.mark.django_db(transaction=True)]

POOL, SIZE = 20_000, 1_000
UNATTENDED = 60
"""The seconds within which a round has to be complete after a kill, without a human."""
SLOW = """
    CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(0.001); RETURN NEW; END $$;
    CREATE TRIGGER slowly BEFORE {verb} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION slowly();
"""
WRITTEN = {
    "draws_invitation": "INSERT",
    "pool": "UPDATE",
    "accounts_message": "INSERT",
    "lifecycle_transition": "INSERT",
}
LOCKS = f"""
    SELECT count(*) FROM pg_locks JOIN (SELECT pid {OTHERS}) AS other USING (pid)
    WHERE locktype = 'advisory' AND objid::bigint IN ({pool_lock.KEY}, {int(Job.RUN_DUE_ROUNDS)})
"""
SLEEPING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"


@dataclass
class Scene:
    """One worker after the other, and the Redis and the mail server that they use."""

    folder: Path
    post: MailServer
    variables: dict[str, str]
    workers: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self) -> None:
        """Start a worker, in the place of one that was killed."""
        log = self.folder / f"worker-{len(self.workers)}.log"
        self.workers.append(started(WORKER, log, self.variables))

    def kill(self) -> None:
        """End the worker by SIGKILL."""
        self.workers[-1].kill()
        self.workers[-1].wait()

    def said(self) -> str:
        return "\n".join(log.read_text() for log in sorted(self.folder.glob("*.log")))


@pytest.fixture
def scene(tmp_path: Path, post: MailServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    make_pool(POOL, clock.now())
    with redis(tmp_path) as server:
        monkeypatch.setitem(app.conf, "broker_url", server.url)
        forget_connections()
        made = Scene(tmp_path, post, {**by_mail(post), "REDIS_URL": server.url})
        made.start()
        try:
            yield made
        finally:
            made.kill()
            forget_connections()


@contextmanager
def slowed(table: str, verb: str, when: str = "") -> Iterator[None]:
    """Each row that is written to a table takes its time. Ends when whoever writes there has finished or is dead."""
    execute(SLOW.format(table=table, verb=verb, when=when))
    try:
        yield
    finally:
        execute(f"DROP TRIGGER slowly ON {table}; DROP FUNCTION slowly();")


def is_so(question: str) -> bool:
    return bool(execute(question)[0][0])


def is_left() -> bool:
    """Whether a round waits to be run."""
    return Round.objects.exclude(state=RoundState.COMPLETED).exists()


def before_claim(scene: Scene, chance: random.Random) -> None:
    """The worker was rung for, and has not found any round yet."""
    with psycopg.connect(database_url()) as holder:
        holder.execute("LOCK TABLE draws_round IN ACCESS EXCLUSIVE MODE")
        run_due_rounds.delay()
        waits = f"SELECT count(*) {OTHERS} AND wait_event_type = 'Lock'"
        assert wait_for(lambda: is_so(waits), UNATTENDED), scene.said()
        scene.kill()


def at_any_moment(scene: Scene, chance: random.Random) -> None:
    """At a moment of which nothing is known."""
    run_due_rounds.delay()
    wait_for(lambda: False, chance.uniform(0, 0.3))
    scene.kill()


def mid_statement(scene: Scene, chance: random.Random, table: str) -> None:
    """The one statement that invites, moves, logs and tells is writing to a table."""
    with slowed(table, WRITTEN[table]):
        run_due_rounds.delay()
        assert wait_for(lambda: is_so(IN_THE_MIDDLE), UNATTENDED), scene.said()
        wait_for(lambda: False, chance.uniform(0, 0.5))
        scene.kill()
    assert is_left()


def before_acknowledgement(scene: Scene, chance: random.Random) -> None:
    """The round is committed, and the broker still has the message as not acknowledged."""
    ends = f"WHEN (NEW.job = '{Job.RUN_DUE_ROUNDS.slug}' AND NEW.outcome = 'finished')"
    execute(SLOW.replace("0.001", "20").format(table="lifecycle_jobstate", verb="UPDATE", when=ends))
    run_due_rounds.delay()
    assert wait_for(lambda: is_so(IN_THE_MIDDLE), UNATTENDED), scene.said()
    assert not is_left()
    scene.kill()
    with Redis.from_url(scene.variables["REDIS_URL"]) as client:
        assert client.hlen("unacked") >= 1
    execute(f"SELECT pg_terminate_backend(pid) {OTHERS} AND wait_event = 'PgSleep'")
    execute("DROP TRIGGER slowly ON lifecycle_jobstate; DROP FUNCTION slowly();")


def backend_ended(scene: Scene, chance: random.Random, table: str) -> None:
    """The worker's connection is cut by the server in the statement; the worker lives on."""
    with slowed(table, WRITTEN[table]):
        run_due_rounds.delay()
        assert wait_for(lambda: is_so(IN_THE_MIDDLE), UNATTENDED), scene.said()
        wait_for(lambda: False, chance.uniform(0, 0.5))
        assert is_so(
            f"SELECT count(pg_terminate_backend(pid)) {OTHERS} AND query LIKE '%ranked%' AND state = 'active'"
        )
    assert is_left()


INSTANTS: list[Callable[[Scene, random.Random], None]] = [
    before_claim,
    at_any_moment,
    *(partial(mid_statement, table=table) for table in WRITTEN),
    before_acknowledgement,
    *(partial(backend_ended, table=table) for table in WRITTEN),
    at_any_moment,
    *(partial(mid_statement, table=table) for table in WRITTEN),
    before_acknowledgement,
    at_any_moment,
]
LETTERS, KILLS_AMONG_LETTERS = 240, 3


def is_completed(waiting: Round) -> bool:
    return Round.objects.get(pk=waiting.pk).state == RoundState.COMPLETED


def has_taken(post: MailServer, letters: int) -> bool:
    return len(post.taken) >= letters


def rung_until(done: Callable[[], bool], ring: Callable[[], Any]) -> bool:
    """Ring as beat does until something is done; whether it was in time."""

    def after_a_ring() -> bool:
        return done() or (bool(ring()) and wait_for(done, 2))

    return wait_for(after_a_ring, UNATTENDED)


def check_once_and_exactly(waiting: Round, expected: Sequence[tuple[int, int, str]]) -> None:
    """The round invited whom the reference invites, each once and told once, and nobody holds a lock."""
    invited = Invitation.objects.filter(round=waiting).order_by("rank")
    assert list(invited.values_list("profile_id", "rank", "invited_as")) == list(expected)
    told = Message.objects.filter(kind="invitation", details__round=waiting.number)
    assert told.count() == told.values("account_id").distinct().count() == len(expected)
    assert PoolEntry.objects.filter(state="invited").count() == Invitation.objects.count()
    assert wait_for(lambda: not is_so(LOCKS), 10)


def test_whenever_a_worker_or_a_backend_is_killed_in_a_round_it_is_completed_exactly_and_once(
    scene: Scene,
) -> None:
    for number, kill in enumerate(INSTANTS):
        waiting = queued_round(SIZE, number + 1)
        expected = select(candidates(), instruction_of(waiting)).invited
        kill(scene, random.Random(number))
        if scene.workers[-1].poll() is not None:
            scene.start()
        assert rung_until(partial(is_completed, waiting), run_due_rounds.delay), (number, scene.said())
        check_once_and_exactly(waiting, expected)


def test_a_worker_that_is_killed_while_messages_go_out_loses_none_and_repeats_only_what_was_in_flight(
    scene: Scene,
) -> None:
    User.objects.update(email=Concat(F("username"), Value("@example.org")))
    scene.post.pause = 0.005
    waiting = queued_round(LETTERS)
    expected = select(candidates(), instruction_of(waiting)).invited
    assert rung_until(partial(is_completed, waiting), run_due_rounds.delay), scene.said()
    for part in range(KILLS_AMONG_LETTERS):
        enough = random.Random(part).randint(LETTERS * part, LETTERS * (part + 1)) // (
            KILLS_AMONG_LETTERS + 1
        )
        assert rung_until(partial(has_taken, scene.post, enough), deliver_messages.delay)
        scene.kill()
        assert Message.objects.untold().exists()
        scene.start()
    assert rung_until(lambda: not Message.objects.untold().exists(), deliver_messages.delay), scene.said()
    check_once_and_exactly(waiting, expected)
    sent = Counter(ids(scene.post))
    assert set(sent) == {f"<{key}@localhost>" for key in Message.objects.values_list("key", flat=True)}
    assert sum(sent.values()) - len(sent) <= KILLS_AMONG_LETTERS


@contextmanager
def server_of_its_own(folder: Path) -> Iterator[Postgres]:
    """A PostgreSQL with the test's database as it is, which no other test uses."""
    back_up(folder / "backup")
    (folder / "own" / "logs").mkdir(parents=True)
    server = Postgres(Places(folder / "own"))
    server.start()
    try:
        restored = ("--exit-on-error", "--no-owner", str(folder / "backup"), "--dbname")
        program("pg_restore", *restored, address=server.url)
        yield server
    finally:
        server.stop()


def told(server: Postgres, question: str) -> list[tuple[Any, ...]]:
    """What the server answers; nothing while it recovers."""
    try:
        with psycopg.connect(server.url) as asked:
            return asked.execute(question).fetchall()
    except psycopg.OperationalError:
        return []


def test_a_backend_that_is_killed_takes_the_server_down_and_the_portal_completes_the_round_by_itself(
    tmp_path: Path,
) -> None:
    make_pool(POOL // 4, clock.now())
    expected = select(candidates(), instruction_of(queued_round(SIZE))).invited
    execute(SLOW.format(table="draws_invitation", verb="INSERT", when=""))
    try:
        with server_of_its_own(tmp_path) as server, redis(tmp_path) as broker:
            variables = {"REDIS_URL": broker.url, "DATABASE_URL": server.url}
            with (
                running(WORKER, tmp_path / "worker.log", variables),
                running(BEAT, tmp_path / "beat.log", variables),
            ):
                assert wait_for(lambda: told(server, SLEEPING), UNATTENDED)
                ((backend,),) = told(server, SLEEPING)
                os.kill(backend, signal.SIGKILL)
                completed = "SELECT 1 FROM draws_round WHERE state = 'completed'"
                assert wait_for(lambda: told(server, completed), UNATTENDED)
                listed = "SELECT profile_id, rank, invited_as FROM draws_invitation ORDER BY rank"
                assert told(server, listed) == expected
                messages = "SELECT count(*), count(DISTINCT account_id) FROM accounts_message WHERE kind = 'invitation'"
                assert told(server, messages) == [(SIZE, SIZE)]
    finally:
        execute("DROP TRIGGER slowly ON draws_invitation; DROP FUNCTION slowly();")
