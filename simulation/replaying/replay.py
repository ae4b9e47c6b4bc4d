"""A whole replay: each published round held again on a pool like the published one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain as joined
from typing import Final

import numpy as np

from draws.public.history import PublishedRound
from simulation.replaying import nominees
from simulation.replaying.choices import Choice, Choices, targets_of
from simulation.replaying.crowd import Standing, hold
from simulation.replaying.fitting import start
from simulation.replaying.ledger import Ledger, Settings, walk
from simulation.replaying.plain import even_cutoffs, last_cutoffs
from simulation.replaying.shapes import SCORES
from simulation.replaying.side_by_side import side_by_side

Rounds = Sequence[PublishedRound]
BLOCKS: Final = ("general", "pnp", "cec", "french", "other")
# IRCC's wider bands up to 600, and their first scores.
WIDE_BANDS: Final = ("0-300", "301-350", "351-400", "401-450", "451-500", "501-600")
WIDE_STARTS: Final = (0, 301, 351, 401, 451, 501)


@dataclass(frozen=True, slots=True)
class Held:
    """What a simulated round came to: its cut-off, the invitations issued, the candidates in the pool."""

    cutoff: int | None
    invited: int
    pool: int


@dataclass(frozen=True, slots=True)
class Replayed:
    """One round replayed. Cut-offs are scores; ``None`` where nothing published tells what to assume.

    ``simulated``: of the round held on the simulated pool, what is fitted being fitted without this round.
    ``eve``: what earlier rounds alone would have told. ``even``: an even spread's. ``last``: of the last such round.
    ``choice``: the numbers it was replayed with. ``shares``: the group's share of each of ``WIDE_BANDS``.
    """

    held: PublishedRound
    even: int | None
    last: int | None
    eve: int | None = None
    simulated: Held | None = None
    choice: Choice | None = None
    shares: tuple[float, ...] = ()

    @property
    def block(self) -> str:
        """The block of the report: general, pnp, cec, french, or other."""
        return block_of(self.held)

    @property
    def cutoff(self) -> int | None:
        """The simulated cut-off."""
        return self.simulated.cutoff if self.simulated else None

    @property
    def error(self) -> int | None:
        """Simulated less published, in points."""
        return None if self.cutoff is None else self.cutoff - self.held.cutoff


def block_of(held: PublishedRound) -> str:
    """Return the block of the report in which a round stands."""
    return held.kind if held.kind in BLOCKS else "other"


def replay(
    rounds: Rounds, *, seed: int = 1, processes: int = 1, blocks: Iterable[str] = BLOCKS
) -> list[Replayed]:
    """Replay the rounds of ``blocks`` that have a published distribution, in their order.

    ``rounds`` are the published ones from the first on. The same rounds and seed give the same result, whatever
    ``processes`` is.
    """
    standings = Standings(rounds, processes=processes, blocks=frozenset(blocks))
    results = side_by_side(partial(outcome, seed=seed), standings.by_number.values(), processes=processes)
    simulated = dict(zip(standings.by_number, results, strict=True))
    targets = [
        held
        for held in targets_of(rounds, "general", "pnp", "program", "category")
        if block_of(held) in blocks
    ]
    plain = zip(targets, even_cutoffs(targets), last_cutoffs(rounds, targets), strict=True)
    return [_replayed(standings, Replayed(held, even, last), simulated) for held, even, last in plain]


def outcome(standing: Standing, *, seed: int, size: int | None = None) -> Held:
    """Hold the round among a crowd made of ``standing`` and say what it came to."""
    selection, pool = hold(standing, seed=seed, size=size)
    return Held(selection.cutoff, len(selection.invited), pool)


def _replayed(standings: "Standings", plain: Replayed, simulated: dict[str, Held]) -> Replayed:
    held = plain.held
    choice = standings.choices.get(held.number)
    if choice is None:
        return plain
    shares = standings.shares(held) if held.round_type in ("program", "category") else ()
    return Replayed(held, plain.even, plain.last, choice.eve, simulated[held.number], choice, shares)


class Standings:
    """The pools of the rounds of some ``blocks``, each as just before its round."""

    def __init__(self, rounds: Rounds, *, processes: int, blocks: frozenset[str]) -> None:
        made = Choices(rounds, processes=processes)
        self.chain, self.groups = made.chain, made.groups
        self.elsewhere = nominees.shape(made.nominees_elsewhere())
        wanted = joined(
            made.for_all_programs() if "general" in blocks else (),
            made.for_nominees() if "pnp" in blocks else (),
            made.for_groups() if blocks - {"general", "pnp"} else (),
        )
        self.choices = {choice.held.number: choice for choice in wanted if block_of(choice.held) in blocks}
        self.by_number = self._walked()

    def shares(self, held: PublishedRound) -> tuple[float, ...]:
        """Return the share of each of ``WIDE_BANDS`` that the round's group has in the pool before the round."""
        standing = self.by_number[held.number]
        everybody = np.maximum(np.add.reduceat(standing.total, WIDE_STARTS), 1.0)
        return tuple(float(share) for share in np.add.reduceat(standing.members, WIDE_STARTS) / everybody)

    def _walked(self) -> dict[str, Standing]:
        """Walk the ledger once for each setting in use, and keep each round's pool where it was chosen."""
        found: dict[str, Standing] = {}
        for settings, groups in dict.fromkeys(self._setting(choice) for choice in self.choices.values()):
            ledger = start(self.chain, settings, groups)
            for held in walk(self.chain, ledger):
                choice = self.choices.get(held.number)
                if choice and self._setting(choice) == (settings, groups):
                    found[held.number] = self._standing(ledger, choice)
        return {number: found[number] for number in self.choices}

    def _setting(self, choice: Choice) -> tuple[Settings, tuple[str, ...]]:
        return choice.settings, () if choice.held.round_type == "general" else self.groups

    def _standing(self, ledger: Ledger, choice: Choice) -> Standing:
        held, nobody = choice.held, np.zeros(len(SCORES))
        if choice.nominees is not None:
            present = nominees.present(choice.counted, held)
            shape, qualified = nominees.shape(choice.nominees), held.invitations / present
            return Standing(held, ledger.total, nobody, present, shape, qualified)
        if held.round_type == "general":
            return Standing(held, ledger.total, nobody, ledger.nominees, self.elsewhere, 0.0)
        told = ledger if choice.level is None else ledger.with_level(held.kind, choice.level)
        return Standing(
            held, told.total, told.qualified(held), told.nominees, self.elsewhere, told.share(held.kind)
        )
