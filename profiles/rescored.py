"""What comes out different when the pool is scored anew, and writing it by sets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from accounts.services import post_messages
from lifecycle import moves
from profiles.keeping import day_of
from profiles.models import Assessment, PoolEntry, Profile, Submission
from rules import parameters
from rules.assessment import Assessment as Result
from rules.programs import PROGRAM_BITS

FEDERAL = PROGRAM_BITS["CEC"] | PROGRAM_BITS["FSW"] | PROGRAM_BITS["FST"]
CAUSE = "rule_changes"

POOL, HISTORY, SENT = (model._meta.db_table for model in (PoolEntry, Assessment, Submission))
TABLE = """
    CREATE TEMPORARY TABLE rescored (
        profile_id bigint PRIMARY KEY, score smallint, programs smallint, categories smallint, look_again date,
        lines smallint[]
    ) ON COMMIT DROP
"""
UPDATE = f"""
    UPDATE {POOL} AS pool
    SET score = new.score, programs = new.programs, categories = new.categories, as_of = %(on)s,
        next_change_on = least(pool.next_change_on, new.look_again)
    FROM rescored AS new WHERE pool.profile_id = new.profile_id
"""
APPEND = f"""
    INSERT INTO {HISTORY}
        (profile_id, submission_id, at, as_of, score, lines, programs, categories, next_change_on, parameters)
    SELECT new.profile_id, sent.id, %(at)s, %(on)s, new.score, new.lines, new.programs, new.categories,
           pool.next_change_on, %(version)s
    FROM rescored AS new JOIN {POOL} AS pool USING (profile_id)
    CROSS JOIN LATERAL (
        SELECT id FROM {SENT} WHERE profile_id = new.profile_id ORDER BY sequence DESC LIMIT 1
    ) AS sent
"""
LOCK = f"SELECT profile_id FROM {POOL} WHERE profile_id = ANY(%s) ORDER BY profile_id FOR UPDATE"


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows of the pool with another result than before, by columns.

    before and after: three rows each, of scores, of programs, of categories. lines: sixteen rows of points. until: the
    day (``keeping.day_of``) on which the facts must be looked at again.
    """

    profiles: NDArray[np.int64]
    before: NDArray[Any]
    after: NDArray[Any]
    lines: NDArray[Any]
    was_in_pool: NDArray[np.bool_]
    until: NDArray[Any]

    def __len__(self) -> int:
        return len(self.profiles)

    @property
    def points(self) -> NDArray[Any]:
        """By how many points each is better or worse."""
        return self.after[0].astype(np.int64) - self.before[0]

    @property
    def eligible(self) -> NDArray[np.bool_]:
        """Who meets a federal program now."""
        return (self.after[1] & FEDERAL) != 0

    @property
    def arriving(self) -> NDArray[np.bool_]:
        return self.eligible & ~self.was_in_pool

    @property
    def leaving(self) -> NDArray[np.bool_]:
        return ~self.eligible & self.was_in_pool


def from_results(entries: Sequence[PoolEntry], results: Sequence[Result]) -> Changes:
    """The rows whose result is another than the entry's. The two are parallel."""
    before = np.array([(e.score, e.programs, e.categories) for e in entries], np.int64).reshape(-1, 3).T
    after = np.array([(r.total, r.program_bits, r.category_bits) for r in results], np.int64).reshape(-1, 3).T
    chosen = (after != before).any(axis=0)
    lines = np.array([result.lines for result in results], np.int64).reshape(-1, 16).T
    return Changes(
        profiles=np.array([entry.pk for entry in entries], np.int64)[chosen],
        before=before[:, chosen],
        after=after[:, chosen],
        lines=lines[:, chosen],
        was_in_pool=np.array([entry.state == "in_pool" for entry in entries], np.bool_)[chosen],
        until=np.zeros(int(chosen.sum()), np.int64),
    )


def lock(profiles: NDArray[np.int64]) -> None:
    """Hold these rows of the pool until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [profiles.tolist()])


def write(changes: Changes, *, at: datetime) -> None:
    """Write rows that the caller has locked: pool, history, moves in and out of the pool, messages."""
    if not len(changes):
        return
    values = {"at": at, "on": at.date(), "version": parameters.VERSION}
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        with cursor.copy("COPY rescored FROM STDIN") as copy:
            for row in _rows(changes):
                copy.write_row(row)
        cursor.execute(UPDATE, values)
        cursor.execute(APPEND, values)
        cursor.execute("DROP TABLE rescored")
    moves.move_many(PoolEntry, changes.profiles[changes.arriving].tolist(), "become_eligible", at=at)
    moves.move_many(PoolEntry, changes.profiles[changes.leaving].tolist(), "become_ineligible", at=at)
    _tell(changes, at)


def _rows(changes: Changes) -> list[tuple[Any, ...]]:
    days = [day_of(number) for number in changes.until.tolist()]
    results = changes.after.T.tolist()
    return [
        (profile, *result, day, lines)
        for profile, result, day, lines in zip(
            changes.profiles.tolist(), results, days, changes.lines.T.tolist(), strict=True
        )
    ]


def _tell(changes: Changes, at: datetime) -> None:
    """Post to each whose score or place in the pool changed that a rule did it."""
    kinds = {
        "profile_eligible_again": changes.arriving,
        "profile_no_longer_eligible": changes.leaving,
        "score_changed": changes.eligible & changes.was_in_pool & (changes.points != 0),
    }
    for kind, chosen in kinds.items():
        scores = dict(
            zip(
                changes.profiles[chosen].tolist(),
                zip(changes.before[0][chosen].tolist(), changes.after[0][chosen].tolist(), strict=True),
                strict=True,
            )
        )
        told = list(Profile.objects.filter(pk__in=scores).order_by("pk"))
        details = [_details(profile, *scores[profile.pk], at) for profile in told]
        post_messages(account_ids=[one.account_id for one in told], kind=kind, details=details, at=at)


def _details(profile: Profile, before: int, after: int, at: datetime) -> dict[str, Any]:
    return {
        "number": profile.number,
        "day_on": at.date().isoformat(),
        "old_score": before,
        "score": after,
        "expires_at": profile.expires_at.isoformat(),
        "causes": [CAUSE],
    }
