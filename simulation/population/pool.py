"""A whole pool: for each index a candidate who scores what the published distribution asks of that index.

A candidate depends on the recipe and the index only, never on chunks or processes. Whatever the plan promised,
the rules decide: who scores something else, or is not eligible today or was not when submitting, is drawn again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from simulation.population import bands
from simulation.population.bank import Bank, build
from simulation.population.calendar import Today
from simulation.population.candidates import propose
from simulation.population.histories import Candidate, begin, live

ATTEMPTS = 80
# After that many attempts at a score, its neighbours in the band will do as well, one point more each time.
EXACT_ATTEMPTS = 6


class PoolOutOfReachError(RuntimeError):
    """No candidate could be made for a score; the message says which."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a pool is made from: the same recipe gives the same pool, wherever and however it is made."""

    seed: int
    as_of: date
    size: int
    like: str = "447"


@dataclass(slots=True)
class _Place:
    """A place in the pool that waits for its candidate."""

    index: int
    target: int
    stream: Random


def make(recipe: Recipe, indexes: Sequence[int]) -> list[Candidate]:
    """Return the candidates of some indexes, in their order. Raises ``PoolOutOfReachError``."""
    wanted = _targets(recipe)
    waiting = [_Place(index, wanted[index], Random(f"{recipe.seed}:{index}")) for index in indexes]
    made: dict[int, Candidate] = {}
    for attempt in range(ATTEMPTS):
        slack = max(0, attempt - EXACT_ATTEMPTS)
        made.update((found.index, found) for found in _try(recipe, waiting, slack))
        waiting = [place for place in waiting if place.index not in made]
        if not waiting:
            return [made[index] for index in indexes]
    scores = sorted({place.target for place in waiting})
    raise PoolOutOfReachError(f"No candidate could be made for the scores {scores} in {ATTEMPTS} attempts.")


@cache
def _targets(recipe: Recipe) -> list[int]:
    scores: list[int] = bands.targets(bands.published(recipe.like), recipe.size, recipe.seed).tolist()
    return scores


@cache
def _bank(seed: int, day: date) -> Bank:
    return build(seed, day)


def _try(recipe: Recipe, waiting: Sequence[_Place], slack: int) -> list[Candidate]:
    """Make one proposal for each waiting place and return those that fit."""
    bank, today = _bank(recipe.seed, recipe.as_of), Today(recipe.as_of)
    proposals = [
        (place, proposal)
        for place in waiting
        if (
            proposal := propose(
                bank.pick(place.target, slack, place.stream), place.target, today, place.stream
            )
        )
    ]
    histories = [begin(place.index, proposal, place.stream) for place, proposal in proposals]
    wanted = {place.index: place.target for place, _proposal in proposals}
    lived = live(histories, recipe.as_of)
    return [found for found in lived if _fits(found.scored.score, wanted[found.index], slack)]


def _fits(score: int, target: int, slack: int) -> bool:
    return score == target or (abs(score - target) <= slack and bands.band_of(score) == bands.band_of(target))
