"""The pool's account between published pictures: who was there, who came, whom the rounds took.

Above the last cut-off nobody is left but those who came since, so a pool after a round has a step in it that no
smooth curve through its bands shows. The ledger keeps that step. At each published picture it compares what the
earlier rounds left of a band with the published figure: the difference came since, spread as newcomers are.
"""

from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from draws.public.history import Distribution, PublishedRound
from simulation.replaying.shapes import (
    HIGHEST,
    LAST_NARROW_SCORE,
    SCORES,
    Array,
    by_band,
    counts_of,
    lowest_invited,
    nominees_of,
    over_scores,
    smooth_shape,
    spread,
)

# The tie-breaking rule cuts through the candidates at the cut-off; where, the score does not tell.
INVITED_AT_THE_CUTOFF: Final = 0.5
# Stands for the share of a group until its first round tells it.
UNTOLD_LEVEL: Final = 0.05
# One odd round does not move a share by more than this factor.
MOST_CORRECTION: Final = 5.0
# A tilt is told for a hundred points from here.
TILT_FROM: Final = 450


@dataclass(frozen=True, slots=True)
class Settings:
    """The numbers that are fitted. ``turnover`` and ``growth`` are shares of the pool a day.

    ``thinning``: rate a point at which newcomers thin out above 500. ``turnover``: candidates who leave or whose
    score changes, and whom others replace. ``growth``: of the pool from the picture to the round.
    ``tilt``: the share of a group, such as French speakers, among newcomers is exp(tilt) times as great a hundred
    points up. ``weight``: how far a round corrects that share, from 0 (not at all) to 1 (to what it showed).
    """

    thinning: float
    turnover: float = 0.0
    growth: float = 0.0
    tilt: float = 0.0
    weight: float = 0.5


class Ledger:
    """The pool as far as the published figures tell it, carried from round to round.

    ``total``: candidates by score. ``members``: of them by group, a row for each of ``groups``. ``levels``: the
    share of each group among newcomers with 450 points. ``nominees``: candidates above 600.
    """

    def __init__(self, settings: Settings, first: Distribution, groups: tuple[str, ...] = ()) -> None:
        self.settings = settings
        self.groups = groups
        self.newcomers = smooth_shape(first, settings.thinning)
        self.tilted: Array = np.exp(settings.tilt * (SCORES - TILT_FROM) / 100)
        self.levels = np.full((len(groups), 1), UNTOLD_LEVEL)
        self.told: frozenset[tuple[str, str]] = frozenset()
        self.total = spread(counts_of(first), self.newcomers)
        self.members = self.shares() * self.total
        self.nominees = float(nominees_of(first))
        self.picture = first
        self.day = first.as_of or date.min

    def copy(self) -> "Ledger":
        """Return a ledger that goes its own way from here. Arrays are replaced, never changed in place."""
        return copy(self)

    def shares(self) -> Array:
        """Return each group's share of the newcomers by score."""
        shares: Array = np.minimum(1.0, self.levels * self.tilted)
        return shares

    def look(self, held: PublishedRound) -> None:
        """Take in the picture published with a round, unless it is old or known already."""
        picture = held.distribution
        if picture is None or picture.counts == self.picture.counts:
            return
        day = picture.as_of or self.day
        if day < self.day:
            return
        self._age(max(1, (day - self.day).days))
        self._meet(counts_of(picture))
        self.nominees = float(nominees_of(picture))
        self.picture, self.day = picture, day

    def _age(self, days: int) -> None:
        staying = np.exp(-self.settings.turnover * days)
        self.total = self.total * staying
        self.members = self.members * staying

    def _meet(self, counts: Array) -> None:
        """Fill each band with newcomers up to the published figure, or thin it out down to it."""
        left = by_band(self.total)
        came = spread(np.maximum(counts - left, 0.0), self.newcomers)
        kept = over_scores(np.where(left > counts, counts / np.maximum(left, 1e-9), 1.0))
        self.total = self.total * kept + came
        self.members = self.members * kept + self.shares() * came

    def can_tell(self, held: PublishedRound) -> bool:
        """Whether anything is known of whom the round may invite: for a group, an earlier round told its share."""
        return held.round_type == "general" or any(kind == held.kind for kind, _version in self.told)

    def cutoff(self, held: PublishedRound) -> int:
        """Return the score at which the round's invitations run out; 601 if nominees take them all."""
        return lowest_invited(self.qualified(held), self.left_for_others(held))

    def left_for_others(self, held: PublishedRound) -> float:
        """Return how many of the round's invitations go to candidates up to 600, in numbers of the picture."""
        return held.invitations / self.grown(held) - self.invited_nominees(held)

    def grown(self, held: PublishedRound) -> float:
        """Return how many times as large as the picture the pool is on the day of the round."""
        return 1 + self.settings.growth * max(0, (held.day - self.day).days)

    def qualified(self, held: PublishedRound) -> Array:
        """Return the candidates by score, up to 600, whom the round may invite."""
        if held.round_type == "general":
            return self.total
        qualified: Array = np.minimum(self.members[self.groups.index(held.kind)], self.total)
        return qualified

    def invited_nominees(self, held: PublishedRound) -> float:
        """Return the nominees whom the round may invite: of a group, as many as just above 500 points."""
        if held.round_type in ("general", "pnp"):
            return self.nominees
        return self.nominees * self.share(held.kind)

    def share(self, group: str) -> float:
        """Return the share of a group among newcomers with 501 points, and so among nominees."""
        level = float(self.levels[self.groups.index(group), 0])
        return min(1.0, level * float(self.tilted[LAST_NARROW_SCORE + 1]))

    def correction(self, held: PublishedRound) -> float:
        """Return how many times as many members the round found above its cut-off as the ledger had there."""
        expected = _above(self.qualified(held), held.cutoff).sum()
        found = self.left_for_others(held)
        return float(found / expected) if expected > 0 and found > 0 else 1.0

    def take(self, held: PublishedRound, *, cutoff: int | None = None) -> None:
        """Take out whom the round invited. ``cutoff`` stands for the published one, which is then not looked at."""
        if held.round_type == "pnp":
            self.nominees = max(0.0, self.nominees - held.invitations)
        elif held.round_type == "general":
            self._take_all(held.cutoff if cutoff is None else cutoff)
        elif held.kind in self.groups:
            self._take_members(held, cutoff)
        self.day = max(self.day, held.day)

    def _take_all(self, cutoff: int) -> None:
        self.total = self.total - _above(self.total, cutoff)
        self.members = self.members - _above(self.members, cutoff)
        self.nominees = 0.0

    def _take_members(self, held: PublishedRound, cutoff: int | None) -> None:
        row = self.groups.index(held.kind)
        nominees = self.invited_nominees(held)
        members = self.qualified(held)
        if cutoff is None:
            members = self._corrected(held, row, members)
        taken = _above(members, held.cutoff if cutoff is None else cutoff)
        # The others leave in the same proportion: groups overlap as if membership were independent.
        staying = 1 - taken / np.maximum(self.total, 1e-9)
        rows = self.members * staying
        rows[row] = members - taken
        self.total, self.members = self.total - taken, rows
        self.nominees = max(0.0, self.nominees - nominees)

    def _corrected(self, held: PublishedRound, row: int, members: Array) -> Array:
        """Learn the group's share from a round that is known; return its members as that round found them."""
        ratio, weight = self.correction(held), 1.0
        if (held.kind, held.version) in self.told:
            ratio, weight = min(max(ratio, 1 / MOST_CORRECTION), MOST_CORRECTION), self.settings.weight
        self.told |= {(held.kind, held.version)}
        self.levels = self.levels.copy()
        self.levels[row] = min(1.0, self.levels[row, 0] * ratio**weight)
        corrected: Array = np.minimum(members * ratio**weight, self.total)
        return corrected

    def with_level(self, group: str, level: float) -> "Ledger":
        """Return a copy in which a group of which no round has told yet has that share."""
        told = self.copy()
        row = self.groups.index(group)
        told.levels, told.members = self.levels.copy(), self.members.copy()
        told.levels[row] = level
        told.members[row] = np.minimum(self.members[row] * level / UNTOLD_LEVEL, self.total)
        return told


def walk(rounds: Iterable[PublishedRound], ledger: Ledger) -> Iterator[PublishedRound]:
    """Yield each round while ``ledger`` stands as just before it; then take out whom it invited."""
    for held in rounds:
        ledger.look(held)
        yield held
        ledger.take(held)


def _above(density: Array, cutoff: int) -> Array:
    invited = np.where(cutoff < SCORES, 1.0, np.where(cutoff == SCORES, INVITED_AT_THE_CUTOFF, 0.0))
    above: Array = density * (invited if cutoff <= HIGHEST else 0.0)
    return above
