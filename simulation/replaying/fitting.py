"""Choosing numbers for a round without looking at that round.

A trial holds what each candidate setting says of each round. Two ways of choosing read it:

- ``without``: for each round, the setting with the least mean absolute error over the other rounds. The published
  cut-off of the round itself is read nowhere: where later rounds' pools depend on it, the ledger takes out those
  whom it would itself have invited.
- ``before``: the same over earlier rounds only, as somebody would have done on the eve of the round.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from draws.public.history import PublishedRound
from simulation.replaying.ledger import Ledger, Settings
from simulation.replaying.shapes import Array

THINNINGS: Final = (0.045, 0.05, 0.055, 0.06, 0.065, 0.07, 0.075, 0.08, 0.09, 0.1)
TURNOVERS: Final = (0.0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04)
GROWTHS: Final = (0.0, 0.01, 0.02, 0.04)
GROUP_TURNOVERS: Final = (0.005, 0.01, 0.02, 0.03)
TILTS: Final = (-2.0, -1.5, -1.0, -0.5, 0.0)
WEIGHTS: Final = (0.3, 0.7)
# With fewer rounds to learn from, a fit follows their accidents.
ENOUGH: Final = 4
Matrix = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Trial:
    """What each setting says of each round; NaN where it cannot tell.

    ``known[s, n]``: cut-off of round n by setting s, knowing the rounds before. ``unknown[s, r, n]``: the same where
    round r's own cut-off is not known. ``real[n]``: the published cut-off.
    """

    rounds: tuple[PublishedRound, ...]
    known: Array
    unknown: Array
    real: Array


@dataclass(frozen=True, slots=True)
class Telling:
    """What one setting says: a row of each array of a ``Trial``, and the groups' shares for their first rounds.

    ``levels``: for a round that is the first of its kind, the share that the later ones show.
    """

    known: Array
    unknown: Array
    levels: dict[str, float]


def pool_settings(
    *, turnovers: Sequence[float] = (0.0,), growths: Sequence[float] = (0.0,)
) -> list[Settings]:
    """Return the settings to try for rounds that are open to all programs."""
    return [Settings(*numbers) for numbers in product(THINNINGS, turnovers, growths)]


def group_settings(thinning: float) -> list[Settings]:
    """Return the settings to try for rounds for one program or category."""
    return [
        Settings(thinning, turnover, tilt=tilt, weight=weight)
        for turnover, tilt, weight in product(GROUP_TURNOVERS, TILTS, WEIGHTS)
    ]


def trial(rounds: Sequence[PublishedRound], tellings: Sequence[Telling]) -> Trial:
    """Put together what the settings say of ``rounds``."""
    return Trial(
        rounds=tuple(rounds),
        known=np.array([telling.known for telling in tellings]),
        unknown=np.array([telling.unknown for telling in tellings]),
        real=np.array([held.cutoff for held in rounds], dtype=np.float64),
    )


def remembering_nothing(rounds: Sequence[PublishedRound], cutoffs: Sequence[Sequence[int]]) -> Trial:
    """Return the trial of a way that reads each round's own picture only: ``cutoffs`` by setting and round."""
    known = np.array(cutoffs, dtype=np.float64)
    real = np.array([held.cutoff for held in rounds], dtype=np.float64)
    return Trial(tuple(rounds), known, np.repeat(known[:, None, :], len(rounds), axis=1), real)


def choose_without(tried: Trial, others: Matrix | None = None) -> list[int]:
    """Return for each round the setting that does best on the other rounds.

    ``others[r, n]`` tells whether round n may teach about round r; all but r itself, unless told.
    """
    count = len(tried.rounds)
    teaching = ~np.eye(count, dtype=bool) if others is None else others & ~np.eye(count, dtype=bool)
    errors = np.where(teaching, np.abs(tried.unknown - tried.real), np.nan)
    return [_least(errors[:, row, :]) for row in range(count)]


def choose_before(tried: Trial, others: Matrix | None = None) -> list[int]:
    """Return for each round the setting that does best on earlier rounds; the middle one if they are too few."""
    count = len(tried.rounds)
    earlier = np.tri(count, k=-1, dtype=bool)
    teaching = earlier if others is None else others & earlier
    errors = np.abs(tried.known - tried.real)
    return [_least(np.where(teaching[row], errors, np.nan)) for row in range(count)]


def choose(tried: Trial) -> int:
    """Return the setting that does best on all rounds: for rounds that are not among them."""
    return _least(np.abs(tried.known - tried.real))


def _least(errors: Array) -> int:
    """Return the setting with the least mean error; among equals, and with too few errors, the middlemost."""
    middle = len(errors) // 2
    usable = ~np.isnan(errors).any(axis=0)
    if usable.sum() < ENOUGH:
        return middle
    means = errors[:, usable].mean(axis=1)
    best = np.flatnonzero(np.isclose(means, means.min()))
    return int(best[np.argmin(np.abs(best - middle))])


def tell(
    settings: Settings,
    *,
    chain: Sequence[PublishedRound],
    targets: Sequence[PublishedRound],
    groups: tuple[str, ...] = (),
    leave_out: bool = True,
) -> Telling:
    """Return what the ledger with ``settings`` says of each of ``targets``, which are all in ``chain``.

    The first round of ``chain`` must have a distribution. Without ``leave_out`` nothing is said of rounds after one
    that is not known.
    """
    index = {held.number: place for place, held in enumerate(targets)}
    known = np.full(len(targets), np.nan)
    unknown = np.full((len(targets), len(targets)), np.nan)
    levels: dict[str, float] = {}
    ledger = start(chain, settings, groups)
    for place, held in enumerate(chain):
        ledger.look(held)
        if held.number in index:
            row = index[held.number]
            if ledger.can_tell(held):
                known[row] = ledger.cutoff(held)
            unknown[row, :row] = known[:row]
            shown = _go_on_without(chain[place:], ledger.copy(), index, unknown[row]) if leave_out else []
            if shown and not ledger.can_tell(held):
                levels[held.number] = float(np.median(shown))
        ledger.take(held)
    return Telling(known, unknown, levels)


def start(chain: Sequence[PublishedRound], settings: Settings, groups: tuple[str, ...]) -> Ledger:
    """Return the ledger as just before the first round of ``chain``. Raises ``ValueError`` without a picture."""
    first = chain[0].distribution
    if first is None:
        raise ValueError(f"round {chain[0].number} has no distribution to start from")
    return Ledger(settings, first, groups)


def _go_on_without(
    rest: Sequence[PublishedRound], ledger: Ledger, index: dict[str, int], row: Array
) -> list[float]:
    """Carry on as if the first of ``rest`` were not known; return the shares that later rounds of its kind show."""
    left_out = rest[0]
    ledger.take(left_out, cutoff=ledger.cutoff(left_out))
    shown = []
    for held in rest[1:]:
        ledger.look(held)
        if held.number in index and ledger.can_tell(held):
            row[index[held.number]] = ledger.cutoff(held)
        if held.kind == left_out.kind and held.kind in ledger.groups:
            level = ledger.levels[ledger.groups.index(held.kind), 0]
            shown.append(min(1.0, level * ledger.correction(held)))
        ledger.take(held)
    return shown
