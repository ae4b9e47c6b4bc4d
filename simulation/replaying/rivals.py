"""The ways of spreading a pool that are compared for rounds open to all programs, from the plainest on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Final

from draws.public.history import Distribution, PublishedRound
from simulation.replaying.fitting import (
    GROWTHS,
    THINNINGS,
    TURNOVERS,
    Trial,
    choose_before,
    choose_without,
    pool_settings,
    remembering_nothing,
    tell,
    trial,
)
from simulation.replaying.ledger import Settings
from simulation.replaying.plain import cutoff_at_once, last_cutoffs, picture_of
from simulation.replaying.shapes import EVEN, LAST_NARROW_SCORE, Array, smooth_shape, thinned
from simulation.replaying.summary import Errors, errors

Rounds = Sequence[PublishedRound]


@dataclass(frozen=True, slots=True)
class Rival:
    """One way of saying a cut-off: its name, what it does in words, and what its settings say of each round."""

    name: str
    meaning: str
    trial: Callable[[Rounds, Rounds], Trial]


def ledger_trial(chain: Rounds, targets: Rounds, settings: Sequence[Settings]) -> Trial:
    """Return what the ledger says of rounds open to all programs, setting by setting."""
    return trial(targets, [tell(tried, chain=chain, targets=targets) for tried in settings])


def stock(chain: Rounds, targets: Rounds) -> Trial:
    """Return the trial of the way that the replay goes: what earlier rounds left, and newcomers."""
    return ledger_trial(chain, targets, pool_settings())


def _even(_chain: Rounds, targets: Rounds) -> Trial:
    return remembering_nothing(targets, [[cutoff_at_once(held, EVEN) for held in targets]])


def _last(chain: Rounds, targets: Rounds) -> Trial:
    return remembering_nothing(targets, [[last or 0 for last in last_cutoffs(chain, targets)]])


def _thinned(_chain: Rounds, targets: Rounds) -> Trial:
    return _by_thinning(targets, lambda _distribution, thinning: thinned(thinning))


def _smooth(_chain: Rounds, targets: Rounds) -> Trial:
    return _by_thinning(targets, smooth_shape)


def _turned_over(chain: Rounds, targets: Rounds) -> Trial:
    return ledger_trial(chain, targets, pool_settings(turnovers=TURNOVERS))


def _grown(chain: Rounds, targets: Rounds) -> Trial:
    return ledger_trial(chain, targets, pool_settings(growths=GROWTHS))


def _by_thinning(targets: Rounds, shape: Callable[[Distribution, float], Array]) -> Trial:
    return remembering_nothing(
        targets,
        [
            [cutoff_at_once(held, shape(picture_of(held), thinning)) for held in targets]
            for thinning in THINNINGS
        ],
    )


CHOSEN: Final = "stock"
RIVALS: Final = (
    Rival("even", "every band spread evenly over its scores", _even),
    Rival("last", "the cut-off of the last such round again", _last),
    Rival("thinned", "as even, thinning out exponentially above 500 at one fitted rate", _thinned),
    Rival("smooth", "as thinned, with a smooth line through the bands up to 500", _smooth),
    Rival(CHOSEN, "what earlier rounds left, and newcomers thinning out at one fitted rate", stock),
    Rival("turnover", "as stock, and a fitted share of the pool replaced each day", _turned_over),
    Rival("growth", "as stock, and fitted growth from the picture to the round", _grown),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """How near one way comes, its numbers being fitted without each round, and from earlier rounds only.

    Each is the errors of all rounds, of those with a cut-off above 500, and of the others.
    """

    rival: Rival
    without: tuple[Errors, ...]
    before: tuple[Errors, ...]


def compare(rounds: Rounds, targets: Rounds) -> list[Compared]:
    """Compare the ways on ``targets``; ``rounds`` are the published ones from the first distribution on."""
    compared = []
    for rival in RIVALS:
        tried = rival.trial(rounds, targets)
        without, before = _said(tried, choose_without(tried)), _said(tried, choose_before(tried))
        compared.append(Compared(rival, split_errors(without, targets), split_errors(before, targets)))
    return compared


def split_errors(said: Sequence[int | None], targets: Rounds) -> tuple[Errors, ...]:
    """Return the errors of all rounds, of those with a published cut-off above 500, and of the others."""
    real = [held.cutoff for held in targets]
    high = [cutoff > LAST_NARROW_SCORE for cutoff in real]
    low = [not above for above in high]
    return (
        errors(said, real),
        *(errors(list(compress(said, part)), list(compress(real, part))) for part in (high, low)),
    )


def _said(tried: Trial, chosen: Sequence[int]) -> list[int | None]:
    return [int(tried.known[setting, place]) for place, setting in enumerate(chosen)]
