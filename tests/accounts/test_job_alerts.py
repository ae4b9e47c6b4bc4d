"""The administrators hear once of a job that is overdue."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage

from accounts.models import Role
from accounts.tasks import watch_jobs
from accounts.telling import job_alerts
from eeportal.celery import app
from lifecycle import clock, jobs
from lifecycle.jobs import in_batches
from lifecycle.models import JobState
from lifecycle.schedule import PLANS, Job
from tests import factories
from tests.conftest import INSTANT
from tests.factories import AT
from tests.mail_server import mail_server

pytestmark = pytest.mark.django_db

Outbox = list[EmailMessage]
SetClock = Callable[[datetime], None]
MINUTE = timedelta(minutes=1)


def run_well(*but: Job) -> None:
    """Let every other job find nothing now."""
    for job in PLANS:
        if job not in (*but, Job.WATCH_JOBS):
            in_batches(job, lambda _at: 0, at=AT)


@pytest.fixture
def watched(set_clock: SetClock) -> None:
    """A portal that is watched for an hour, in which the drafts' job did not run."""
    factories.officer("ada", Role.ADMINISTRATOR)
    JobState.objects.all().delete()
    jobs.know_all()
    for minutes in range(60):
        set_clock(INSTANT + minutes * MINUTE)
        in_batches(Job.WATCH_JOBS, lambda _at: 0, at=AT)
    run_well(Job.LAPSE_DRAFTS)


@pytest.mark.usefixtures("watched")
def test_an_administrator_is_told_of_an_overdue_job_once(mailoutbox: Outbox) -> None:
    assert [watch_jobs() for _run in range(3)] == [1, 0, 0]
    (email,) = mailoutbox
    assert email.to == ["ada@example.org"]
    assert "Drafts: since 24 September 2026 at 09:12:40 UTC" in email.body
    assert "/en/admin/lifecycle/jobstate/" in email.body


@pytest.mark.usefixtures("watched")
def test_it_is_told_again_only_after_the_job_had_recovered(mailoutbox: Outbox, set_clock: SetClock) -> None:
    watch_jobs()
    in_batches(Job.LAPSE_DRAFTS, lambda _at: 0, at=AT)
    run_well()
    assert watch_jobs() == 0
    later = clock.real_now() + timedelta(hours=1)
    for minutes in (2, 1):
        set_clock(later - minutes * MINUTE)
        in_batches(Job.WATCH_JOBS, lambda _at: 0, at=AT)
    set_clock(later)
    run_well(Job.LAPSE_DRAFTS)
    assert watch_jobs() == 1
    assert len(mailoutbox) == 2


@pytest.mark.usefixtures("watched")
def test_nobody_else_is_told(mailoutbox: Outbox) -> None:
    factories.officer("sam", Role.SENIOR_OFFICER)
    factories.account()
    watch_jobs()
    assert [email.to for email in mailoutbox] == [["ada@example.org"]]


@pytest.mark.usefixtures("watched")
def test_without_an_administrator_it_stays_to_be_told(mailoutbox: Outbox) -> None:
    ada = factories.officer("ada")
    ada.email = ""
    ada.save()
    assert watch_jobs() == 0
    ada.email = "ada@example.org"
    ada.save()
    assert watch_jobs() == 1
    assert len(mailoutbox) == 1


@pytest.mark.usefixtures("watched")
def test_a_mail_server_that_is_away_is_tried_again(settings: Any) -> None:
    with mail_server(settings) as server:
        settings.EMAIL_PORT = 1
        assert watch_jobs() == 0
        settings.EMAIL_PORT = server.port
        assert watch_jobs() == 1
        assert server.recipients() == ["ada@example.org"]


def test_a_watch_that_was_away_itself_begins_what_is_overdue_before_it_tells(
    mailoutbox: Outbox, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.officer("ada", Role.ADMINISTRATOR)
    JobState.objects.all().delete()
    jobs.know_all()
    set_clock(INSTANT + timedelta(hours=8))
    run_well(Job.LAPSE_DRAFTS)
    begun: list[str] = []
    app.loader.import_default_modules()
    task = app.tasks[PLANS[Job.LAPSE_DRAFTS].task]
    monkeypatch.setattr(task, "delay", lambda: begun.append("lapse_drafts"))
    assert (watch_jobs(), begun, mailoutbox) == (0, ["lapse_drafts"], [])
    set_clock(clock.real_now() + MINUTE)
    assert (watch_jobs(), len(mailoutbox)) == (1, 1)


def test_what_an_officer_asked_for_while_the_broker_was_away_is_rung_for_again(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_well()
    jobs.ask(job=Job.FORGET_ABANDONED, officer_id=factories.officer().pk)
    begun: list[str] = []
    app.loader.import_default_modules()
    monkeypatch.setattr(
        app.tasks[PLANS[Job.FORGET_ABANDONED].task], "delay", lambda: begun.append("abandoned")
    )
    watch_jobs()
    assert begun == []
    set_clock(INSTANT + MINUTE)
    watch_jobs()
    assert begun == ["abandoned"]


def test_a_job_of_a_new_release_is_known_from_its_first_watch_on() -> None:
    JobState.objects.all().delete()
    job_alerts.watch()
    assert set(JobState.objects.values_list("job", flat=True)) == {job.slug for job in PLANS}
