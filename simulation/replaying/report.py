"""What a replay says to people: for each block what was assumed, the rounds one by one, and the errors."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from simulation.replaying.assumptions import assumed
from simulation.replaying.replay import WIDE_BANDS, Replayed
from simulation.replaying.rivals import CHOSEN, Compared, split_errors
from simulation.replaying.summary import Errors
from simulation.replaying.tables import Cell, Table

TITLES: Final = {
    "general": "Rounds open to all programs",
    "pnp": "Rounds for nominees",
    "cec": "Rounds for the Canadian Experience Class",
    "french": "Rounds for French speakers",
    "other": "Rounds for the other categories and programs",
}
WAYS: Final[dict[str, Callable[[Replayed], int | None]]] = {
    "simulated": lambda row: row.cutoff,
    "on its eve": lambda row: row.eve,
    "even spread": lambda row: row.even,
    "the last again": lambda row: row.last,
}
ROUND_HEADS: Final = (
    "round",
    "day",
    "kind",
    "invited",
    "published",
    "simulated",
    "error",
    "on its eve",
    "even",
    "last",
)
COLUMNS: Final = (
    "simulated: on a pool like the published one, what is fitted being fitted without this round",
    "on its eve: the same from earlier rounds alone",
    "even: every band spread evenly over its scores",
    "last: the cut-off of the last such round again",
)


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the report."""

    title: str
    assumed: list[str]
    shares: Table | None
    rounds: Table
    summary: Table


def blocks(rows: Sequence[Replayed]) -> Iterator[Block]:
    """Yield the report's blocks for those that ``rows`` have rounds of."""
    for name, title in TITLES.items():
        own = [row for row in rows if row.block == name]
        if own:
            shares = _shares(own) if name not in ("general", "pnp") else None
            yield Block(title, assumed(name, own), shares, _rounds(own), summary(own))


def summary(rows: Sequence[Replayed]) -> Table:
    """Return the errors of a block: of each way, split at 500 or by kind where that says more than the whole."""
    heads = ("rounds", "said by", "told", "median error", "mean error", "largest")
    return Table(heads, [line for part, own in parts(rows) for line in _summary_lines(part, own)])


def parts(rows: Sequence[Replayed]) -> list[tuple[str, list[Replayed]]]:
    """Return a block's rounds whole and in parts, each part with its name."""
    whole = [("all", list(rows))]
    if rows[0].block == "general":
        above = [row for row in rows if row.held.cutoff > 500]
        below = [row for row in rows if row.held.cutoff <= 500]
        return [*whole, ("cut-off above 500", above), ("cut-off at most 500", below)]
    kinds = list(dict.fromkeys(row.held.kind for row in rows))
    by_kind = [(kind, [row for row in rows if row.held.kind == kind]) for kind in kinds]
    return [*whole, *(by_kind if len(kinds) > 1 else [])]


def part_errors(rows: Sequence[Replayed]) -> dict[str, Errors]:
    """Return the errors of each way over some rounds."""
    return {
        way: split_errors([say(row) for row in rows], [row.held for row in rows])[0]
        for way, say in WAYS.items()
    }


def models(compared: Sequence[Compared]) -> Table:
    """Return the comparison of the ways for rounds open to all programs: median and mean errors."""
    heads = (
        "way",
        "what it does",
        "all",
        "above 500",
        "at most 500",
        "mean",
        "eve: all",
        "eve: above 500",
        "eve: at most 500",
        "eve: mean",
    )
    rows: list[tuple[Cell, ...]] = []
    for one in compared:
        name = f"{one.rival.name} (chosen)" if one.rival.name == CHOSEN else one.rival.name
        figures = [[*(part.median for part in side), side[0].mean] for side in (one.without, one.before)]
        rows.append((name, one.rival.meaning, *figures[0], *figures[1]))
    return Table(heads, rows)


def _rounds(rows: Sequence[Replayed]) -> Table:
    return Table(ROUND_HEADS, [_round(row) for row in rows])


def _round(row: Replayed) -> tuple[Cell, ...]:
    held = row.held
    error = None if row.error is None else f"{row.error:+d}"
    return (
        f"#{held.number}",
        held.day.isoformat(),
        held.kind,
        held.invitations,
        held.cutoff,
        row.cutoff,
        error,
        row.eve,
        row.even,
        row.last,
    )


def _summary_lines(part: str, rows: Sequence[Replayed]) -> Iterator[tuple[Cell, ...]]:
    told = {way: found for way, found in part_errors(rows).items() if found.rounds}
    for way, found in told.items():
        yield f"{part} ({len(rows)})", way, found.rounds, found.median, found.mean, found.largest


def _shares(rows: Sequence[Replayed]) -> Table:
    """Return by kind which percentage of the simulated pool's bands was in it: the median over its rounds.

    Bands that no round of the kind reached are left out: nothing published tells of them.
    """
    heads = ("% of the band", *WIDE_BANDS)
    kinds = dict.fromkeys(row.held.kind for row in rows if row.shares)
    return Table(heads, [(kind, *_reached([row for row in rows if row.held.kind == kind])) for kind in kinds])


def _reached(rows: Sequence[Replayed]) -> Iterator[float | None]:
    lowest = min(row.held.cutoff for row in rows)
    for place, band in enumerate(WIDE_BANDS):
        share = median(row.shares[place] for row in rows if row.shares)
        yield round(share * 100, 1) if lowest <= int(band.split("-")[1]) else None
