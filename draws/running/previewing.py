"""What a round would do now, the token of it, and what changed since an officer looked.

A token stands for an instruction and the ordered list of those whom it would invite, with their scores. Beside it the
page holds the list without its order, packed into text, so that whoever comes back with an old token can be told how
many came and how many went, whatever was kept on the way.
"""

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

from django.db import connection

from draws.models import Round
from draws.running.changed import Change
from draws.running.instructing import digest_of_instruction
from draws.running.selecting import ranked_parameters, ranked_sql, sharing_parameters

LONGEST_UNPACKED = 4_000_000


@dataclass(frozen=True, slots=True)
class Invited:
    """One row of a selection, best first."""

    profile_id: int
    score: int
    submitted_at: datetime
    invited_as: str
    rank: int


@dataclass(frozen=True)
class Preview:
    """What a round would do now: its list, and the digest of its instruction.

    ``at_cutoff`` could be invited and have the lowest score, ``at_instant`` of them the last one's first submission
    as well; ``invited_at_…`` of these are on the list.
    """

    instruction: str
    invited: list[Invited]
    at_cutoff: int = 0
    at_instant: int = 0
    invited_at_cutoff: int = 0
    invited_at_instant: int = 0

    @property
    def cutoff(self) -> int | None:
        return self.invited[-1].score if self.invited else None

    @property
    def tie_break_at(self) -> datetime | None:
        return self.invited[-1].submitted_at if self.invited else None

    @property
    def all_tied(self) -> bool:
        """Whether several are on the list and all of them have one score."""
        return len(self.invited) > 1 and self.invited[0].score == self.cutoff

    @cached_property
    def profiles(self) -> list[int]:
        return [row.profile_id for row in self.invited]

    @cached_property
    def token(self) -> str:
        """The SHA-256 of the instruction and of the ordered list with its scores, as 64 hexadecimal digits."""
        lines = [self.instruction, *(f"{row.profile_id}:{row.score}" for row in self.invited)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    @cached_property
    def packed(self) -> str:
        """The instruction's digest, the profiles and the cut-off as text, for ``what_changed``."""
        return pack(self.instruction, self.profiles, self.cutoff)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The preview that an officer confirms: its token, and its packed list where there is one."""

    token: str
    packed: str = ""


def preview(*, planned: Round, at: datetime) -> Preview:
    """Return whom the round would invite if it ran on the pool as it is now. Changes nothing."""
    instruction = digest_of_instruction(planned)
    invited = _select(ranked_parameters(planned, at))
    if not invited:
        return Preview(instruction, [])
    last = invited[-1]
    sharing = _select(sharing_parameters(planned, at, last.score))
    return Preview(instruction, invited, *_tied(sharing, last), *_tied(invited, last))


def _tied(rows: Iterable[Invited], last: Invited) -> tuple[int, int]:
    """Return how many rows have the last one's score, and how many its first submission too."""
    sharing = [row for row in rows if row.score == last.score]
    return len(sharing), sum(row.submitted_at == last.submitted_at for row in sharing)


def what_changed(packed: str, now: Preview) -> Change:
    """Return what a preview of now shows otherwise than the packed one did."""
    try:
        instruction, profiles, cutoff = unpack(packed)
    except ValueError:
        return Change(now=now.cutoff, known=False)
    before, after = set(profiles), set(now.profiles)
    return Change(
        came=len(after - before),
        went=len(before - after),
        before=cutoff,
        now=now.cutoff,
        instruction=instruction != now.instruction,
    )


def pack(instruction: str, profiles: Iterable[int], cutoff: int | None) -> str:
    """Return an instruction's digest, a set of profile ids and a cut-off as text without blanks."""
    ids = sorted(profiles)
    steps = ids[:1] + [later - earlier for earlier, later in pairwise(ids)]
    told = json.dumps([instruction, steps, cutoff], separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(told.encode(), 9)).decode()


def unpack(packed: str) -> tuple[str, list[int], int | None]:
    """Return what was packed. Raises ``ValueError`` for a text that ``pack`` cannot have made."""
    try:
        unzip = zlib.decompressobj()
        told = unzip.decompress(base64.urlsafe_b64decode(packed.encode()), LONGEST_UNPACKED)
        instruction, steps, cutoff = json.loads(told)
        return str(instruction), list(accumulate(map(int, steps))), None if cutoff is None else int(cutoff)
    except (zlib.error, binascii.Error, TypeError, OverflowError, RecursionError) as error:
        raise ValueError("this is no packed preview") from error


def _select(parameters_of_selection: dict[str, Any]) -> list[Invited]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT profile_id, score, submitted_at, invited_as, rank FROM ({ranked_sql()}) AS ranked ORDER BY rank",
            parameters_of_selection,
        )
        return [Invited(*row) for row in cursor.fetchall()]
