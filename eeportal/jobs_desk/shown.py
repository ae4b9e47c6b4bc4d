"""What the jobs' pages show, in words and rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eeportal.jobs_desk.due import Due
from lifecycle.job_status import Status, dead
from lifecycle.job_words import PERIODS, WORDS, name_of_slug
from lifecycle.models import JobRun, Outcome

KINDS = {
    Outcome.WAITING: "wait",
    Outcome.RUNNING: "live",
    Outcome.FINISHED: "done",
    Outcome.FAILED: "attention",
    Outcome.DIED: "attention",
}
"""The shape that stands beside how a run is."""


@dataclass(frozen=True, slots=True)
class JobRow:
    """One job in the list; ``kind`` and ``word`` are the shape and the words of how its last run is."""

    status: Status
    name: Promise
    does: Promise
    period: Promise
    kind: str
    word: str | Promise
    done: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run in the history."""

    line: JobRun
    name: str
    kind: str
    word: str | Promise


@dataclass(frozen=True, slots=True)
class DayRow:
    """What is due on one day, by kind."""

    day: date
    counts: list[int]
    total: int


def job_rows(statuses: Iterable[Status]) -> list[JobRow]:
    """Return the jobs as rows, those that are overdue first."""
    rows = [_job_row(status) for status in statuses]
    return sorted(rows, key=lambda row: row.status.overdue is None)


def run_rows(lines: Sequence[JobRun]) -> list[RunRow]:
    """Return lines of the history as rows; one that is said to run, and does not, is one that broke off."""
    gone = dead(line.job for line in lines if line.outcome == Outcome.RUNNING)
    return [_run_row(line, gone) for line in lines]


def day_rows(due: Sequence[Due], today: date) -> list[DayRow]:
    """Return what is due day by day, from today on."""
    days = zip(*[kind.by_day for kind in due], strict=True)
    return [
        DayRow(today + timedelta(days=ahead), list(counts), sum(counts)) for ahead, counts in enumerate(days)
    ]


def busiest(rows: Sequence[DayRow]) -> DayRow:
    """Return the first of the days on which the most is due."""
    return max(rows, key=lambda row: row.total)


def _job_row(status: Status) -> JobRow:
    name, does = WORDS[status.job]
    outcome = status.outcome
    return JobRow(
        status=status,
        name=name,
        does=does,
        period=PERIODS[status.plan.every],
        kind=KINDS[outcome] if outcome else "todo",
        word=outcome.label if outcome else _("Has not run yet"),
        done=(status.state.done if status.state else 0) + (status.running.done if status.running else 0),
    )


def _run_row(line: JobRun, gone: set[str]) -> RunRow:
    broke_off = line.outcome == Outcome.RUNNING and line.job in gone
    outcome = Outcome.DIED if broke_off else Outcome(line.outcome)
    return RunRow(line, name_of_slug(line.job), KINDS[outcome], outcome.label)
