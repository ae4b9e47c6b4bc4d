"""The whole table: pools made, every job measured beside its floor or peer, the pools dropped."""

from collections.abc import Callable, Collection, Iterator

from bench import nights, pages_at_rounds, ranks, rescoring, rounds
from bench.growing import grow
from bench.loading import load_pool
from bench.progress import say
from bench.rows import Goal, Row, row
from bench.scratch import LARGE, SMALL, Scratch, scratch
from bench.sizes import TIMES, Sizes

MOST_FACTORS = 500_000
LOAD = "load"


Measure = Callable[[Scratch, Sizes], list[Row]]


def _points(_scratch: Scratch, sizes: Sizes) -> list[Row]:
    # Only this job needs OpenFisca, which takes its time to be imported.
    from bench import score

    count = min(sizes.large, MOST_FACTORS)
    return [
        row(job.job, (job.ours, job.reference), _goal(job.goal), job.unit, f"{count:,} rows of factors")
        for job in score.beside_openfisca(count)
        if job.reference is not None
    ]


def _goal(least: float | None) -> Goal | None:
    return None if least is None else ("at least", least)


ON_POOLS: dict[str, Measure] = {
    "statements": rounds.statements,
    "round": rounds.beside_five_writes,
    "sizes": rounds.on_two_sizes,
    "tallies": rounds.with_and_without_tallies,
    "rank": ranks.rank,
    "rescore": rescoring.rescore,
    "pages": pages_at_rounds.pages_while_rounds_run,
    "tonight": nights.due_tonight,
    "expiry": nights.expiry_a_row,
}
"""The jobs that need the pools, in the order in which they use them up."""
NAMES = ("points", LOAD, *ON_POOLS)


def run(sizes: Sizes, only: Collection[str] = ()) -> Iterator[Row]:
    """Yield the rows of the chosen jobs (all unless told) as they come."""
    chosen = only or NAMES
    with scratch() as made:
        if "points" in chosen:
            say("points")
            yield from _points(made, sizes)
        wanted = [name for name in ON_POOLS if name in chosen]
        if wanted or LOAD in chosen:
            loaded = load_pool(made, sizes.small)
            yield from [loaded] if LOAD in chosen else []
        if wanted:
            say(f"growing the large pool to {sizes.small * TIMES:,}")
            made.duplicate(LARGE, SMALL)
            grow(TIMES, on_progress=say)
        for name in wanted:
            say(name)
            yield from ON_POOLS[name](made, sizes)
