"""Seals on the append-only logs: one digest a day, each over the one before, so that a changed past day is found.

A day's digest covers every row written since the digest before, up to the last one that is committed when it is made,
some time after the day's end. That no row with a lower number can still come, it makes sure by a lock that waits for
whoever is writing and is let go at once: a writer takes its number only under a lock that this one excludes. Rows of
the first minutes after midnight may thus belong to the day before; each row belongs to one digest.

Whoever can rewrite the whole database can also make a whole new chain. Against that helps only a digest that was
written down elsewhere.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum, auto
from typing import Any, Final

from django.apps import apps
from django.db import OperationalError, connection, models, transaction

from lifecycle import clock
from lifecycle.jobs import recorded
from lifecycle.models import LogDigest
from lifecycle.schedule import Job

LOGS: Final[Mapping[str, tuple[str, ...]]] = {
    "lifecycle.Transition": (
        *("id", "machine", "thing_id", "source", "event", "target"),
        *("at", "real_at", "actor_id", "cause"),
    ),
    "accounts.OfficerAction": ("id", "officer_id", "verb", "about", "why", "at", "real_at"),
}
"""The logs and their columns, in the order in which a row is written out."""

PAGE: Final = 5000
PATIENCE: Final = "250ms"


class Fault(Enum):
    """What does not hold of a day."""

    CHAIN = auto()
    COUNT = auto()
    CONTENT = auto()


@dataclass(frozen=True, slots=True)
class Checked:
    """One day of one log: whether it is as it was sealed, and how many rows it has now."""

    sealed: LogDigest
    rows: int
    fault: Fault | None


def digest_logs() -> int:
    """Seal each log for the day before today, in real time; return how many rows were sealed.

    A log that somebody is writing to all the while is left for the next run.
    """
    with recorded(Job.DIGEST_LOG) as running:
        for log in LOGS if running else ():
            sealed = _seal(log, clock.real_now())
            if running and sealed:
                running.add(sealed.rows)
        return running.done if running else 0


def check(log: str) -> Iterator[Checked]:
    """Yield every sealed day of a log, the first one first, with what of it does not hold."""
    after_id, before = 0, ""
    for sealed in LogDigest.objects.filter(log=log).order_by("id"):
        rows, digest = _digest(sealed, before)
        yield Checked(sealed, rows, _fault(sealed, after_id, rows, digest))
        after_id, before = sealed.last_id, sealed.digest


def newest(log: str) -> LogDigest | None:
    """Return the last digest of a log."""
    return LogDigest.objects.filter(log=log).order_by("-id").first()


def _seal(log: str, real_now: datetime) -> LogDigest | None:
    day, last = real_now.date() - timedelta(days=1), newest(log)
    if last and last.day >= day:
        return None
    last_id = _settled_id(_model(log))
    if last_id is None:
        return None
    after_id = last.last_id if last else 0
    sealed = LogDigest(log=log, day=day, after_id=after_id, last_id=max(last_id, after_id), made_at=real_now)
    sealed.rows, sealed.digest = _digest(sealed, last.digest if last else "")
    sealed.save(force_insert=True)
    return sealed


def _settled_id(model: type[models.Model]) -> int | None:
    """Return the highest number under which nothing can be written any more; None while others keep writing."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE MODE")
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {model._meta.db_table}")
            return int(cursor.fetchone()[0])
    except OperationalError:
        return None


def _digest(sealed: LogDigest, before: str) -> tuple[int, str]:
    """Return how many rows a digest covers now, and what it would be now. Memory holds one page of rows."""
    whole = hashlib.sha256()
    whole.update(_line([before, sealed.log, sealed.day, sealed.after_id, sealed.last_id]))
    rows, after_id = 0, sealed.after_id
    while page := _page(sealed, after_id):
        for row in page:
            whole.update(_line(row))
        rows, after_id = rows + len(page), page[-1][0]
    return rows, whole.hexdigest()


def _page(sealed: LogDigest, after_id: int) -> list[tuple[Any, ...]]:
    rows = _model(sealed.log)._base_manager.filter(pk__gt=after_id, pk__lte=sealed.last_id)
    return list(rows.order_by("pk").values_list(*LOGS[sealed.log])[:PAGE])


def _line(values: list[Any] | tuple[Any, ...]) -> bytes:
    return json.dumps([_plain(value) for value in values], separators=(",", ":")).encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def _fault(sealed: LogDigest, after_id: int, rows: int, digest: str) -> Fault | None:
    if sealed.after_id != after_id:
        return Fault.CHAIN
    if sealed.rows != rows:
        return Fault.COUNT
    return None if sealed.digest == digest else Fault.CONTENT


def _model(log: str) -> type[models.Model]:
    return apps.get_model(log)
