"""Everything that one candidate could change of the facts by one step, whether or not it gains anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.conceivable import family, papers, sittings, study, work
from rules.conceivable.ladders import AsItStands, Ladder

__all__ = ["AsItStands", "Ladder", "every_ladder"]


def every_ladder(now: AsItStands, partner_birth_date: date | None) -> Iterator[Ladder]:
    """Every ladder of steps; applying in each other's place only where the partner's birth date is known."""
    yield from sittings.ladders(now)
    yield from study.ladders(now)
    yield from work.ladders(now)
    yield from papers.ladders(now)
    yield from family.ladders(now, partner_birth_date)
