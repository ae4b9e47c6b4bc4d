"""Scoring the whole pool anew when the rules have changed: from what is kept, writing only what came out different.

Points and programs of a chunk of the pool are worked out by columns from ``pool_factors``; the profile JSON is read
only of those of whom nothing is kept that still holds, or whom a new table of settlement funds may give a grace. Who
came out different is locked, looked at once more, and written: the append-only history, the pool row, the moves in or
out of the pool, a message. Any instant's round waits for a chunk at most.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.db import transaction

from lifecycle.tables import AGEING_PROFILE
from profiles import assessing, keeping, pool_lock, rescored
from profiles.ageing import latest_of, refresh
from profiles.models import PoolEntry
from profiles.rescored import Changes
from rules.kept import basis
from rules.parameters import BOOK, Book
from rules.rescoring import rescore as by_columns

CHUNK, FEW = 50_000, 1_000
"""So many rows are looked at in one transaction, and so many are read from their facts at once."""

NEXT, THESE = "profile_id > %(after)s AND profile_id <= %(last)s", "profile_id = ANY(%(these)s)"
END = 2**63 - 1


@dataclass(slots=True)
class Summary:
    """What a rescoring did, or would do.

    looked_at: rows of the pool; from_facts: of them, those whose profile JSON was read; changed: with other points,
    programs or categories; arriving and leaving the pool; points: difference in points -> how many, without 0.
    """

    looked_at: int = 0
    from_facts: int = 0
    changed: int = 0
    arriving: int = 0
    leaving: int = 0
    points: Counter[int] = field(default_factory=Counter)

    def add(self, changes: Changes) -> None:
        """Count what was found."""
        self.changed += len(changes)
        self.arriving += int(changes.arriving.sum())
        self.leaving += int(changes.leaving.sum())
        differences, counts = np.unique(changes.points, return_counts=True)
        self.points.update(dict(zip(differences.tolist(), counts.tolist(), strict=True)))
        del self.points[0]


def rescore(
    *,
    at: datetime,
    dry_run: bool = False,
    book: Book = BOOK,
    on_progress: Callable[[int], object] = lambda _more: None,
) -> Summary:
    """Give every row of the pool, eligible or not, the result that the rules of ``at`` give it; return what changed.

    Another ``book`` than the portal's own is for asking what it would do: ``ValueError`` unless it is a dry run.
    ``on_progress`` is told how many more rows were looked at. May run at any time, also twice, also while candidates
    send and rounds run; what is interrupted keeps what was done and is done again by the next.
    """
    if book is not BOOK and not dry_run:
        raise ValueError("Only the portal's own rules are written; ask about others with dry_run.")
    summary, after = Summary(), 0
    while after < END:
        chunk = Chunk(at, book, after)
        with transaction.atomic():
            if not dry_run:
                pool_lock.share()
            chunk.look(summary, dry_run=dry_run)
        after = chunk.last
        on_progress(chunk.rows)
    return summary


def _last_after(after: int) -> int:
    """The key that ends the chunk after another one: tables are searched between keys, not sorted to a limit."""
    keys = PoolEntry.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
    return next(iter(keys[CHUNK - 1 : CHUNK]), END)


class Chunk:
    """The rows of the pool after one of them, as they are when it is made."""

    def __init__(self, at: datetime, book: Book, after: int) -> None:
        self.at, self.on, self.book = at, at.date(), book
        self.rules = book.on(self.on)
        self.values = {"at": at, "on": self.on, "basis": basis(self.rules)}
        self.last = _last_after(after)
        self.columns = keeping.read(NEXT, {**self.values, "after": after, "last": self.last})
        self.rows = len(self.columns["profile"])

    def look(self, summary: Summary, *, dry_run: bool) -> None:
        """Find what changes, write it unless told not to, and count it."""
        changes, unsure = self.compare(self.columns)
        if not dry_run and len(changes):
            rescored.lock(changes.profiles)
            again = keeping.read(THESE, {**self.values, "these": changes.profiles.tolist()})
            changes, more = self.compare(again)
            unsure = [*unsure, *more]
            rescored.write(changes, at=self.at)
        summary.looked_at += self.rows
        summary.add(changes)
        for start in range(0, len(unsure), FEW):
            few = unsure[start : start + FEW]
            summary.from_facts += len(few)
            summary.add(self._from_facts(few, dry_run=dry_run))

    def compare(self, columns: keeping.Columns) -> tuple[Changes, list[int]]:
        """Return what comes out different by columns, and the profiles whose facts must be read."""
        found = by_columns(columns, self.on, self.rules)
        sure = (columns["known"] != 0) & ~found.unsure
        after = np.stack([found.points.total, found.programs, columns["categories"]])
        before = np.stack([columns["score"], columns["programs"], columns["pool_categories"]])
        chosen = sure & (after != before).any(axis=0)
        changes = Changes(
            profiles=columns["profile"][chosen],
            before=before[:, chosen],
            after=after[:, chosen],
            lines=found.points.lines[:, chosen].astype(np.int64),
            was_in_pool=columns["in_pool"][chosen] != 0,
            until=columns["until"][chosen],
        )
        return changes, columns["profile"][~sure].tolist()

    def _from_facts(self, profiles: Sequence[int], *, dry_run: bool) -> Changes:
        """Assess a few from their facts, and keep what is to be kept of them; return what came out different."""
        rows = PoolEntry.objects.filter(pk__in=profiles, state__in=AGEING_PROFILE).order_by("pk")
        entries = list(rows if dry_run else rows.select_for_update(of=("self",)))
        submissions = latest_of(entries)
        sent = {submission.profile_id for submission in submissions}
        known = [entry for entry in entries if entry.pk in sent]
        results = assessing.results(submissions, self.on, book=self.book, next_change=not dry_run)
        changes = rescored.from_results(known, results)
        if not dry_run:
            refresh(known, submissions, results, at=self.at)
        return changes
