"""Writing down how a submission was assessed: the append-only history and the pool row."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from lifecycle import moves
from lifecycle.tables import ProfileState
from profiles import keeping
from profiles.models import Assessment, KeptFactors, PoolEntry, Profile, Submission
from rules import facts, parameters
from rules.assessment import Assessment as Result
from rules.assessment import assess, assess_many
from rules.birthdays import Aged, aged
from rules.grace import Grace, grace_of, in_pool
from rules.kept import basis
from rules.parameters import Book
from rules.programs import PROGRAM_BITS

HISTORY = f"""
    COPY {Assessment._meta.db_table}
    (profile_id, submission_id, at, as_of, score, lines, programs, categories, next_change_on, parameters) FROM STDIN
"""


FEDERAL = PROGRAM_BITS["CEC"] | PROGRAM_BITS["FSW"] | PROGRAM_BITS["FST"]

Figures = Result | Aged
"""What the pool, the history and the messages ask of a result."""


def is_eligible(result: Figures) -> bool:
    """Whether the candidate meets at least one of the three programs, so belongs in the pool."""
    return bool(result.program_bits & FEDERAL)


def as_sent(candidate: facts.Profile) -> Result:
    """Assess what is sent, on its own day, for ``enter`` or ``reassess``."""
    (result,) = assess_many([candidate], keeping=True)
    return result


def results(
    submissions: Sequence[Submission], on: date, *, book: Book = parameters.BOOK, next_change: bool = True
) -> list[Result]:
    """Assess what was sent as of a later day, with the grace that profiles in the pool have; in their order."""
    sent = [facts.parse(submission.facts) for submission in submissions]
    assessed = assess_many(sent, on, next_change=next_change, keeping=True, book=book)
    return [in_pool(candidate, result, book=book) for candidate, result in zip(sent, assessed, strict=True)]


def by_birthdays(entries: Sequence[PoolEntry], at: datetime) -> dict[int, Aged]:
    """Return the results, by profile, of those for whom nothing but age counts otherwise since their facts were read.

    No facts are read for them, and what is kept of them stays true.
    """
    read_alike = KeptFactors.objects.filter(pk__in=[e.pk for e in entries], version=parameters.VERSION)
    these = list(read_alike.values_list("pk", flat=True))
    on = at.date()
    values = {"at": at, "on": on, "basis": basis(parameters.on(on)), "these": these}
    kept = keeping.read("profile_id = ANY(%(these)s)", values)
    known = kept["known"] != 0
    kept = {name: column[known] for name, column in kept.items()}
    found = zip(kept["profile"].tolist(), aged(kept, on), strict=True)
    return {profile: result for profile, result in found if result is not None}


def grace_on(submission: Submission, on: date) -> Grace | None:
    """Return the grace that a new funds table leaves what was sent, if it is in the pool, on a day; None for none."""
    sent = facts.parse(submission.facts)
    return grace_of(sent, assess(sent, on, next_change=False))


def enter(profile: Profile, submission: Submission, result: Result, *, at: datetime) -> PoolEntry:
    """Give a new profile its pool row, in the pool or not eligible."""
    entry = PoolEntry(
        profile=profile,
        score=result.total,
        submitted_at=profile.submitted_at,
        expires_at=profile.expires_at,
        programs=result.program_bits,
        categories=result.category_bits,
        as_of=result.as_of,
        next_change_on=result.next_change_on,
    )
    moves.begin(entry, "enter" if is_eligible(result) else "refuse", at=at, actor_id=profile.account_id)
    record([submission], [result], at=at)
    return entry


def reassess(
    entries: Sequence[PoolEntry],
    submissions: Sequence[Submission],
    results: Sequence[Figures],
    *,
    at: datetime,
) -> None:
    """Write new results of rows that the caller has locked: history, pool rows, and moves in or out of the pool.

    The three sequences are parallel. A row that is invited or over keeps its state.
    """
    record(submissions, results, at=at)
    _write_rows(entries, results)
    arriving = [e.pk for e, r in zip(entries, results, strict=True) if _arrives(e, r)]
    leaving = [e.pk for e, r in zip(entries, results, strict=True) if _leaves(e, r)]
    moves.move_many(PoolEntry, arriving, "become_eligible", at=at)
    moves.move_many(PoolEntry, leaving, "become_ineligible", at=at)


def refresh(
    entries: Sequence[PoolEntry],
    submissions: Sequence[Submission],
    results: Sequence[Result],
    *,
    at: datetime,
) -> None:
    """Keep anew what is kept of rows that the caller has locked; write as ``reassess`` those that come out different.

    The three sequences are parallel. Of the others only the day of the next change is written, where it is another.
    """
    rows = list(zip(entries, submissions, results, strict=True))
    same = [row for row in rows if _as_before(row[0], row[2])]
    other = [row for row in rows if not _as_before(row[0], row[2])]
    keep([sent for _entry, sent, _result in same], [result for _entry, _sent, result in same])
    later = [(e, r) for e, _sent, r in same if e.next_change_on != r.next_change_on]
    _write_rows([entry for entry, _result in later], [result for _entry, result in later])
    reassess([row[0] for row in other], [row[1] for row in other], [row[2] for row in other], at=at)


def _as_before(entry: PoolEntry, result: Result) -> bool:
    """Whether a result is the one that the pool holds already."""
    held = (entry.score, entry.programs, entry.categories)
    return held == (result.total, result.program_bits, result.category_bits)


def record(submissions: Sequence[Submission], results: Sequence[Figures], *, at: datetime) -> None:
    """Append to the score history, and keep what re-scores each without its facts."""
    keep(submissions, results)
    with connection.cursor() as cursor, cursor.copy(HISTORY) as copy:
        for submission, result in zip(submissions, results, strict=True):
            copy.write_row(_history_row(submission, result, at))


def _history_row(submission: Submission, result: Figures, at: datetime) -> tuple[Any, ...]:
    return (
        submission.profile_id,
        submission.pk,
        at,
        result.as_of,
        result.total,
        f"{{{','.join(map(str, result.lines))}}}",  # what COPY takes for an array
        result.program_bits,
        result.category_bits,
        result.next_change_on,
        parameters.VERSION,
    )


def keep(submissions: Sequence[Submission], results: Sequence[Figures]) -> None:
    """Keep what re-scores each without its facts. The results, parallel, are of ``as_sent`` or ``results``.

    What is kept of those of ``by_birthdays`` is true still.
    """
    read = [(sent, r) for sent, r in zip(submissions, results, strict=True) if not isinstance(r, Aged)]
    held = [result.holding for _sent, result in read if result.holding is not None]
    keeping.keep([sent.profile_id for sent, _result in read], held)


def _arrives(entry: PoolEntry, result: Figures) -> bool:
    return entry.state == ProfileState.INELIGIBLE and is_eligible(result)


def _leaves(entry: PoolEntry, result: Figures) -> bool:
    return entry.state == ProfileState.IN_POOL and not is_eligible(result)


def _write_rows(entries: Sequence[PoolEntry], results: Sequence[Figures]) -> None:
    rows = [
        {
            "id": entry.pk,
            "score": result.total,
            "programs": result.program_bits,
            "categories": result.category_bits,
            "as_of": result.as_of.isoformat(),
            "next_change_on": result.next_change_on.isoformat() if result.next_change_on else None,
        }
        for entry, result in zip(entries, results, strict=True)
    ]
    sql = f"""
        UPDATE {PoolEntry._meta.db_table} AS pool
        SET score = new.score, programs = new.programs, categories = new.categories,
            as_of = new.as_of, next_change_on = new.next_change_on
        FROM json_to_recordset(%s::json) AS new(
            id bigint, score smallint, programs smallint, categories smallint, as_of date, next_change_on date)
        WHERE pool.profile_id = new.id
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows)])
