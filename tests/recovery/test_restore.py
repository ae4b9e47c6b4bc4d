"""A backup taken while messages go out brings everything back: no message is doubled or lost, a round goes on."""

import signal
from collections import Counter
from email.utils import make_msgid
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command

from accounts import services as accounts
from accounts.models import Message, User
from draws import services
from draws.models import Invitation, Round
from draws.running.selecting import instruction_of
from lifecycle import clock
from lifecycle.tables import RoundState
from profiles.models import PoolEntry
from rules.selection import select
from tests import factories
from tests.launch.processes import wait_for
from tests.mail_server import MailServer
from tests.personas import AMARA
from tests.races.pools import candidates, planned_round
from tests.recovery.posting import by_mail, ids, post
from tests.recovery.restoring import back_up, drop_and_restore, faults, worker

__all__ = ["post"]

POOL, FIRST, SECOND = 400, 160, 40
DELIVER = "from accounts.tasks import deliver_messages; deliver_messages()"
EVERYTHING = f"from draws.tasks import run_due_rounds; run_due_rounds(); {DELIVER}"


def rounds_of_a_filled_pool() -> Round:
    """Run a round, whose messages are all to be sent, and leave another as a worker that died in it does."""
    call_command("make_demo", pool=POOL, verbosity=0)
    now = clock.now()
    for account in User.objects.filter(email=""):
        User.objects.filter(pk=account.pk).update(email=f"{account.username}@example.org")
    Message.objects.update(email_wanted=False)
    first, second = planned_round(FIRST, 9_001), planned_round(SECOND, 9_002)
    services.queue(planned=first, officer_id=None, at=now)
    assert services.run(round_id=first.pk, at=now).issued == FIRST
    services.queue(planned=second, officer_id=None, at=now)
    Round.objects.filter(pk=second.pk).update(started_at=now)
    return second


@pytest.mark.slow
@pytest.mark.unguarded("clock")
@pytest.mark.django_db(transaction=True)
def test_a_backup_from_the_middle_of_delivery_loses_and_doubles_nothing(
    post: MailServer, tmp_path: Path
) -> None:
    second = rounds_of_a_filled_pool()
    expected = select(candidates(), instruction_of(second)).invited
    told = set(Message.objects.values_list("account_id", "kind", "key"))
    delivering = worker(DELIVER, **by_mail(post))
    assert wait_for(lambda: len(post.taken) >= FIRST // 4, 60)
    sent_before = set(ids(post))
    back_up(tmp_path / "backup")
    assert wait_for(lambda: len(post.taken) >= FIRST // 2, 60)
    delivering.send_signal(signal.SIGKILL)
    delivering.wait()
    drop_and_restore(tmp_path / "backup")
    assert faults() == []
    assert set(Message.objects.values_list("account_id", "kind", "key")) == told
    assert Message.objects.filter(email_wanted=True, emailed_at=None).count() > 0
    workers = [worker(EVERYTHING, **by_mail(post)) for _number in range(2)]
    assert [one.wait(timeout=120) for one in workers] == [0, 0]
    assert worker(EVERYTHING, **by_mail(post)).wait(timeout=120) == 0
    check_the_round(second, expected)
    check_the_messages(post, told, sent_before)
    assert faults() == []


def check_the_round(second: Round, expected: Any) -> None:
    """The half-run round invited whom the reference invites, each once, and the pool says so."""
    assert Round.objects.get(pk=second.pk).state == RoundState.COMPLETED
    invited = Invitation.objects.filter(round=second).order_by("rank")
    assert list(invited.values_list("profile_id", "rank", "invited_as")) == expected
    assert PoolEntry.objects.filter(state="invited").count() == FIRST + SECOND + invited_before()


def invited_before() -> int:
    """How many of the demo's own people are invited."""
    return Invitation.objects.exclude(round__number__in=(9_001, 9_002)).filter(state="issued").count()


def check_the_messages(post: MailServer, told: set[Any], sent_before: set[str]) -> None:
    """Each invited candidate has one message, and it was e-mailed; again only what went out after the backup."""
    now = set(Message.objects.values_list("account_id", "kind", "key"))
    assert told <= now
    new = Message.objects.filter(kind="invitation", details__round__in=(9_001, 9_002))
    assert new.count() == new.values("account_id").distinct().count() == FIRST + SECOND
    assert not Message.objects.filter(email_wanted=True, emailed_at=None).exists()
    sent = Counter(ids(post))
    assert set(sent) == {f"<{key}@localhost>" for key in new.values_list("key", flat=True)}
    again = {message_id for message_id, times in sent.items() if times > 1}
    assert again, "the backup was not taken in the middle"
    in_flight = 1
    assert len(again & sent_before) <= in_flight
    assert max(sent.values()) == 2


def sent_twice_as_after_a_restore() -> list[str]:
    """Deliver a message, forget that it went out, as a backup from just before does, and deliver again."""
    factories.profile(AMARA)
    Message.objects.exclude(pk=Message.objects.order_by("-pk").values_list("pk", flat=True)[0]).delete()
    for _time in range(2):
        Message.objects.update(emailed_at=None, email_wanted=True)
        accounts.deliver_messages()
    return [letter.extra_headers["Message-ID"] for letter in mail.outbox]


@pytest.mark.django_db
def test_what_is_sent_again_is_the_same_letter_to_a_mail_reader() -> None:
    first, again = sent_twice_as_after_a_restore()
    assert first == again


@pytest.mark.django_db
def test_without_the_messages_own_key_it_would_be_another_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    def without_key(_message: Message, account: User) -> EmailMessage:
        return EmailMessage(
            "News", "News", to=[account.email], headers={"Message-ID": make_msgid(domain="localhost")}
        )

    monkeypatch.setattr(accounts, "_email", without_key)
    first, again = sent_twice_as_after_a_restore()
    assert first != again
