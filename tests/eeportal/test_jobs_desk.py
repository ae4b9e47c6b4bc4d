"""The officers' pages of the jobs."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Message, OfficerAction, Role, Subscription
from eeportal.celery import app
from eeportal.jobs_desk.due import Due, due
from lifecycle import clock, jobs
from lifecycle.jobs import in_batches, recorded
from lifecycle.models import JobRun, JobState, Outcome
from lifecycle.schedule import PLANS, Job
from profiles.models import PoolEntry
from rules import deadlines
from tests import factories
from tests.conftest import INSTANT
from tests.factories import AT
from tests.personas import AMARA, BEN
from tests.races.pools import planned_round

pytestmark = pytest.mark.django_db

PAGE = "/en/admin/lifecycle/jobstate/"
HISTORY = f"{PAGE}history/"
RUN = f"{PAGE}lapse_drafts/run/"
DAY = timedelta(days=1)


def desk(role: Role = Role.SENIOR_OFFICER) -> Client:
    client = Client()
    client.force_login(factories.officer(role.value, role))
    return client


def text(page: str, client: Client) -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def of_kind(name: str, at: datetime = AT) -> Due:
    return next(kind for kind in due(at=at, real_now=clock.real_now()) if str(kind.name) == name)


def did_something(job: Job) -> None:
    with recorded(job, at=AT) as run:
        assert run is not None
        run.add(5)


@pytest.fixture
def rung(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tasks for which somebody rang."""
    app.loader.import_default_modules()
    names: list[str] = []
    for plan in PLANS.values():
        monkeypatch.setattr(app.tasks[plan.task], "delay", lambda name=plan.task: names.append(name))
    return names


def test_every_job_is_listed_with_what_it_does_and_when_it_ran() -> None:
    in_batches(Job.LAPSE_DRAFTS, lambda _at: 0, at=AT)
    shown = text(PAGE, desk())
    assert "Lapses the drafts that were not submitted within 60 days. Runs every minute." in shown
    assert "Finished Began: 24 September 2026, 09:12:40 UTC Next: 24 September 2026, 09:13:40 UTC" in shown
    assert shown.count("Has not run yet") == len(PLANS) - 1


def test_progress_is_shown_while_a_job_runs_and_the_page_looks_again() -> None:
    with recorded(Job.EXPIRE_PROFILES, at=AT) as run:
        assert run is not None
        run.add(12_000)
        client = desk()
        assert "Done in this run: 12,000" in text(PAGE, client)
        assert client.get(PAGE).headers["Refresh"] == "5"
        assert "Refresh" not in client.get(f"{PAGE}?still").headers
    assert "Done in this run" not in text(PAGE, client)


def test_a_run_whose_process_is_gone_shows_as_broken_off() -> None:
    JobState.objects.update_or_create(
        job=Job.LAPSE_DRAFTS.slug,
        defaults={"known_since": INSTANT, "started_at": INSTANT, "outcome": Outcome.RUNNING},
    )
    JobRun.objects.create(job=Job.LAPSE_DRAFTS.slug, outcome=Outcome.RUNNING, started_at=INSTANT, done=1000)
    client = desk()
    words = "Broke off: its process ended without a word"
    assert words in text(PAGE, client)
    assert words in text(HISTORY, client).partition("Search")[2]


def test_overdue_jobs_are_told_of_on_the_page_and_on_the_desks_first_page(
    set_clock: Callable[[datetime], None],
) -> None:
    JobState.objects.all().delete()
    jobs.know_all()
    client = desk(Role.OFFICER)
    assert "Jobs are overdue" not in text("/en/admin/", client) + text(PAGE, client)
    set_clock(INSTANT + timedelta(minutes=16))
    client = desk(Role.OFFICER)
    for page in (PAGE, "/en/admin/"):
        assert "Jobs are overdue" in text(page, client)
    assert "Overdue: it has not ended well since 24 September 2026, 09:12:40 UTC" in text(PAGE, client)


def test_whoever_may_only_read_sees_no_button() -> None:
    assert "Run now" in text(PAGE, desk())
    assert "Run now" not in text(PAGE, desk(Role.AUDITOR))


def test_running_a_job_now_asks_once_rings_and_is_in_the_log(rung: list[str]) -> None:
    client = desk()
    for _press in range(2):
        assert client.post(RUN).status_code == 302
    line = JobRun.objects.get()
    assert (line.job, line.outcome) == ("lapse_drafts", Outcome.WAITING)
    action = OfficerAction.objects.get(verb="ran_job")
    assert (action.about, action.officer) == (f"lifecycle.jobrun {line.pk} lapse_drafts", line.asked_by)
    assert set(rung) == {"profiles.tasks.lapse_drafts"}
    assert "It runs once." in text(PAGE, client)


def test_what_was_asked_for_is_taken_up_by_the_next_run() -> None:
    client = desk()
    client.post(RUN)
    assert "senior_officer asked for a run that has not begun yet." in text(PAGE, client)
    in_batches(Job.LAPSE_DRAFTS, lambda _at: 0, at=AT)
    assert "has not begun yet" not in text(PAGE, client)
    assert "Finished 0 24 September 2026, 09:12:40 UTC senior_officer" in text(HISTORY, client)


def test_without_the_broker_it_says_so_and_keeps_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise ConnectionRefusedError

    app.loader.import_default_modules()
    monkeypatch.setattr(app.tasks["profiles.tasks.lapse_drafts"], "delay", away)
    client = desk()
    client.post(RUN)
    assert "The broker is away, so the job “Drafts” cannot begin now." in text(PAGE, client)
    assert JobRun.objects.get().outcome == Outcome.WAITING


def test_a_look_starts_nothing(rung: list[str]) -> None:
    assert desk().get(RUN).status_code == 302
    assert (rung, JobRun.objects.count()) == ([], 0)


def test_there_is_nothing_to_run_under_a_made_up_name() -> None:
    assert desk().post(f"{PAGE}made-up/run/").status_code == 404


def test_the_history_is_filtered_by_job_and_by_how_it_went() -> None:
    for job in (Job.LAPSE_DRAFTS, Job.EXPIRE_PROFILES):
        JobRun.objects.create(job=job.slug, outcome=Outcome.FINISHED, started_at=INSTANT, done=7 * job.value)
    client = desk()
    both = text(HISTORY, client)
    assert f"{7 * 7201:,}" in both
    assert f"{7 * 7202:,}" in both
    one = text(f"{HISTORY}?job=lapse_drafts", client)
    assert f"{7 * 7201:,}" in one
    assert f"{7 * 7202:,}" not in one
    assert "No run is written down" in text(f"{HISTORY}?outcome=failed", client)


def test_the_pages_take_the_same_number_of_queries_however_much_there_is() -> None:
    client = desk()

    def queries(page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(page)
        return len(captured)

    did_something(Job.LAPSE_DRAFTS)
    for page in (PAGE, HISTORY):
        queries(page)
    before = [queries(page) for page in (PAGE, HISTORY)]
    factories.profile()
    factories.draft(BEN)
    for job in PLANS:
        did_something(job)
    assert [queries(page) for page in (PAGE, HISTORY)] == before


def test_what_is_due_is_counted_by_how_far_ahead_it_is() -> None:
    factories.draft(AMARA)
    ends = deadlines.draft_deadline(AT)
    name = "Drafts that lapse"
    expected = {
        ends: (1, 0, 0, 0),
        ends - timedelta(seconds=1): (0, 1, 1, 1),
        ends - DAY: (0, 1, 1, 1),
        ends - DAY - timedelta(seconds=1): (0, 0, 1, 1),
        ends - 7 * DAY - timedelta(seconds=1): (0, 0, 0, 1),
        ends - 30 * DAY: (0, 0, 0, 1),
        ends - 31 * DAY: (0, 0, 0, 0),
    }
    for at, counts in expected.items():
        kind = of_kind(name, at)
        assert (kind.waiting, kind.day, kind.week, kind.month) == counts, at


def test_the_days_of_the_picture_are_counted_from_today() -> None:
    factories.draft(AMARA)
    ends = deadlines.draft_deadline(AT)
    assert of_kind("Drafts that lapse", ends - 5 * DAY).by_day == [0] * 5 + [1] + [0] * 25


def test_assessments_are_due_by_whole_days() -> None:
    profile = factories.profile()
    PoolEntry.objects.filter(pk=profile.pk).update(next_change_on=AT.date() + 2 * DAY)
    kind = of_kind("Assessments due")
    assert (kind.waiting, kind.day, kind.week, kind.by_day[2]) == (0, 0, 1, 1)
    PoolEntry.objects.filter(pk=profile.pk).update(next_change_on=AT.date())
    assert of_kind("Assessments due").waiting == 1


def test_rounds_messages_and_subscriptions_are_among_what_is_due() -> None:
    planned_round(10)
    factories.profile()
    Subscription.objects.create(email="reader@example.org", language="en", asked_at=INSTANT - 6 * DAY)
    assert of_kind("Rounds planned").waiting == 1
    assert of_kind("E-mails to send").waiting == Message.objects.count() > 0
    assert of_kind("Unconfirmed subscriptions to forget").day == 1
    assert of_kind("Profiles that expire").month == 0
