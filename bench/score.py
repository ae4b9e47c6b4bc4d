"""How fast points come: whole grid and core rules beside OpenFisca, and results from raw facts.

Both sides get the same rows in the same minute, turn by turn; the best of several turns counts, and only
computation is timed (for OpenFisca: one simulation with all persons, inputs set once). Before anything is
timed, both must give the same core points for every row.
"""

import gc
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from openfisca_core.simulations import Simulation

from bench.columns import ON, PERIOD, forget, random_table, rank_core, simulation_of
from eligibility.scoring import Options, score
from rules import parameters
from rules.assessment import Assessment, assess_many
from rules.facts import Profile, parse
from rules.ranking import rank
from tests.rules.plausible import pool

TURNS = 5
CHUNK = 1000
Column = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class Job:
    """One measured job: rows a second of ours and of the reference (None: no reference, or no goal)."""

    job: str
    ours: float
    reference: float | None
    ratio: float | None
    goal: float | None
    unit: str


def measure(size: int, facts: int) -> list[Job]:
    """All jobs, on `size` rows of factors and `facts` profiles."""
    return [*beside_openfisca(size), *from_facts(facts)]


def beside_openfisca(size: int) -> list[Job]:
    """Whole grid and core rules against OpenFisca's core rules: its documented idiom, then a quicker one."""
    table, rules = random_table(size), parameters.on(ON)
    simulation = simulation_of(table)

    def openfisca(variable: str) -> Callable[[], object]:
        return lambda: simulation.calculate(variable, PERIOD)

    refuse_different(rank(table, rules).sections[0], rank_core(table, rules), simulation)
    grid, core, reference, quick = best_rates(
        size,
        [
            lambda: rank(table, rules),
            lambda: rank_core(table, rules),
            openfisca("core_points"),
            openfisca("quick_core_points"),
        ],
        before=lambda: forget(simulation),
    )
    return [
        Job("whole grid by columns / OpenFisca core", grid, reference, grid / reference, 15, "rows/s"),
        Job("core rules by columns / OpenFisca core", core, reference, core / reference, 50, "rows/s"),
        Job("whole grid / OpenFisca without enumerations", grid, quick, grid / quick, None, "rows/s"),
        Job("core rules / OpenFisca without enumerations", core, quick, core / quick, None, "rows/s"),
    ]


def refuse_different(grid: Column, core: Column, simulation: Simulation) -> None:
    """Raise `ValueError` unless all four ways give the same core points for every row."""
    for name, found in (
        ("core rules by columns", core),
        ("OpenFisca", simulation.calculate("core_points", PERIOD)),
        ("OpenFisca without enumerations", simulation.calculate("quick_core_points", PERIOD)),
    ):
        if differing := int(np.count_nonzero(found != grid)):
            raise ValueError(f"{name} and the whole grid differ in {differing} rows: nothing to compare.")


def from_facts(count: int) -> list[Job]:
    """From raw facts to full results: profiles, documents, and the lines of `manage.py score`."""
    documents = pool(1, count, date(2026, 9, 1))
    stream = b"".join(json.dumps(document).encode() + b"\n" for document in documents)
    read, whole, lines, dated_lines = best_rates(
        count,
        [
            in_chunks(results, [parse(document) for document in documents]),
            in_chunks(lambda chunk: results(map(parse, chunk)), documents),
            lambda: score(BytesIO(stream), BytesIO(), Options(next_change=False)),
            lambda: score(BytesIO(stream), BytesIO(), Options()),
        ],
    )
    return [
        Job("profiles already read -> results", read, None, None, None, "profiles/s"),
        Job("raw facts -> full results", whole, None, None, 5000, "profiles/s"),
        Job("manage.py score, lines in and out", lines, None, None, None, "profiles/s"),
        Job("the same with next_change_on", dated_lines, None, None, None, "profiles/s"),
    ]


def results(profiles: Iterable[Profile]) -> list[Assessment]:
    """Points, verdicts, categories of each."""
    return assess_many(profiles, next_change=False)


def in_chunks(task: Callable[[Any], object], items: Sequence[Any]) -> Callable[[], None]:
    """The task on a thousand items at a time, as a stream is scored."""

    def run() -> None:
        for start in range(0, len(items), CHUNK):
            task(items[start : start + CHUNK])

    return run


def best_rates(
    count: int, tasks: Sequence[Callable[[], object]], before: Callable[[], None] = lambda: None
) -> list[float]:
    """The best rate of each task over several turns; every turn runs all tasks once, so that all share
    the machine's good and bad moments."""
    best = [float("inf")] * len(tasks)
    for _ in range(TURNS):
        for place, task in enumerate(tasks):
            before()
            best[place] = min(best[place], seconds(task))
    return [count / least for least in best]


def seconds(task: Callable[[], object]) -> float:
    """How long the task takes, with what earlier tasks left behind cleared away first."""
    gc.collect()
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


def as_json_lines(jobs: Sequence[Job]) -> str:
    """One object a line: job, ours, reference, ratio, goal, unit."""
    return "\n".join(json.dumps(asdict(job)) for job in jobs)


def as_table(jobs: Sequence[Job]) -> str:
    """The jobs for reading, with whether each goal was met."""
    rows = [("job", "ours", "reference", "ratio", "goal", "")]
    for job in jobs:
        reached = job.ratio if job.ratio is not None else job.ours
        verdict = "" if job.goal is None else "met" if reached >= job.goal else "MISSED"
        goal = "" if job.goal is None else f"{job.goal:,.0f}" + ("x" if job.ratio else f" {job.unit}")
        ratio = "" if job.ratio is None else f"{job.ratio:.1f}x"
        rows.append((job.job, rate(job.ours, job.unit), rate(job.reference, job.unit), ratio, goal, verdict))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def rate(per_second: float | None, unit: str) -> str:
    """A rate for reading, empty where there is none."""
    return "" if per_second is None else f"{per_second:,.0f} {unit}"
