"""Redis stops, forgets everything, and every task comes three times in any order: no page and no fact is lost.

Two workers are at it, and two beats, of which one works.
"""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
from django.core import mail
from django.core.mail import EmailMessage
from redis import Redis

from accounts.limiting.limits import SIGN_IN
from accounts.models import Message, Refusable, User
from accounts.services import deliver_messages
from accounts.telling.post import Post
from draws.models import Round
from draws.tasks import run_round
from eeportal.celery import app
from lifecycle import clock, jobs
from lifecycle.schedule import Job
from lifecycle.tables import RoundState
from profiles import services as profiles
from profiles.models import PoolEntry
from tests import factories
from tests.eeportal.live_redis import forget_connections
from tests.launch.processes import wait_for
from tests.mail_server import MailServer
from tests.personas import AMARA
from tests.races.crowd import at_once
from tests.races.pools import make_pool, queued_round
from tests.races.test_killed_worker import database_url
from tests.races.web import Sent, web_processes
from tests.recovery.parts import BEAT, WORKER, redis, running
from tests.recovery.posting import by_mail, ids, post
from tests.recovery.restoring import copied, worker

__all__ = ["post"]
pytestmark = pytest.mark.django_db(transaction=True)

POOL, INVITED, EXPIRED, DRAFTS = 300, 60, 20, 10
PAGES = ("/en/", "/fr/", "/en/rounds/", "/en/account/login/", "/en/tools/")
TASKS = (
    "draws.tasks.run_due_rounds",
    "profiles.tasks.expire_profiles",
    "profiles.tasks.lapse_drafts",
    "accounts.tasks.deliver_messages",
)
CLEAN_RUN = "from eeportal.celery import app; app.loader.import_default_modules(); " + "; ".join(
    f"app.tasks['{name}']()" for name in TASKS
)
FACTS = (
    "SELECT profile_id, state FROM pool",
    "SELECT id, state FROM profiles_draft",
    "SELECT number, state, issued, cutoff, digest FROM draws_round",
    "SELECT profile_id, rank, score, invited_as, state FROM draws_invitation",
    "SELECT account_id, kind, emailed_at IS NOT NULL, email_wanted FROM accounts_message",
    "SELECT machine, source, event, target FROM lifecycle_transition",
)
"""What the portal knows, apart from instants and from numbers that a transaction which was undone uses up."""


def facts_of(database: str) -> str:
    """One digest of all that a database knows."""
    digest = sha256()
    with psycopg.connect(database) as asked:
        for question in FACTS:
            digest.update(json.dumps(sorted(map(repr, asked.execute(question).fetchall()))).encode())
    return digest.hexdigest()


def much_to_do() -> Round:
    """A round that waits, profiles and drafts whose time is over; everything is told by e-mail."""
    now = clock.now()
    make_pool(POOL, now)
    for account in User.objects.order_by("pk"):
        User.objects.filter(pk=account.pk).update(email=f"{account.username}@example.org")
    over = PoolEntry.objects.order_by("pk").values_list("pk", flat=True)[:EXPIRED]
    PoolEntry.objects.filter(pk__in=list(over)).update(expires_at=now - timedelta(minutes=1))
    for number in range(DRAFTS):
        account = User.objects.create_user(f"beginner{number}", f"beginner{number}@example.org")
        profiles.open_draft(account_id=account.pk, at=now - timedelta(days=61))
    return queued_round(INVITED)


def status_of(port: int, page: str) -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", page)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def tries_that_are_refused(port: int) -> list[int]:
    """Try a wrong password once more than is allowed; return what each try was answered."""
    tries = (SIGN_IN.by_account or 0) + 1
    return [
        Sent("/en/account/login/", {"login": "nobody", "password": "wrong"}).status(port)
        for _try in range(tries)
    ]


def ring_everything(url: str, waiting: Round, seed: int) -> None:
    """Send each task three times, in any order."""
    app.conf.broker_url = url
    forget_connections()
    rung = [(name, ()) for name in TASKS] + [(run_round.name, (waiting.pk,))]
    bells = rung * 3
    random.Random(seed).shuffle(bells)
    for name, arguments in bells:
        app.send_task(name, arguments)
    forget_connections()


def nothing_is_left(waiting: Round) -> bool:
    """Whether the round is over, what was due is done, and every e-mail is out."""
    return (
        Round.objects.get(pk=waiting.pk).state == RoundState.COMPLETED
        and PoolEntry.objects.filter(state="expired").count() == EXPIRED
        and Message.objects.filter(kind="draft_lapsed").count() == DRAFTS
        and not Message.objects.untold().exists()
    )


def everything_said(folder: Path) -> str:
    return "\n".join(log.read_text() for log in sorted(folder.glob("*.log")))


@pytest.mark.slow
@pytest.mark.unguarded("clock")
def test_a_broker_that_comes_and_goes_loses_no_page_and_no_fact(
    post: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = much_to_do()
    with copied("clean") as clean:
        assert worker(CLEAN_RUN, **{**by_mail(post), "DATABASE_URL": clean}).wait(timeout=120) == 0
        expected = facts_of(clean)
    post.taken.clear()
    monkeypatch.setitem(app.conf, "broker_url", app.conf.broker_url)
    with ExitStack() as held:
        server = held.enter_context(redis(tmp_path))
        told = {**by_mail(post), "REDIS_URL": server.url}
        for number in ("one", "two"):
            named = [*WORKER, "--hostname", f"{number}@%h"]
            held.enter_context(running(named, tmp_path / f"worker-{number}.log", told))
            held.enter_context(running(BEAT, tmp_path / f"beat-{number}.log", told))
        port = held.enter_context(web_processes(None, **told))
        server.stop()
        assert {page: status_of(port, page) for page in PAGES} == dict.fromkeys(PAGES, 200)
        answers = tries_that_are_refused(port)
        assert (answers.count(200), answers[-1]) == (len(answers) - 1, 429)
        began = time.monotonic()
        server.start()
        ring_everything(server.url, waiting, seed=8)
        with Redis.from_url(server.url) as client:
            client.flushall()
        ring_everything(server.url, waiting, seed=9)
        assert wait_for(lambda: nothing_is_left(waiting), 60), everything_said(tmp_path)
        assert time.monotonic() - began <= 60
    assert facts_of(database_url()) == expected
    assert set(Counter(ids(post)).values()) == {1}


def sent_by_three_at_once(monkeypatch: pytest.MonkeyPatch) -> int:
    """Deliver one message by a task that came three times; return how many e-mails went out."""

    def slowly(self: Post, email: EmailMessage, *, of: Refusable) -> bool:
        time.sleep(0.3)
        return takes(self, email, of=of)

    takes = Post.takes
    monkeypatch.setattr(Post, "takes", slowly)
    factories.profile(AMARA)
    Message.objects.exclude(kind="profile_in_pool").delete()
    at_once(*[deliver_messages] * 3)
    return len(mail.outbox)


def test_a_task_that_comes_three_times_sends_an_e_mail_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert sent_by_three_at_once(monkeypatch) == 1


def test_without_the_guard_it_would_be_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def everybody(_job: Job) -> Iterator[bool]:
        yield True

    monkeypatch.setattr(jobs, "only_one", everybody)
    assert sent_by_three_at_once(monkeypatch) > 1
