"""The same work on many things, on several cores."""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from simulation.population.workers import get_ready

Thing = TypeVar("Thing")
Result = TypeVar("Result")


def side_by_side(work: Callable[[Thing], Result], things: Iterable[Thing], *, processes: int) -> list[Result]:
    """Return ``work`` on each of ``things``, in their order; the result is the same for any ``processes``."""
    if processes <= 1:
        return [work(thing) for thing in things]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=get_ready) as executor:
        try:
            return list(executor.map(work, things))
        finally:
            executor.shutdown(cancel_futures=True)
