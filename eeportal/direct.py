"""A connection to the database outside Django's: for a question that must not wait, or a lock that lasts."""

from typing import Any

import psycopg
from django.db import connections

DJANGOS_OWN = frozenset({"context", "cursor_factory", "options", "prepare_threshold", "server_side_binding"})


def connect(*, options: str = "", **more: Any) -> psycopg.Connection[tuple[Any, ...]]:
    """Return a new connection to the portal's database, which commits each statement by itself.

    ``options`` and ``more`` are PostgreSQL's. Raises ``psycopg.Error`` when the database does not answer in 2 seconds.
    """
    told = connections["default"].get_connection_params()
    wanted = {name: value for name, value in told.items() if name not in DJANGOS_OWN}
    return psycopg.connect(**{**wanted, "connect_timeout": 2, "options": options, "autocommit": True, **more})
