"""The one lock of the pool.

A round takes it alone; everything else that changes a pool row shares it. Rules: take it inside the transaction,
before the first row lock, once. It is given back by commit or rollback, also when the process dies.
"""

from django.db import connection

KEY = 7_100


def share() -> None:
    """Let other candidates' writes go on at once, but no round; waits while a round runs."""
    _execute("SELECT pg_advisory_xact_lock_shared(%s)")


def take_alone() -> None:
    """Wait for all writers of the pool to finish, and keep new ones waiting until the transaction ends."""
    _execute("SELECT pg_advisory_xact_lock(%s)")


def _execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [KEY])
