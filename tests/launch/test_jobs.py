"""The schedule names tasks that exist, and a broker that is away stops nobody."""

import logging

import pytest
from celery import Celery
from django.db import transaction

from eeportal.celery import SECONDS, DoorbellTask, app

EVERY = {
    "draws.tasks.run_due_rounds": 10,
    "accounts.tasks.deliver_messages": 10,
    "accounts.tasks.send_ways_back": 10,
    "accounts.tasks.tell_of_waits": 600,
    "profiles.tasks.lapse_drafts": 60,
    "profiles.tasks.expire_profiles": 60,
    "profiles.tasks.assess_due": 60,
    "profiles.tasks.lapse_nominations": 60,
    "profiles.tasks.fold_tallies": 60,
    "profiles.tasks.remind_candidates": 600,
    "draws.tasks.lapse_invitations": 60,
    "draws.tasks.remind_invited": 600,
    "draws.tasks.announce_rounds": 10,
    "accounts.tasks.forget_unconfirmed_subscriptions": 3600,
    "eligibility.tasks.forget_abandoned": 3600,
    "accounts.tasks.forget_old_tries": 3600,
    "accounts.tasks.forget_ended_sessions": 600,
}


def test_the_schedule_asks_the_database_often_enough() -> None:
    assert SECONDS == EVERY


def test_every_scheduled_task_exists() -> None:
    app.loader.import_default_modules()
    assert set(SECONDS) <= set(app.tasks)


def test_a_message_that_waited_a_whole_round_is_dropped() -> None:
    assert all(entry["options"]["expires"] == entry["schedule"] for entry in app.conf.beat_schedule.values())


def test_work_is_acknowledged_when_it_is_done() -> None:
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1
    assert app.conf.task_ignore_result


@pytest.fixture
def unreachable() -> Celery:
    """An app like the portal's whose broker is away."""
    away = Celery("away", task_cls=DoorbellTask, broker="redis://127.0.0.1:1/0", set_as_current=False)
    away.conf.broker_transport_options = {"socket_connect_timeout": 1}
    away.conf.task_publish_retry = False
    away.conf.broker_connection_timeout = 1
    return away


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_does_not_undo_what_is_done(
    unreachable: Celery, caplog: pytest.LogCaptureFixture
) -> None:
    @unreachable.task(name="anything")
    def anything() -> None:
        return None

    with caplog.at_level(logging.WARNING), transaction.atomic():
        anything.delay_on_commit()
    assert "The broker is away" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_message_is_sent_only_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    @app.task(name="only.after.the.commit")
    def task() -> None:
        return None

    monkeypatch.setattr(task, "delay", lambda: sent.append("sent"))
    with transaction.atomic():
        task.delay_on_commit()
        assert sent == []
    assert sent == ["sent"]
