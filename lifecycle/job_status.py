"""How each job is at the moment it is asked, true also when its process was killed without a word."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from lifecycle.jobs import OPEN, Overdue, overdue
from lifecycle.models import JobRun, JobState, Outcome
from lifecycle.schedule import PLANS, Job, Plan

HELD = """
    SELECT objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 0 AND objsubid = 1 AND granted AND objid::bigint = ANY(%s)
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
"""The keys of jobs whose lock somebody holds: those that really run."""


@dataclass(frozen=True, slots=True)
class Status:
    """One job: its plan, its last run, and the runs that wait or are under way. ``state`` is None before the first."""

    job: Job
    plan: Plan
    state: JobState | None
    outcome: Outcome | None
    waiting: JobRun | None
    running: JobRun | None
    overdue: Overdue | None

    @property
    def next_at(self) -> datetime | None:
        """When beat starts it next, in real time, as far as its last start tells."""
        return self.state.started_at + self.plan.every if self.state and self.state.started_at else None


def statuses(real_now: datetime) -> list[Status]:
    """Return how every job is, in a number of queries that does not grow."""
    states = JobState.objects.in_bulk()
    lines = {(line.job, line.outcome): line for line in _open_lines()}
    late = {one.job: one for one in overdue(real_now)}
    gone = dead(state.job for state in states.values() if state.outcome == Outcome.RUNNING)
    return [
        Status(
            job=job,
            plan=plan,
            state=states.get(job.slug),
            outcome=_outcome(states.get(job.slug), gone),
            waiting=lines.get((job.slug, Outcome.WAITING.value)),
            running=None if job.slug in gone else lines.get((job.slug, Outcome.RUNNING.value)),
            overdue=late.get(job),
        )
        for job, plan in PLANS.items()
    ]


def dead(slugs: Iterable[str]) -> set[str]:
    """Return which of the jobs that are said to run do not: nobody holds their lock, and they did not end meanwhile.

    A run writes its end before it lets go of its lock. So whoever finds a lock free, and then still no end of the
    same run, knows that its process is gone.
    """
    wanted = set(slugs)
    jobs = [job for job in Job if job.slug in wanted]
    if not jobs:
        return set()
    began = _began(jobs)
    with connection.cursor() as cursor:
        cursor.execute(HELD, [[job.value for job in jobs]])
        held = {row[0] for row in cursor.fetchall()}
    free = [job for job in jobs if job.value not in held]
    return {slug for slug, at in _began(free).items() if began.get(slug) == at} if free else set()


def _began(jobs: Collection[Job]) -> dict[str, datetime | None]:
    """Return when those of the jobs began that are said to run."""
    running = JobState.objects.filter(job__in=[job.slug for job in jobs], outcome=Outcome.RUNNING)
    return dict(running.values_list("job", "started_at"))


def _open_lines() -> list[JobRun]:
    return list(JobRun.objects.filter(outcome__in=OPEN).select_related("asked_by").order_by("pk"))


def _outcome(state: JobState | None, gone: set[str]) -> Outcome | None:
    if state is None or not state.outcome:
        return None
    return Outcome.DIED if state.job in gone else Outcome(state.outcome)
