"""The candidates of a replayed pool, and the round held among them by the portal's own rule of selection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from draws.public.history import PublishedRound
from rules.categories import CATEGORY_BITS
from rules.programs import PROGRAM_BITS
from rules.selection import Candidate, Instruction, RoundType, Selection, select
from simulation.replaying.nominees import MOST
from simulation.replaying.shapes import HIGHEST, Array

# A profile leaves the pool a year after it was submitted.
SECONDS_IN_THE_POOL: Final = 365 * 24 * 3600
# Keeps 3 * (1 / 3) from falling short of 1.
ROUNDING: Final = 1e-9
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """The pool as just before a round, in numbers that need not be whole.

    ``total``, ``members``: candidates by score, 0 to 600, and of them those of the group that the round is for.
    ``nominees``: candidates above 600; ``nominee_shape``: their share at each score from 601 to 1200;
    ``nominee_share``: the share of them that belong to the group, in a round for nominees that it may invite.
    """

    held: PublishedRound
    total: Array
    members: Array
    nominees: float
    nominee_shape: Array
    nominee_share: float


def hold(standing: Standing, *, seed: int, size: int | None = None) -> tuple[Selection, int]:
    """Hold the round among a crowd made of ``standing``; return its result and how many were in the pool.

    ``size``: the invitations, the published number unless told.
    """
    candidates = crowd(standing, seed=seed)
    return select(candidates, instruction(standing.held, size)), len(candidates)


def instruction(held: PublishedRound, size: int | None = None) -> Instruction:
    """Return the published round's instruction in the words of ``rules.selection``."""
    round_type = cast("RoundType", held.round_type)
    programs = sum(PROGRAM_BITS[program] for program in held.programs) if round_type == "program" else 0
    return Instruction(
        round_type, held.invitations if size is None else size, programs, held.category or None
    )


def crowd(standing: Standing, *, seed: int) -> list[Candidate]:
    """Return the candidates, highest score first. The same ``standing`` and ``seed`` give the same candidates.

    Whole candidates are cut from the numbers so that no sum from the top is off by more than half a candidate.
    When each was submitted is drawn at random from the year before the round.
    """
    random = np.random.default_rng(seed)
    above = whole(standing.nominee_shape * standing.nominees)
    below = whole(standing.total)
    members = np.minimum(whole(standing.members), below)
    nominated = np.repeat(np.arange(MOST, HIGHEST, -1), above[::-1])
    others = np.repeat(np.arange(HIGHEST, -1, -1), below[::-1])
    belonging = np.floor(np.arange(len(nominated) + 1) * standing.nominee_share + ROUNDING)
    belongs = np.concatenate([np.diff(belonging) > 0, _first_of_each_score(members[::-1], below[::-1])])
    is_nominee = np.arange(len(belongs)) < len(nominated)
    programs, categories = _bits(standing.held, belongs, is_nominee)
    scores = np.concatenate([nominated, others])
    submitted = _submissions(standing.held.ran_at, len(scores), random)
    rows = zip(
        range(len(scores)), scores.tolist(), submitted, programs.tolist(), categories.tolist(), strict=True
    )
    return [Candidate._make(row) for row in rows]


def whole(density: Array) -> Counts:
    """Return whole numbers whose sums from the top are those of ``density``, rounded."""
    reached = np.rint(np.cumsum(density[::-1])).astype(np.int64)
    return np.diff(reached, prepend=0)[::-1]


def _first_of_each_score(members: Counts, everybody: Counts) -> npt.NDArray[np.bool_]:
    """Tell for each candidate whether they belong: at each score the first ``members`` of ``everybody``."""
    starts = np.repeat(np.cumsum(everybody) - everybody, everybody)
    places = np.arange(everybody.sum()) - starts
    return places < np.repeat(members, everybody)


def _bits(
    held: PublishedRound, belongs: npt.NDArray[np.bool_], is_nominee: npt.NDArray[np.bool_]
) -> tuple[Counts, Counts]:
    """Return programs and categories. Who is not in the round's program qualifies for another one."""
    nominated = is_nominee & belongs if held.round_type == "pnp" else is_nominee
    nomination = np.where(nominated, PROGRAM_BITS["PNP"], 0)
    if held.round_type == "program":
        named = PROGRAM_BITS[held.programs[0]]
        another = next(bit for program, bit in PROGRAM_BITS.items() if program not in (*held.programs, "PNP"))
        return nomination + np.where(belongs, named, another), np.zeros(len(belongs), dtype=np.int64)
    category = CATEGORY_BITS[held.category] if held.category else 0
    return nomination + PROGRAM_BITS["FSW"], np.where(belongs, category, 0)


def _submissions(ran_at: datetime, count: int, random: np.random.Generator) -> Sequence[datetime]:
    ages = random.integers(1, SECONDS_IN_THE_POOL, count).tolist()
    return [ran_at - timedelta(seconds=age) for age in ages]
