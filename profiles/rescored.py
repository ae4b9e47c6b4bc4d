"""What comes out different when the pool is scored anew, and writing it by sets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from accounts.models import Message
from lifecycle import moves
from profiles.keeping import day_of
from profiles.models import Assessment, PoolEntry, Profile, Submission
from rules import parameters
from rules.assessment import Assessment as Result
from rules.programs import PROGRAM_BITS

FEDERAL = PROGRAM_BITS["CEC"] | PROGRAM_BITS["FSW"] | PROGRAM_BITS["FST"]
CAUSE = "rule_changes"

POOL, HISTORY, SENT, PROFILES, MESSAGES = (
    model._meta.db_table for model in (PoolEntry, Assessment, Submission, Profile, Message)
)
TABLE = """
    CREATE TEMPORARY TABLE rescored (
        profile_id bigint PRIMARY KEY, score smallint, programs smallint, categories smallint, look_again date,
        lines smallint[], old_score smallint, kind text
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
TELL = f"""
    INSERT INTO {MESSAGES} (account_id, kind, details, at, key, email_wanted)
    SELECT profile.account_id, new.kind,
           jsonb_build_object('number', profile.number, 'day_on', %(day)s::text, 'old_score', new.old_score,
               'score', new.score, 'causes', jsonb_build_array('{CAUSE}'),
               'expires_at', to_char(pool.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS+00:00')),
           %(at)s, gen_random_uuid(), true
    FROM rescored AS new JOIN {POOL} AS pool USING (profile_id)
    JOIN {PROFILES} AS profile ON profile.id = new.profile_id
    WHERE new.kind <> '' ORDER BY new.profile_id
"""
LOCK = f"SELECT profile_id FROM {POOL} WHERE profile_id = ANY(%s) ORDER BY profile_id FOR UPDATE"


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows of the pool with another result than before, by columns.

    before and after: three rows each, of scores, of programs, of categories. lines: sixteen rows of points. until: the
    day (``keeping.day_of``) on which the facts must be looked at again.
    """

    profiles: NDArray[np.int64]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    lines: NDArray[np.int64]
    was_in_pool: NDArray[np.bool_]
    until: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.profiles)

    @property
    def points(self) -> NDArray[np.int64]:
        """By how many points each is better or worse."""
        points: NDArray[np.int64] = self.after[0] - self.before[0]
        return points

    @property
    def eligible(self) -> NDArray[np.bool_]:
        """Who meets a federal program now."""
        eligible: NDArray[np.bool_] = (self.after[1] & FEDERAL) != 0
        return eligible

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
    values: dict[str, Any] = {
        "at": at,
        "on": at.date(),
        "day": at.date().isoformat(),
        "version": parameters.VERSION,
    }
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
        with cursor.copy("COPY rescored FROM STDIN") as copy:
            for row in _rows(changes):
                copy.write_row(row)
        cursor.execute(UPDATE, values)
        cursor.execute(APPEND, values)
        cursor.execute(TELL, values)
        cursor.execute("DROP TABLE rescored")
    moves.move_many(PoolEntry, changes.profiles[changes.arriving].tolist(), "become_eligible", at=at)
    moves.move_many(PoolEntry, changes.profiles[changes.leaving].tolist(), "become_ineligible", at=at)


def _rows(changes: Changes) -> Iterator[tuple[Any, ...]]:
    columns = (changes.after.T, changes.until, changes.lines.T, changes.before[0], _kinds(changes))
    for profile, result, until, lines, before, kind in zip(
        changes.profiles.tolist(), *(column.tolist() for column in columns), strict=True
    ):
        yield profile, *result, day_of(until), lines, before, kind


def _kinds(changes: Changes) -> NDArray[np.str_]:
    """The kind of message that tells each what a rule did to their score or their place; '' for no message."""
    better_or_worse = changes.eligible & changes.was_in_pool & (changes.points != 0)
    kinds: NDArray[np.str_] = np.select(
        [changes.arriving, changes.leaving, better_or_worse],
        ["profile_eligible_again", "profile_no_longer_eligible", "score_changed"],
        "",
    )
    return kinds
