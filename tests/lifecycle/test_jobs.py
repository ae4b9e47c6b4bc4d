"""What is written down of a job's runs: little when nothing was found, a line when something was."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from lifecycle import clock, jobs
from lifecycle.jobs import in_batches, overdue, recorded
from lifecycle.models import JobRun, JobState, Outcome
from lifecycle.schedule import PLANS, Job
from lifecycle.tasks import forget_old_runs
from tests import factories
from tests.conftest import INSTANT
from tests.factories import AT

pytestmark = pytest.mark.django_db

JOB = Job.LAPSE_DRAFTS
LATE = PLANS[JOB].overdue_after + timedelta(seconds=1)


def state() -> JobState:
    return JobState.objects.get(job=JOB.slug)


def batches(*counts: int) -> Callable[[datetime], int]:
    """Return a batch that finds so many things each time, and then none."""
    left = list(counts)
    return lambda _at: left.pop(0) if left else 0


def known() -> None:
    """Every job of the schedule is known since now, and has not run."""
    JobState.objects.all().delete()
    jobs.know_all()


def fail(job: Job = JOB) -> None:
    with pytest.raises(ValueError, match="secret"), recorded(job):
        raise ValueError("secret")


def test_a_run_that_finds_nothing_leaves_no_line_and_is_counted() -> None:
    known()
    assert in_batches(JOB, batches(), at=AT) == 0
    assert not JobRun.objects.exists()
    held = state()
    assert (held.outcome, held.runs, held.done, held.well_at) == (Outcome.FINISHED, 1, 0, INSTANT)


def test_a_run_that_finds_nothing_costs_two_small_updates() -> None:
    known()
    with CaptureQueriesContext(connection) as captured:
        in_batches(JOB, batches(), at=AT)
    writes = [query["sql"] for query in captured if query["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert [write.split()[1] for write in writes] == ['"lifecycle_jobstate"'] * 2


def test_a_run_that_does_something_leaves_a_line_with_counts_and_times() -> None:
    assert in_batches(JOB, batches(3, 2), batches(4), at=AT) == 9
    line = JobRun.objects.get()
    assert (line.job, line.outcome, line.done, line.at) == (JOB.slug, Outcome.FINISHED, 9, AT)
    assert line.started_at == line.progress_at == line.ended_at == INSTANT
    assert state().done == 9


def test_progress_is_to_be_seen_while_the_run_goes_on() -> None:
    seen = []
    with recorded(JOB, at=AT) as run:
        for count in (5, 0, 7):
            assert run is not None
            run.add(count)
            seen.append(JobRun.objects.values_list("outcome", "done").get())
    assert seen == [("running", 5), ("running", 5), ("running", 12)]


def test_a_failure_is_kept_by_its_kind_and_never_by_its_words() -> None:
    fail()
    line = JobRun.objects.get()
    assert (line.outcome, line.error) == (Outcome.FAILED, "ValueError")
    assert "secret" not in str([*JobRun.objects.values(), *JobState.objects.values()])
    assert state().well_at is None


def test_the_same_failure_again_and_again_is_one_line_that_counts(
    set_clock: Callable[[datetime], None],
) -> None:
    for seconds in range(5):
        set_clock(INSTANT + timedelta(seconds=10 * seconds))
        fail()
    line = JobRun.objects.get()
    assert (line.times, line.started_at, line.ended_at) == (5, INSTANT, INSTANT + timedelta(seconds=40))
    in_batches(JOB, batches(1), at=AT)
    fail()
    assert list(JobRun.objects.order_by("pk").values_list("outcome", "times")) == [
        ("failed", 5),
        ("finished", 1),
        ("failed", 1),
    ]


@pytest.mark.parametrize("done", [3, 0])
def test_what_was_done_before_a_failure_stays_counted_and_what_was_undone_does_not(done: int) -> None:
    def does_some_then_fails() -> None:
        with recorded(JOB) as run:
            assert run is not None
            run.add(done)
            with transaction.atomic():
                run.add(4)
                raise ValueError("secret")

    with pytest.raises(ValueError, match="secret"):
        does_some_then_fails()
    line = JobRun.objects.get()
    assert (line.outcome, line.done) == (Outcome.FAILED, done)


def test_a_run_that_was_asked_for_leaves_a_line_even_when_it_finds_nothing() -> None:
    officer = factories.officer()
    jobs.ask(job=JOB, officer_id=officer.pk)
    in_batches(JOB, batches(), at=AT)
    line = JobRun.objects.get()
    assert (line.outcome, line.asked_by, line.done) == (Outcome.FINISHED, officer, 0)


def test_asking_twice_is_asking_once() -> None:
    officer = factories.officer()
    first, is_new = jobs.ask(job=JOB, officer_id=officer.pk)
    again, is_new_too = jobs.ask(job=JOB, officer_id=officer.pk)
    assert (again, is_new, is_new_too) == (first, True, False)


def test_a_line_that_says_running_is_marked_as_broken_off_by_the_next_run() -> None:
    left = JobRun.objects.create(job=JOB.slug, outcome=Outcome.RUNNING, started_at=INSTANT)
    in_batches(JOB, batches(), at=AT)
    left.refresh_from_db()
    assert (left.outcome, left.ended_at) == (Outcome.DIED, None)


def test_a_run_that_broke_off_before_it_did_anything_leaves_a_line_too() -> None:
    known()
    JobState.objects.filter(job=JOB.slug).update(outcome=Outcome.RUNNING, started_at=INSTANT)
    in_batches(JOB, batches(), at=AT)
    line = JobRun.objects.get()
    assert (line.outcome, line.started_at, line.done) == (Outcome.DIED, INSTANT, 0)


def test_a_job_without_a_good_end_for_too_long_is_overdue() -> None:
    known()
    in_batches(JOB, batches(), at=AT)
    assert JOB not in [one.job for one in overdue(INSTANT + LATE - timedelta(seconds=2))]
    assert JOB in [one.job for one in overdue(INSTANT + LATE)]


def test_a_job_that_never_ran_is_overdue_after_a_while() -> None:
    known()
    assert overdue(INSTANT) == []
    assert {one.job for one in overdue(INSTANT + timedelta(days=1))} == set(PLANS)


def test_a_job_that_fails_again_and_again_becomes_overdue(set_clock: Callable[[datetime], None]) -> None:
    known()
    in_batches(JOB, batches(), at=AT)
    for minutes in range(1, 20):
        set_clock(INSTANT + timedelta(minutes=minutes))
        fail()
    assert JOB in [one.job for one in overdue(clock.real_now())]


def test_a_long_run_that_gets_on_is_not_overdue(set_clock: Callable[[datetime], None]) -> None:
    known()
    with recorded(JOB, at=AT) as run:
        assert run is not None
        set_clock(INSTANT + LATE)
        run.add(1000)
        assert JOB not in [one.job for one in overdue(clock.real_now())]
        assert JOB in [one.job for one in overdue(clock.real_now() + LATE)]


def test_what_is_overdue_takes_two_queries() -> None:
    known()
    with CaptureQueriesContext(connection) as captured:
        overdue(INSTANT + timedelta(days=1))
    assert len(captured) == 2


def test_lines_of_long_ago_are_forgotten(set_clock: Callable[[datetime], None]) -> None:
    in_batches(JOB, batches(1), at=AT)
    jobs.ask(job=JOB, officer_id=factories.officer().pk)
    set_clock(INSTANT + jobs.KEPT_FOR)
    assert forget_old_runs() == 1
    assert [line.outcome for line in JobRun.objects.filter(job=JOB.slug)] == [Outcome.WAITING]


def test_a_watchdog_outside_is_told_by_the_exit_code(
    capsys: pytest.CaptureFixture[str], set_clock: Callable[[datetime], None]
) -> None:
    known()
    call_command("check_jobs")
    assert capsys.readouterr().out == "Every job runs.\n"
    set_clock(INSTANT + LATE)
    with pytest.raises(
        CommandError, match=r"lapse_drafts \(Drafts\) has not ended well since 2026-09-24 09:12 UTC"
    ):
        call_command("check_jobs")
