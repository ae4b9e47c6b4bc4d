"""For each round to be replayed: the numbers chosen without it, and the cut-off that could be said on its eve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np

from draws.public.history import PublishedRound
from simulation.replaying import nominees, rivals
from simulation.replaying.fitting import (
    ENOUGH,
    Matrix,
    Trial,
    choose,
    choose_before,
    choose_without,
    group_settings,
    pool_settings,
    start,
    tell,
    trial,
)
from simulation.replaying.ledger import Settings, walk
from simulation.replaying.nominees import Nominees
from simulation.replaying.side_by_side import side_by_side

Rounds = Sequence[PublishedRound]
# The plain setting under which the nominees left in the pool are counted; their number does not hang on it.
COUNTING: Final = Settings(thinning=0.07)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a round is replayed with: ``settings`` were chosen without it, ``eve`` is the cut-off of its eve.

    ``level``: the group's share, for the first round of its kind, as the later ones show it. ``nominees``: for rounds
    for nominees, how their scores lie and how many were ``counted``. ``eve`` is ``None`` where nothing earlier tells.
    """

    held: PublishedRound
    settings: Settings
    eve: int | None
    level: float | None = None
    nominees: Nominees | None = None
    counted: float = 0.0


def with_pictures(rounds: Rounds) -> Rounds:
    """Return ``rounds`` from the first one on that has a published distribution."""
    return rounds[next(place for place, held in enumerate(rounds) if held.distribution is not None) :]


def targets_of(rounds: Rounds, *round_types: str) -> list[PublishedRound]:
    """Return the rounds of some types that have a published distribution."""
    return [held for held in rounds if held.distribution is not None and held.round_type in round_types]


def groups_of(rounds: Rounds) -> tuple[str, ...]:
    """Return the programs and categories that rounds were for, in the order of their first round."""
    return tuple(dict.fromkeys(held.kind for held in rounds if held.round_type in ("program", "category")))


class Choices:
    """All choices over ``rounds``, which are the published ones in their order. ``processes`` share the fitting."""

    def __init__(self, rounds: Rounds, *, processes: int) -> None:
        self.chain = with_pictures(rounds)
        self.processes = processes
        self.groups = groups_of(self.chain)
        self.open_rounds = targets_of(self.chain, "general")
        self.pool_settings = pool_settings()
        self.pool_trial = rivals.stock(self.chain, self.open_rounds)

    def for_all_programs(self) -> Iterator[Choice]:
        """Yield the choices for rounds open to all programs."""
        chosen = zip(choose_without(self.pool_trial), choose_before(self.pool_trial), strict=True)
        for place, (without, before) in enumerate(chosen):
            eve = int(self.pool_trial.known[before, place])
            yield Choice(self.open_rounds[place], self.pool_settings[without], eve)

    def thinning(self) -> float:
        """Return the thinning that does best on all rounds open to all programs: for rounds of other types."""
        return self.pool_settings[choose(self.pool_trial)].thinning

    def thinning_before(self, held: PublishedRound) -> float:
        """Return the same from the rounds before ``held`` only."""
        count = sum(earlier.day < held.day for earlier in self.open_rounds)
        known, real = self.pool_trial.known[:, :count], self.pool_trial.real[:count]
        seen = Trial(self.pool_trial.rounds[:count], known, known[:, None, :], real)
        return self.pool_settings[choose(seen)].thinning

    def for_nominees(self) -> Iterator[Choice]:
        """Yield the choices for rounds for nominees alone."""
        targets = targets_of(self.chain, "pnp")
        counted = self._counted(targets)
        tried, settings = nominees.nominees_trial(targets, counted), nominees.settings()
        chosen = zip(choose_without(tried), choose_before(tried), strict=True)
        for place, (without, before) in enumerate(chosen):
            eve = int(tried.known[before, place])
            yield Choice(targets[place], COUNTING, eve, nominees=settings[without], counted=counted[place])

    def nominees_elsewhere(self) -> Nominees:
        """Return how nominees' scores lie by all rounds for nominees: for rounds of other types."""
        targets = targets_of(self.chain, "pnp")
        return nominees.settings()[choose(nominees.nominees_trial(targets, self._counted(targets)))]

    def _counted(self, targets: Rounds) -> list[float]:
        ledger = start(self.chain, COUNTING, self.groups)
        seen = {held.number: ledger.nominees for held in walk(self.chain, ledger)}
        return [seen[held.number] for held in targets]

    def for_groups(self) -> Iterator[Choice]:
        """Yield the choices for rounds for a program or a category, but those that are the only one of their kind."""
        targets = targets_of(self.chain, "program", "category")
        settings = group_settings(self.thinning())
        ask = partial(tell, chain=self.chain, targets=targets, groups=self.groups)
        tellings = side_by_side(ask, settings, processes=self.processes)
        chosen = choose_without(trial(targets, tellings), teachers(targets))
        eves = self._group_eves(targets)
        for held, place in zip(targets, chosen, strict=True):
            known = not np.isnan(tellings[place].known[targets.index(held)])
            level = tellings[place].levels.get(held.number)
            if known or level is not None:
                yield Choice(held, settings[place], eves.get(held.number), level=level)

    def _group_eves(self, targets: Rounds) -> dict[str, int]:
        thinnings = {held.number: self.thinning_before(held) for held in targets}
        found: dict[str, int] = {}
        for thinning in sorted(set(thinnings.values())):
            settings = group_settings(thinning)
            ask = partial(tell, chain=self.chain, targets=targets, groups=self.groups, leave_out=False)
            tried = trial(targets, side_by_side(ask, settings, processes=self.processes))
            for place, chosen in enumerate(choose_before(tried, teachers(targets, earlier=True))):
                held, said = targets[place], tried.known[chosen, place]
                if thinnings[held.number] == thinning and not np.isnan(said):
                    found[held.number] = int(said)
        return found


def teachers(targets: Rounds, *, earlier: bool = False) -> Matrix:
    """Return which round may teach about which: ``[r, n]`` is true if n may teach about r.

    Rounds of r's own kind, if there are enough others; else all rounds of its type. With ``earlier``, those before r.
    """
    kinds = np.array([held.kind for held in targets])
    types = np.array([held.round_type for held in targets])
    others = np.tri(len(targets), k=-1, dtype=bool) if earlier else ~np.eye(len(targets), dtype=bool)
    own = (kinds[:, None] == kinds[None, :]) & others
    # The first of a kind cannot be told, so it does not teach how to tell.
    enough = own.sum(axis=1) > ENOUGH
    alike = (types[:, None] == types[None, :]) & others
    teaching: Matrix = np.where(enough[:, None], own, alike)
    return teaching
