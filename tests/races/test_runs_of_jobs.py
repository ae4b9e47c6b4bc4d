"""Two runs of each job at once do each thing once; a killed one shows as broken off; without its lock, what then."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError

import pytest

from accounts.models import Message, OneTimeCode, Purpose, Subscription
from accounts.tasks import forget_expired_codes, forget_unconfirmed_subscriptions
from draws.answers import lapse_invitations
from draws.models import Invitation
from draws.services import run
from lifecycle import digests
from lifecycle.job_status import statuses
from lifecycle.jobs import in_batches
from lifecycle.models import JobRun, LogDigest, Outcome, Transition
from lifecycle.schedule import Job
from profiles import ageing, reminding
from profiles.models import Draft, PoolEntry
from rules import deadlines
from tests import factories
from tests.conftest import INSTANT
from tests.factories import AT
from tests.personas import AMARA, BEN
from tests.races.crowd import at_once
from tests.races.pools import make_pool, queued_round
from tests.races.test_killed_worker import ROOT, database_url, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

YEARS = timedelta(days=800)


@contextmanager
def nobody_waits(_job: Job) -> Iterator[bool]:
    """What the lock of a job is without its guard: everybody is told to be alone."""
    yield True


def drafts() -> tuple[Callable[[], int], Callable[[], int], int]:
    factories.draft(AMARA)
    factories.draft(BEN)
    at = deadlines.draft_deadline(AT)
    return lambda: ageing.lapse_drafts(at=at), lambda: Transition.objects.filter(event="lapse").count(), 2


def profiles() -> tuple[Callable[[], int], Callable[[], int], int]:
    make_pool(1500)
    return (
        lambda: ageing.expire_profiles(at=AT + YEARS),
        lambda: Message.objects.filter(kind="profile_expired").count(),
        1500,
    )


def invitations() -> tuple[Callable[[], int], Callable[[], int], int]:
    make_pool(60)
    run(round_id=queued_round(50).pk, at=AT)
    return (
        lambda: lapse_invitations(at=AT + YEARS),
        lambda: Message.objects.filter(kind="invitation_lapsed").count(),
        50,
    )


def reminders() -> tuple[Callable[[], int], Callable[[], int], int]:
    factories.draft(AMARA)
    at = deadlines.draft_deadline(AT) - timedelta(days=3)
    return (
        lambda: reminding.remind_candidates(at=at),
        lambda: Message.objects.filter(kind="draft_lapses_soon").count(),
        1,
    )


def subscriptions() -> tuple[Callable[[], int], Callable[[], int], int]:
    for number in range(5):
        Subscription.objects.create(
            email=f"r{number}@example.org", language="en", asked_at=INSTANT - timedelta(days=8)
        )
    return forget_unconfirmed_subscriptions, lambda: 5 - Subscription.objects.count(), 5


def codes() -> tuple[Callable[[], int], Callable[[], int], int]:
    for purpose in Purpose:
        OneTimeCode.objects.create(
            account=factories.account(), purpose=purpose, expires_at=INSTANT, tries_left=5, code_hash="-"
        )
    return forget_expired_codes, lambda: len(Purpose) - OneTimeCode.objects.count(), len(Purpose)


def seals() -> tuple[Callable[[], int], Callable[[], int], int]:
    factories.draft(AMARA)
    rows = Transition.objects.count()
    return digests.digest_logs, lambda: sum(LogDigest.objects.values_list("rows", flat=True)), rows


JOBS = [drafts, profiles, invitations, reminders, subscriptions, codes, seals]


@pytest.mark.parametrize("prepared", JOBS, ids=lambda prepared: prepared.__name__)
def test_four_runs_at_once_do_each_thing_once(
    prepared: Callable[[], tuple[Callable[[], int], Callable[[], int], int]],
) -> None:
    job, effects, expected = prepared()
    counts = at_once(*[job] * 4)
    assert sum(count for count in counts if isinstance(count, int)) == expected, counts
    assert effects() == expected
    assert job() == 0
    assert effects() == expected
    assert {line.outcome for line in JobRun.objects.all()} == {Outcome.FINISHED}


@pytest.mark.parametrize("guarded", [True, False])
def test_a_thing_that_only_the_lock_guards_is_done_several_times_without_it(
    monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """What each real job does is guarded by its rows as well; this one has only the lock."""
    if not guarded:
        monkeypatch.setattr("lifecycle.jobs.only_one", nobody_waits)
    done: list[datetime] = []
    second = Barrier(2)

    def once(at: datetime) -> int:
        if JobRun.objects.filter(done__gt=0).exists():
            return 0
        with suppress(BrokenBarrierError):
            second.wait(timeout=2)
        done.append(at)
        return 1

    at_once(*[lambda: in_batches(Job.LAPSE_DRAFTS, once, at=AT)] * 4)
    assert (len(done) == 1) is guarded


@pytest.mark.parametrize("guarded", [True, False])
def test_expiring_moves_each_profile_once_even_without_the_lock(
    monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    make_pool(300)
    if not guarded:
        monkeypatch.setattr("lifecycle.jobs.only_one", nobody_waits)
    at_once(*[lambda: ageing.expire_profiles(at=AT + YEARS)] * 4)
    assert Transition.objects.filter(event="expire").count() == 300
    assert Message.objects.filter(kind="profile_expired").count() == 300


SLEEPER = """
import django; django.setup()
from django.db import connection
from lifecycle import clock
from lifecycle.jobs import in_batches
from lifecycle.schedule import Job
left = [7, 0]
def batch(at):
    if left == [0]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")
    return left.pop(0)
in_batches(Job.EXPIRE_PROFILES, batch)
"""
ASLEEP = (
    "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
)
LOCK_IS_FREE = """
    SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint = 7202
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def how_it_is() -> tuple[Outcome | None, int | None]:
    status = next(one for one in statuses(INSTANT) if one.job == Job.EXPIRE_PROFILES)
    return status.outcome, status.running.done if status.running else None


def test_a_killed_worker_shows_as_running_while_it_lives_and_as_broken_off_once_it_is_dead() -> None:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "eeportal.settings",
    }
    worker = subprocess.Popen([sys.executable, "-c", SLEEPER], cwd=ROOT, env=environment)
    wait_until(ASLEEP)
    assert how_it_is() == (Outcome.RUNNING, 7)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    wait_until(LOCK_IS_FREE)
    assert how_it_is() == (Outcome.DIED, None)
    make_pool(3)
    assert ageing.expire_profiles(at=AT + YEARS) == 3
    assert how_it_is() == (Outcome.FINISHED, None)
    assert list(JobRun.objects.order_by("pk").values_list("outcome", "done")) == [
        ("died", 7),
        ("finished", 3),
    ]


@pytest.mark.parametrize("days", [61, 400])
def test_after_a_jump_of_the_clock_each_deadline_fires_once(days: int) -> None:
    make_pool(2500)
    run(round_id=queued_round(1200).pk, at=AT)
    factories.draft(AMARA)
    at = AT + timedelta(days=days)
    jobs = [ageing.lapse_drafts, ageing.expire_profiles, lapse_invitations, reminding.remind_candidates]
    for _turn in range(2):
        at_once(*[lambda job=job: job(at=at) for job in jobs * 2])
    late = PoolEntry.objects.filter(state__in=["in_pool", "ineligible"], expires_at__lte=at)
    assert not late.exists()
    assert Invitation.objects.filter(state="lapsed").count() == 1200
    assert Draft.objects.get().state == "lapsed"
    moves = Transition.objects.filter(event__in=["lapse", "expire"])
    assert moves.count() == moves.values("machine", "thing_id", "event").distinct().count()
    told = Message.objects.filter(kind__in=["profile_expired", "invitation_lapsed", "draft_lapsed"]).count()
    assert told == moves.exclude(machine="invitation").count()
