"""The schedule names tasks that exist, and a broker that is away stops nobody."""

import logging

import pytest
from celery import Celery
from django.db import transaction

from eeportal.celery import SECONDS, DoorbellTask, app
from lifecycle.job_words import WORDS
from lifecycle.schedule import PLANS, Job


def test_every_job_has_its_task_its_period_and_its_words() -> None:
    assert set(PLANS) == set(Job) == set(WORDS)
    assert len({plan.task for plan in PLANS.values()}) == len(PLANS)
    assert all(plan.overdue_after > 2 * plan.every for plan in PLANS.values())


def test_beat_starts_each_task_as_often_as_the_schedule_says() -> None:
    assert {plan.task: plan.every.total_seconds() for plan in PLANS.values()} == SECONDS


@pytest.mark.parametrize(
    ("job", "seconds"),
    [
        (Job.RUN_DUE_ROUNDS, 10),
        (Job.DELIVER_MESSAGES, 10),
        (Job.LAPSE_DRAFTS, 60),
        (Job.EXPIRE_PROFILES, 60),
        (Job.ASSESS_DUE, 60),
        (Job.LAPSE_INVITATIONS, 60),
    ],
)
def test_the_schedule_asks_the_database_often_enough(job: Job, seconds: int) -> None:
    assert SECONDS[PLANS[job].task] <= seconds


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
