"""One beat at a time, however many are started: the others wait, and one of them takes over within seconds."""

import logging
from typing import Any

import psycopg

from eeportal import direct

KEY = 7_301
KEEPALIVES = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
}
SERVERS = (
    "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c statement_timeout=5s"
)
"""Both ends notice within half a minute that the other machine is gone; a process that ends is noticed at once."""

logger = logging.getLogger(__name__)


class Turn:
    """The right to send what is due: a lock of a session with the database, which dies with its process."""

    def __init__(self) -> None:
        self.session: psycopg.Connection[tuple[Any, ...]] | None = None
        self.waits = False

    def is_ours(self) -> bool:
        """Whether this process has the turn, taking it if nobody has; without the database nobody has it."""
        try:
            ours = self._still() if self.session else self._take()
        except psycopg.Error:
            self.give_up()
            ours = False
        if not ours and not self.waits:
            logger.warning("Another beat is at work, or the database is away: this one waits.")
        self.waits = not ours
        return ours

    def give_up(self) -> None:
        """Let another one have it."""
        if self.session:
            self.session.close()
            self.session = None

    def _still(self) -> bool:
        if self.session:
            self.session.execute("SELECT 1")
        return self.session is not None

    def _take(self) -> bool:
        session = direct.connect(options=SERVERS, application_name="eeportal beat", **KEEPALIVES)
        self.session = session
        (taken,) = session.execute("SELECT pg_try_advisory_lock(%s)", [KEY]).fetchone() or (False,)
        if not taken:
            self.give_up()
        return bool(taken)
