"""A new table of settlement funds, for a profile that is in the pool already: it counts from its update deadline on.

Until the last day for updating, a program that the profile met under the table before stays met if funds are the
only thing that fails (rule 24 of the profile JSON). What is sent from the new table's first day on gets no grace.
Source: `parameters/funds.yaml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from rules.assessment import Assessment, assess
from rules.deadlines import funds_update_deadline
from rules.happenings import Cause
from rules.outlook import walk
from rules.parameters import BOOK, Book
from rules.programs import PROGRAM_BITS, Verdict, funds_needed, limits
from rules.records import Profile

ONLY_FUNDS: Final = ("funds_insufficient",)
NEXT_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Grace:
    """What the new table asks and the profile has in CAD, the last day for updating, the programs kept till then."""

    first_day: date
    last_day: date
    needed: int
    has: float
    programs: tuple[str, ...]

    @property
    def over_on(self) -> date:
        """The first day on which the new table counts."""
        return self.last_day + NEXT_DAY


@dataclass(frozen=True, slots=True)
class PoolChange:
    """A day on which the result of a profile in the pool changes by time alone, and why."""

    on: date
    before: Assessment
    after: Assessment
    causes: tuple[Cause, ...]


def grace_of(profile: Profile, result: Assessment, *, book: Book = BOOK) -> Grace | None:
    """The grace that a profile in the pool has on the day of `result`; None when it has none.

    `profile.as_of` is the day on which it was sent; `result` is its assessment without grace.
    """
    on = result.as_of
    table = book.on(on)["funds.table"]
    last_day = funds_update_deadline(book.on(on))
    if last_day is None or not profile.as_of < table.first_day <= on <= last_day:
        return None
    failing = [name for name, verdict in result.programs.items() if verdict.reasons == ONLY_FUNDS]
    if not failing:
        return None
    eve = assess(profile, table.first_day - NEXT_DAY, next_change=False, book=book)
    kept = tuple(name for name in failing if eve.programs[name].eligible)
    needed = funds_needed(profile.family_size, limits(book.on(on)))
    return Grace(table.first_day, last_day, needed, profile.settlement_funds_cad, kept) if kept else None


def in_pool(profile: Profile, result: Assessment, *, book: Book = BOOK) -> Assessment:
    """The assessment of a profile in the pool: `result`, with the programs that its grace keeps.

    Its `next_change_on` is then no later than the day after the update deadline.
    """
    grace = grace_of(profile, result, book=book)
    if grace is None:
        return result
    kept = {name: _met(result.programs[name]) for name in grace.programs}
    following = result.next_change_on
    return replace(
        result,
        programs={**result.programs, **kept},
        program_bits=result.program_bits | sum(PROGRAM_BITS[name] for name in kept),
        next_change_on=min(following, grace.over_on) if following else grace.over_on,
    )


def walk_in_pool(profile: Profile, on: date, until: date, *, book: Book = BOOK) -> Iterator[PoolChange]:
    """Every later day up to `until` on which the result of a profile in the pool changes, in order, with its causes."""
    causes = {change.on: change.causes for change in walk(profile, on, until, book=book)}
    now = in_pool(profile, assess(profile, on, book=book), book=book)
    while now.next_change_on is not None and now.next_change_on <= until:
        day = now.next_change_on
        after = in_pool(profile, assess(profile, day, book=book), book=book)
        if _figures(after) != _figures(now):
            yield PoolChange(day, now, after, causes.get(day, ()) or (Cause("funds_deadline", {}),))
        now = after


def _figures(result: Assessment) -> tuple[object, ...]:
    return result.lines, result.sections, result.programs, result.categories


def _met(verdict: Verdict) -> Verdict:
    return verdict._replace(eligible=True, reasons=())
