"""The clock jumps, while all is quiet and while a round runs: each end comes once, and all processes agree.

Bar 10. That it never goes back is shown in test_clock.py and tests/simulation/test_travel.py; that nothing else reads
the system's time, in tests/architecture/test_rules_of_the_house.py.
"""

import os
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from importlib import import_module
from threading import Event
from typing import Any

import pytest

from draws import services
from draws.models import Round
from eeportal.verifying.verdicts import judge
from lifecycle import clock
from lifecycle.models import Transition
from lifecycle.schedule import PLANS
from lifecycle.tables import RoundState
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA
from tests.profiles.test_nominating import confirmed
from tests.races.crowd import at_once, somebody_waits_for_a_lock
from tests.races.pools import queued_round
from tests.races.test_killed_worker import ROOT, database_url

DAY = timedelta(days=1)
JUMPS = [61, 400]
JOBS = [plan.task for plan in PLANS.values() if plan.task.startswith(("profiles.", "draws."))]
PARTS = {
    "web": "import eeportal.wsgi",
    "worker": "import django; django.setup(); from eeportal.celery import app; app.loader.import_default_modules()",
    "beat": "import django; django.setup(); import eeportal.one_beat",
}
TELLS = """
import sys
from lifecycle import clock
for _line in sys.stdin:
    print(round((clock.now() - clock.real_now()).total_seconds()), flush=True)
"""


def run_all_jobs() -> None:
    """Run every job of drafts, profiles and rounds, forwards and then backwards."""
    for task in [*JOBS, *reversed(JOBS)]:
        module, _dot, name = task.rpartition(".")
        getattr(import_module(module), name)()


def ended() -> Counter[tuple[str, str]]:
    """How often each machine's things came to an end by time, by the log."""
    rows = Transition.objects.filter(event__in=["lapse", "expire"])
    return Counter(rows.values_list("machine", "event"))


@pytest.mark.django_db
@pytest.mark.parametrize("days", JUMPS)
def test_after_a_jump_each_end_comes_once_however_often_the_jobs_run(days: int) -> None:
    factories.invitation(AMARA)
    factories.profile(BEN)
    confirmed(EMEKA)
    factories.draft(DIVYA)
    clock.travel(days * DAY)
    run_all_jobs()
    run_all_jobs()
    by_days = {
        ("draft", "lapse"): 1,
        ("invitation", "lapse"): 1,
        ("profile", "lapse"): 1,
        ("nomination", "lapse"): 1,
    }
    assert ended() == {**by_days, **({("profile", "expire"): 2} if days > 365 else {})}
    assert judge().holds


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("days", JUMPS)
def test_a_jump_while_a_round_runs_waits_for_the_round_and_each_end_comes_once(
    days: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for who in (AMARA, BEN):
        factories.profile(who)
    queued, inside, invite = queued_round(1), Event(), services._invite

    def held_up(running: Round, at: Any) -> Any:
        inside.set()
        assert somebody_waits_for_a_lock()
        return invite(running, at)

    def jump() -> None:
        assert inside.wait(20)
        clock.travel(days * DAY)
        run_all_jobs()

    monkeypatch.setattr(services, "_invite", held_up)
    done, jumped = at_once(lambda: services.run(round_id=queued.pk, at=AT), jump)
    assert isinstance(done, Round)
    assert (done.state, done.issued, done.ran_at, jumped) == (RoundState.COMPLETED, 1, AT, None)
    run_all_jobs()
    expired = {("profile", "expire"): 1} if days > 365 else {}
    assert ended() == {("invitation", "lapse"): 1, ("profile", "lapse"): 1, **expired}
    assert judge().holds


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "invited"), [(61, 1), (400, 0)])
def test_a_round_of_an_instant_before_the_jump_invites_nobody_whom_the_jump_ended(
    days: int, invited: int
) -> None:
    """A worker read the clock, the clock jumped, the jobs ran, and only then the round begins."""
    factories.profile(AMARA)
    queued = queued_round(1)
    clock.travel(days * DAY)
    for task in JOBS:
        if not task.endswith("run_due_rounds"):
            module, _dot, name = task.rpartition(".")
            getattr(import_module(module), name)()
    assert services.run(round_id=queued.pk, at=AT).issued == invited
    run_all_jobs()
    assert sum(ended().values()) == 1 + invited
    assert judge().holds


@pytest.mark.slow
@pytest.mark.unguarded("clock")
@pytest.mark.django_db(transaction=True)
def test_web_worker_and_beat_see_a_jump_at_once_and_agree_to_the_second() -> None:
    """Three real processes that were there before the jump; about five seconds."""
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "eeportal.settings",
    }
    parts = [
        subprocess.Popen(
            [sys.executable, "-c", f"{begin}\n{TELLS}"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for begin in PARTS.values()
    ]
    try:
        assert [ask(part) for part in parts] == [0, 0, 0]
        clock.travel(61 * DAY)
        assert [ask(part) for part in parts] == [61 * 86_400] * 3
        clock.travel(400 * DAY)
        assert [ask(part) for part in parts] == [461 * 86_400] * 3
    finally:
        for part in parts:
            part.communicate(timeout=30)


def ask(part: subprocess.Popen[str]) -> int:
    """By how many seconds a process takes the portal to be ahead."""
    assert part.stdin is not None
    assert part.stdout is not None
    part.stdin.write("now\n")
    part.stdin.flush()
    return int(part.stdout.readline())
