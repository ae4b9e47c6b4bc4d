"""Several people doing something at the very same moment, each on an own connection to the database."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import DatabaseError, connection, connections

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


def somebody_waits_for_a_lock(seconds: float = 20) -> bool:
    """Wait until another connection to this database waits for a lock; whether one did in that time."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        with connection.cursor() as cursor:
            # Within a transaction PostgreSQL would go on showing what it saw the first time.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False
