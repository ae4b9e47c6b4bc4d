"""The whole database judged at one instant."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from draws.models import Round
from draws.proving.proofs import verify as verify_round
from eeportal.verifying import further, structure
from eeportal.verifying.content import Content, content
from eeportal.verifying.promises import Promise, promises
from eeportal.verifying.structure import Fault

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found, and what the database holds. ``tested`` counts the promises that were looked at."""

    content: Content
    faults: list[Fault]
    tested: int

    @property
    def holds(self) -> bool:
        return not self.faults


def judge(*, rounds: bool = False) -> Verdict:
    """Return whether everything holds, seen at one instant however busy the portal is. Changes nothing.

    ``rounds``: every round that ran is rebuilt from the history and selected anew as well, which takes seconds each.
    """
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone:
            _see_one_instant()
        held = content()
        every = promises()
        found = [*structure.faults(), *further.faults()]
        found += [fault for promise in every for fault in _broken(promise)]
        found += _rounds_that_do_not_hold() if rounds else []
    return Verdict(held, found, len(every))


def _see_one_instant() -> None:
    """Within a caller's transaction it is too late for that, and the caller sees to it."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _broken(promise: Promise) -> Iterator[Fault]:
    """Yield the first few rows that break a promise, the first of them with how many there are."""
    sql = f"SELECT count(*) OVER (), found.* FROM ({promise.sql}) AS found LIMIT {EXAMPLES}"
    with connection.cursor() as cursor:
        cursor.execute(sql, None)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    for place, (count, *cells) in enumerate(rows):
        yield Fault(promise.name, promise.said.format(*cells), count if place == 0 else 0)
    if rows and rows[0][0] > EXAMPLES:
        yield Fault(promise.name, f"… and {rows[0][0] - EXAMPLES:,} more like these.", 0)


def _rounds_that_do_not_hold() -> Iterator[Fault]:
    traced = Round.objects.filter(ran_at__isnull=False, log_to__isnull=False).order_by("number")
    for held in traced:
        doubts = verify_round(held).doubts
        if doubts:
            said = f"Round {held.number} does not hold: run verify_round {held.number}."
            yield Fault("round", said, len(doubts))
