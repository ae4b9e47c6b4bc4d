"""The pool as a round found it, rebuilt from what is only ever added to: submissions, assessments and the log."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from django.db import connection

from draws.models import Round
from lifecycle.models import Transition
from lifecycle.tables import PROFILE, ProfileState
from profiles.models import Assessment, Submission
from rules.deadlines import profile_deadline
from rules.selection import Candidate

ROWS_AT_ONCE = 5_000

# Who was in the pool follows from the log alone, the score from the newest assessment, the time from what was sent
# first: nothing is read of the rows that the round itself read.
POOL_THEN = f"""
    SELECT latest.thing_id, assessed.score, sent.submitted_at, assessed.programs, assessed.categories
    FROM (
        SELECT DISTINCT ON (thing_id) thing_id, target FROM {Transition._meta.db_table}
        WHERE machine = %(machine)s AND id <= %(log_to)s ORDER BY thing_id, id DESC
    ) AS latest
    JOIN (
        SELECT DISTINCT ON (profile_id) profile_id, score, programs, categories FROM {Assessment._meta.db_table}
        WHERE id <= %(assessments_to)s ORDER BY profile_id, id DESC
    ) AS assessed ON assessed.profile_id = latest.thing_id
    JOIN {Submission._meta.db_table} AS sent ON sent.profile_id = latest.thing_id AND sent.sequence = 1
    WHERE latest.target = %(in_pool)s
"""


def pool_of(held: Round, at: datetime) -> Iterator[Candidate]:
    """Yield everybody who was in the pool when the round selected, in no order, a few thousand rows at a time."""
    known = {
        "machine": PROFILE.name,
        "in_pool": ProfileState.IN_POOL.value,
        "log_to": held.log_to,
        "assessments_to": held.assessments_to,
    }
    for row in streamed(POOL_THEN, known):
        candidate = Candidate(*row)
        if at < _deadline(candidate.submitted_at.astimezone(UTC).date()):
            yield candidate


def streamed(sql: str, parameters: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query from a cursor of the server, so that memory stays small; within a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield from rows


@lru_cache(maxsize=1_000)
def _deadline(day: date) -> datetime:
    """When a profile of a day leaves the pool; whole days end together, and there are few."""
    return profile_deadline(datetime.combine(day, time(), tzinfo=UTC))
