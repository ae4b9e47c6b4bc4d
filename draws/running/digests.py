"""What a round's ordered list comes to in 64 hexadecimal digits: whoever has the list can work it out again."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple


class Line(NamedTuple):
    """One line of a round's list: who, in which place, with what, and invited as what."""

    rank: int
    profile_id: int
    score: int
    submitted_at: datetime
    invited_as: str


def digest_of(lines: Iterable[Line]) -> str:
    """Return the SHA-256 of a list, best first: order, candidate, score, first submission and class.

    A line is ``rank,profile,score,first submission,class`` and a line feed; the instant is in UTC with microseconds,
    such as ``2026-09-24T09:12:40.000000+00:00``.
    """
    digest = hashlib.sha256()
    for line in lines:
        instant = line.submitted_at.astimezone(UTC).isoformat(timespec="microseconds")
        text = f"{line.rank},{line.profile_id},{line.score},{instant},{line.invited_as}\n"
        digest.update(text.encode())
    return digest.hexdigest()
