"""A replay for other programs: one record a round, a summary, or a way of spreading a pool."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from simulation.replaying.replay import WIDE_BANDS, Replayed
from simulation.replaying.report import TITLES, part_errors, parts
from simulation.replaying.rivals import Compared

COLUMNS = (
    "round", "date", "block", "kind", "category_version", "invitations", "published", "simulated", "error",
    "on_its_eve", "even_spread", "last_again", "invited", "pool", "thinning", "turnover", "tilt", "weight",
    "nominee_top", "nominee_scale",
)  # fmt: skip


def round_record(row: Replayed) -> dict[str, Any]:
    """Return one round: cut-offs in points, ``None`` for what cannot be told; the fitted numbers in use."""
    held, settings = row.held, row.choice.settings if row.choice else None
    nominees = row.choice.nominees if row.choice else None
    of_group = settings if row.shares else None
    values = (
        held.number, held.day.isoformat(), row.block, held.kind, held.version or None, held.invitations,
        held.cutoff, row.cutoff, row.error, row.eve, row.even, row.last,
        row.simulated.invited if row.simulated else None, row.simulated.pool if row.simulated else None,
        settings.thinning if settings and nominees is None else None, of_group.turnover if of_group else None,
        of_group.tilt if of_group else None, of_group.weight if of_group else None,
        nominees.top if nominees else None, nominees.scale if nominees else None,
    )  # fmt: skip
    return dict(zip(COLUMNS, values, strict=True))


def sheet(rows: Sequence[Replayed]) -> str:
    """Return the rounds as CSV with a header row; what cannot be told is an empty cell."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(round_record(row) for row in rows)
    return text.getvalue()


def records(rows: Sequence[Replayed], compared: Sequence[Compared]) -> Iterator[dict[str, Any]]:
    """Yield every record; ``line`` says what it is: round, summary or model."""
    for row in rows:
        shares = {band: round(share, 5) for band, share in zip(WIDE_BANDS, row.shares, strict=False)}
        yield {"line": "round", **round_record(row), "shares": shares}
    for block in TITLES:
        own = [row for row in rows if row.block == block]
        for part, some in parts(own) if own else []:
            for way, found in part_errors(some).items():
                yield {"line": "summary", "block": block, "part": part, "said_by": way, **asdict(found)}
    for one in compared:
        for fitted, side in (("without the round", one.without), ("on its eve", one.before)):
            for part, found in zip(("all", "above 500", "at most 500"), side, strict=True):
                yield {
                    "line": "model",
                    "name": one.rival.name,
                    "fitted": fitted,
                    "part": part,
                    **asdict(found),
                }
