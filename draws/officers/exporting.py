"""The candidates whom a round invited, as rows for a spreadsheet: numbers and states, nothing that names anybody."""

from collections.abc import Iterator
from datetime import UTC, datetime

from accounts.desk import spreadsheets
from draws.models import Invitation, Round

COLUMNS = ("profile_number", "rank", "score", "class", "state", "issued_utc", "deadline_utc")
ROWS_AT_ONCE = 2_000


def invitation_lines(held: Round, at: datetime) -> Iterator[str]:
    """Yield a round's invitations as lines of CSV, best first, with the states that hold at an instant.

    Memory stays the same for any size.
    """
    invited = Invitation.objects.filter(round=held).select_related("profile").order_by("rank")
    yield from spreadsheets.lines([COLUMNS])
    yield from spreadsheets.lines(_row(one, at) for one in invited.iterator(chunk_size=ROWS_AT_ONCE))


def _row(one: Invitation, at: datetime) -> tuple[object, ...]:
    number, state = one.profile.number, one.state_at(at)
    return number, one.rank, one.score, one.invited_as, state, _stamp(one.issued_at), _stamp(one.expires_at)


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
