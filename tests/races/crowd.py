"""Several people doing something at the very same moment, each on an own connection to the database."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import DatabaseError, connections

from lifecycle.errors import DomainError


def at_once(*deeds: Callable[[], object]) -> Sequence[object]:
    """Release all deeds together; return what each returned, or the exception it raised."""
    barrier = Barrier(len(deeds))

    def one(deed: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=20)
            return deed()
        except (DomainError, DatabaseError, AssertionError) as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(one, deeds))
