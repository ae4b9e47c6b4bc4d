"""Django's sessions in the database, with whose they are and until when they last.

``SESSION_ENGINE``. What is over is not loaded: no view ever sees it.
"""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from accounts.models import EndedSession, Session
from accounts.signed_in.sessions import end, ended_session, why_over
from lifecycle import clock


class SessionStore(db.SessionStore):
    """One browser's session. ``row`` is its row as it was loaded; ``ended`` says what its key belonged to before."""

    device = ""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.row: Session | None = None
        self.ended: EndedSession | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """Return the session's data; none of a session that is over, which ends by being asked for."""
        key = self.session_key or ""
        row = Session.objects.filter(pk=key).first()
        if row is None or self._over(row):
            self.ended = ended_session(key)
            self._session_key = None
            return {}
        self.row = row
        self.device = self.device or row.device
        return self.decode(row.session_data)

    def forget(self, row: Session) -> None:
        """Begin with nothing in place of a session that has ended since it was loaded."""
        self.ended = ended_session(row.pk)
        self.flush()
        self.row = None

    def _over(self, row: Session) -> bool:
        now = clock.real_now()
        if row.account_id is None:
            return row.expire_date <= now
        why = why_over(row, now)
        if why is not None:
            end(sessions=Session.objects.filter(pk=row.pk), why=why)
        return why is not None

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row to be written. Who signs in begins a new session, however long they were here before."""
        row = cast("Session", super().create_model_instance(data))
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.seen_at = clock.real_now()
        row.began_at = row.seen_at
        row.device = self.device
        before = self.row
        if before is not None and before.account_id == row.account_id:
            row.began_at, row.device = before.began_at, self.device or before.device
            if before.pk == row.pk:
                row.number = before.number
        self.row = row
        return row
