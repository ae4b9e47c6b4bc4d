"""The frame of every job: one run at a time, its progress and its end written down, and what is overdue.

    def lapse_drafts(*, at: datetime) -> int:
        return jobs.in_batches(Job.LAPSE_DRAFTS, _lapse_batch, at=at)

A second run, from a late or doubled message, leaves at once and takes no worker. A run that finds nothing costs two
small updates of the job's one row; a line in the history is for what was done, failed, or was asked for.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, connection, transaction
from django.db.models import F, QuerySet

from lifecycle import clock
from lifecycle.models import JobRun, JobState, Outcome
from lifecycle.schedule import PLANS, Job

BATCH = 1000
KEPT_FOR = timedelta(days=90)
"""How long the history keeps the line of a run, in real time."""
OPEN = (Outcome.WAITING, Outcome.RUNNING)


@contextmanager
def only_one(job: Job) -> Iterator[bool]:
    """Say whether this is the only run of the job. The lock belongs to the session and dies with its process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [job.value])
        alone = bool(cursor.fetchone()[0])
    try:
        yield alone
    finally:
        if alone:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [job.value])


class Run:
    """One run of a job that is under way: the portal's instant ``at`` that it works for, and what it has done."""

    def __init__(self, job: Job, at: datetime, line_id: int = 0) -> None:
        self.job, self.at = job, at
        self.began_at = clock.real_now()
        self.done = 0
        self._line_id = line_id

    def add(self, done: int) -> int:
        """Count what was done, for everybody to see, and return it. In the transaction that does it, it is exact."""
        if done:
            self._write(done=done, progress_at=clock.real_now())
        self.done += done
        return done

    def end(self, outcome: Outcome, error: str = "") -> None:
        """Write down how it ended."""
        now = clock.real_now()
        failed_again = outcome == Outcome.FAILED and not self._line_id and self._failed_again(error, now)
        if (self._line_id or outcome == Outcome.FAILED) and not failed_again:
            self._write(outcome=outcome, ended_at=now, error=error)
        done = JobRun.objects.filter(pk=self._line_id).values_list("done", flat=True).first() or 0
        well = {"well_at": now, "alerted_at": None} if outcome == Outcome.FINISHED else {}
        row = JobState.objects.filter(job=self.job.slug)
        row.update(outcome=outcome, ended_at=now, runs=F("runs") + 1, done=F("done") + done, **well)

    def _failed_again(self, error: str, now: datetime) -> bool:
        """Count a failure in the line of the one before, if that was the same and nothing came between."""
        last = JobRun.objects.filter(job=self.job.slug).order_by("-pk")[:1]
        same = JobRun.objects.filter(pk__in=list(last.values_list("pk", flat=True)))
        same = same.filter(outcome=Outcome.FAILED, error=error, done=0, asked_by=None)
        return same.update(times=F("times") + 1, ended_at=now) == 1

    def _write(self, *, done: int = 0, **values: Any) -> None:
        """Change the run's line; write one if there is none, or none any more because its transaction was undone."""
        held = JobRun.objects.filter(pk=self._line_id)
        if not held.update(done=F("done") + done, **values):
            first = {"outcome": Outcome.RUNNING, "started_at": self.began_at, "at": self.at}
            line = JobRun.objects.create(job=self.job.slug, done=done, **{**first, **values})
            self._line_id = line.pk


@contextmanager
def recorded(job: Job, *, at: datetime | None = None) -> Iterator[Run | None]:
    """Give the run of a job, or None when another one is under way; write down how it ends.

    ``at`` is the portal's instant for which it works, now if not given. To be entered outside any transaction, so that
    progress is seen and a failure is kept.
    """
    with only_one(job) as alone:
        if not alone:
            yield None
            return
        run = _begun(job, at or clock.now())
        try:
            yield run
        except BaseException as error:
            with suppress(Error):
                run.end(Outcome.FAILED, type(error).__name__)
            raise
        run.end(Outcome.FINISHED)


def in_batches(job: Job, *batches: Callable[[datetime], int], at: datetime | None = None) -> int:
    """Do each kind of batch until it finds nothing more, each time in a transaction; return how many things were done.

    Memory and locks stay as small as a batch. A run at the same time does nothing and returns 0.
    """
    with recorded(job, at=at) as run:
        for batch in batches if run else ():
            while run and _counted(run, batch):
                continue
        return run.done if run else 0


def delete_batch(rows: QuerySet[Any]) -> int:
    """Delete the first thousand of some rows, and what hangs on them; return how many of these rows it were.

    To be called in a transaction: a row that stops being one of them before it is locked is left alone.
    """
    chosen = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
    if not chosen:
        return 0
    locked = rows.model._base_manager.select_for_update().filter(pk__in=chosen).order_by("pk")
    still = rows.filter(pk__in=list(locked.values_list("pk", flat=True)))
    deleted: dict[str, int] = still.delete()[1]
    return deleted.get(rows.model._meta.label, 0)


@dataclass(frozen=True, slots=True)
class Overdue:
    """A job without a good end for too long: since when, in real time, and whether administrators were told of it."""

    job: Job
    since: datetime
    told: bool


def overdue(real_now: datetime) -> list[Overdue]:
    """Return the jobs that did not end well for longer than ``lifecycle.schedule`` allows, in two queries.

    A run under way that gets on is none of them. True at read time, whether or not beat and workers are up.
    """
    progress = JobRun.objects.filter(outcome=Outcome.RUNNING, progress_at__isnull=False)
    got_on = dict(progress.values_list("job", "progress_at"))
    states = JobState.objects.in_bulk()
    found = []
    for job, plan in PLANS.items():
        state = states.get(job.slug)
        since = state and (state.well_at or state.known_since)
        if state and since and max(since, got_on.get(job.slug) or since) < real_now - plan.overdue_after:
            found.append(Overdue(job, since, state.alerted_at is not None))
    return found


def know_all() -> None:
    """Know every job of this release from now on, so that one that never runs is missed."""
    now = clock.real_now()
    JobState.objects.bulk_create(
        [JobState(job=job.slug, known_since=now) for job in PLANS], ignore_conflicts=True
    )


@transaction.atomic
def ask(*, job: Job, officer_id: int) -> tuple[JobRun, bool]:
    """Ask for a run of a job; return its line, and whether nobody had asked for one that has not begun yet.

    The line waits in the database; the next run, by its doorbell or by beat, takes it up.
    """
    asked = {"asked_by_id": officer_id, "asked_at": clock.real_now()}
    return JobRun.objects.get_or_create(job=job.slug, outcome=Outcome.WAITING, defaults=asked)


def forget_old_runs() -> int:
    """Forget the lines of runs that began long ago; return how many."""
    return in_batches(Job.FORGET_OLD_RUNS, _forget_some)


def _forget_some(_at: datetime) -> int:
    return delete_batch(JobRun.objects.filter(started_at__lte=clock.real_now() - KEPT_FOR))


@transaction.atomic
def _counted(run: Run, batch: Callable[[datetime], int]) -> int:
    return run.add(batch(run.at))


def _begun(job: Job, at: datetime) -> Run:
    """Note that a run begins. Whatever else seems to run is dead, for this one has the lock; what waits is taken up."""
    now = clock.real_now()
    begun = {"started_at": now, "outcome": Outcome.RUNNING}
    broke_off = JobState.objects.filter(job=job.slug, outcome=Outcome.RUNNING).first()
    if not JobState.objects.filter(job=job.slug).update(**begun):
        JobState.objects.get_or_create(job=job.slug, defaults={"known_since": now, **begun})
    left = {
        line.outcome: line.pk for line in JobRun.objects.filter(job=job.slug, outcome__in=OPEN).order_by("pk")
    }
    if Outcome.RUNNING in left:
        JobRun.objects.filter(job=job.slug, outcome=Outcome.RUNNING).update(outcome=Outcome.DIED)
    elif broke_off:
        JobRun.objects.create(job=job.slug, outcome=Outcome.DIED, started_at=broke_off.started_at)
    asked = left.get(Outcome.WAITING.value)
    if asked:
        JobRun.objects.filter(pk=asked).update(outcome=Outcome.RUNNING, started_at=now, at=at)
    return Run(job, at, asked or 0)
