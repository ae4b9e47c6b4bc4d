"""Making a pool on all cores, in chunks that come back in order."""

import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process

from simulation.population.histories import Candidate
from simulation.population.pool import Recipe, make

# Short enough to stop within a second or two, and for a bar that moves.
CHUNK = 250
# A new process takes a second to get ready; below this size it would not pay.
WORTH_A_PROCESS = 3_000
CHUNKS_AHEAD = 4


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def generate(
    recipe: Recipe, *, processes: int | None = None, chunk: int = CHUNK
) -> Iterator[list[Candidate]]:
    """Yield the pool's candidates in the order of their indexes, a chunk at a time.

    ``processes`` is the number of cores unless told; whatever it is and however long the chunks, the pool is the
    same. Raises ``simulation.population.pool.PoolOutOfReachError``.
    """
    chunks = (range(start, min(start + chunk, recipe.size)) for start in range(0, recipe.size, chunk))
    wanted = processes or (cores() if recipe.size >= WORTH_A_PROCESS else 1)
    if wanted == 1:
        for indexes in chunks:
            yield make(recipe, indexes)
        return
    with ProcessPoolExecutor(wanted, mp_context=get_context("spawn"), initializer=get_ready) as executor:
        running: deque[Future[list[Candidate]]] = deque()
        try:
            for indexes in chunks:
                running.append(executor.submit(make, recipe, indexes))
                if len(running) > wanted * CHUNKS_AHEAD:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            executor.shutdown(cancel_futures=True)


def get_ready() -> None:
    """Leave interrupts to the parent, and end with it even when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
