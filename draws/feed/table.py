"""The rounds as CSV, one row a round, in UTF-8. ``COLUMNS`` is explained in docs/feeds.md.

Days and instants are ISO 8601, instants in UTC; several codes in a cell have a space between them; an empty cell is
not known, or does not apply. No cell starts a formula, by the rule of ``accounts.desk.spreadsheets``.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from accounts.desk import spreadsheets
from draws.charts.bands import BANDS
from draws.feed.public_rounds import ENGLISH, FRENCH, PublicRound

COLUMNS = (
    "number", "held_by", "date", "kind", "name_en", "name_fr", "programs", "invitations", "withdrawn", "crs_cutoff",
    "tie_break_utc", "round_time_utc", "pool_as_of", *(f"pool_{band.low}_{band.high}" for band in BANDS),
    "pool_total", "page_en", "page_fr",
)  # fmt: skip
HOLDERS = {"published": "IRCC", "simulated": "simulator"}
Cell = str | int | None


def document(rounds: Iterable[PublicRound]) -> bytes:
    """Return the whole file, in the order of the rounds given."""
    return "".join(lines(rounds)).encode()


def lines(rounds: Iterable[PublicRound]) -> Iterator[str]:
    """Yield the file line by line, its column names first."""
    yield from spreadsheets.lines([COLUMNS])
    yield from spreadsheets.lines(row(held) for held in rounds)


def row(held: PublicRound) -> list[Cell]:
    """Return one round, its cells as ``COLUMNS``."""
    pool = held.pool
    return [
        held.number,
        HOLDERS[held.origin],
        held.day.isoformat(),
        " ".join(held.kinds),
        held.name(ENGLISH),
        held.name(FRENCH),
        " ".join(held.programs),
        held.invitations,
        held.withdrawn if held.simulated else None,
        held.cutoff,
        _instant(held.tie_break_at),
        _instant(held.ran_at),
        pool.as_of.isoformat() if pool and pool.as_of else None,
        *(pool.counts if pool else [None] * len(BANDS)),
        pool.total if pool else None,
        held.url(ENGLISH),
        held.url(FRENCH),
    ]


def _instant(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None
