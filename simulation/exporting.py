"""The pool as analysts take it away: what was sent and how it scores, and nothing of the accounts."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from lifecycle.tables import ProfileState
from profiles.models import PoolEntry, Submission

ROWS_AT_ONCE = 1_000


def pool_lines(*, at: datetime) -> Iterator[str]:
    """Yield a JSON line for each candidate who is in the pool at an instant, in the pool's order.

    Keys: ``profile`` (the profile JSON last sent, as of the day on which the pool's score was computed),
    ``score``, ``submitted_at`` (the instant that breaks ties) and ``profile_number``. All lines show one instant
    of the database; memory stays the same for any size.
    """
    newest = Submission.objects.filter(profile=OuterRef("pk")).order_by("-sequence").values("facts")[:1]
    entries = (
        PoolEntry.objects.filter(state=ProfileState.IN_POOL, expires_at__gt=at)
        .annotate(facts=Subquery(newest))
        .order_by("-score", "submitted_at", "pk")
        .values_list("facts", "as_of", "score", "submitted_at", "profile__number")
    )
    with transaction.atomic():
        _wait_for_slow_readers()
        for row in entries.iterator(chunk_size=ROWS_AT_ONCE):
            yield _line(*row)


def _line(facts: dict[str, Any], as_of: date, score: int, submitted_at: datetime, number: str) -> str:
    line = {
        "profile": {**facts, "as_of": as_of.isoformat()},
        "score": score,
        "submitted_at": submitted_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "profile_number": number,
    }
    return json.dumps(line, separators=(",", ":"), ensure_ascii=False)


def _wait_for_slow_readers() -> None:
    """Whoever reads the lines may pause between two of them for longer than a transaction may be idle."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
