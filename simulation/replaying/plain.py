"""The baselines: every band spread evenly, and the cut-off of the last round of the kind again."""

from collections.abc import Sequence
from statistics import median

from draws.public.history import Distribution, PublishedRound
from simulation.replaying.nominees import MOST
from simulation.replaying.shapes import (
    EVEN,
    HIGHEST,
    SCORES,
    Array,
    counts_of,
    lowest_invited,
    nominees_of,
    spread,
)

Rounds = Sequence[PublishedRound]


def last_cutoffs(rounds: Rounds, targets: Rounds) -> list[int | None]:
    """Return for each of ``targets`` the cut-off of the round of its kind before it; ``None`` for the first."""
    last: dict[str, int] = {}
    found: dict[str, int | None] = {}
    for held in rounds:
        found[held.number] = last.get(held.kind)
        last[held.kind] = held.cutoff
    return [found[held.number] for held in targets]


def even_cutoffs(targets: Rounds) -> list[int | None]:
    """Return the cut-off of each round if every band were spread evenly.

    A program or category is taken to be the same share of every band: the median of the shares that the other
    rounds of its kind show in the same way; ``None`` if there are none.
    """
    shares = {
        held.number: _share_shown(held) for held in targets if held.round_type not in ("general", "pnp")
    }
    kinds = {held.number: held.kind for held in targets}
    found: list[int | None] = []
    for held in targets:
        others = [shares[number] for number in shares if kinds[number] == held.kind and number != held.number]
        found.append(_even_cutoff(held, others))
    return found


def picture_of(held: PublishedRound) -> Distribution:
    """Return the pool as published with the round. Raises ``ValueError`` if there is none."""
    if held.distribution is None:
        raise ValueError(f"round {held.number} has no distribution to be replayed on")
    return held.distribution


def cutoff_at_once(held: PublishedRound, shape: Array) -> int:
    """Return the cut-off of a round open to all programs on its own picture, with nothing carried over."""
    picture = picture_of(held)
    pool = spread(counts_of(picture), shape)
    return lowest_invited(pool, held.invitations - nominees_of(picture))


def _even_cutoff(held: PublishedRound, shares: Sequence[float]) -> int | None:
    if held.round_type == "general":
        return cutoff_at_once(held, EVEN)
    if held.round_type == "pnp":
        reached = min(1.0, held.invitations / nominees_of(picture_of(held)))
        return max(HIGHEST + 1, round(MOST - reached * (MOST - HIGHEST)))
    return lowest_invited(_evenly(held) * median(shares), held.invitations) if shares else None


def _evenly(held: PublishedRound) -> Array:
    return spread(counts_of(picture_of(held)), EVEN)


def _share_shown(held: PublishedRound) -> float:
    """Return what share of the evenly spread candidates at or above the cut-off was invited."""
    return held.invitations / max(1.0, float(_evenly(held)[held.cutoff <= SCORES].sum()))
