"""Which invitations of a round a correction withdraws: all, those on a list, or those that meet a criterion."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from draws.models import Invitation, Round
from lifecycle.tables import InvitationState
from profiles.models import Submission

By = Literal["all", "numbers", "criterion"]

PROFILE_NUMBER = re.compile(r"E[0-9]{9}")


@dataclass(frozen=True, slots=True)
class Asked:
    """How the invitations are chosen. A criterion's parts all hold at once; what is left empty asks for nothing.

    ``programs`` are classes of invitation, ``provinces`` those that nominated, ``below`` a score that is not reached.
    ``settled`` counts those of a list that are no longer open, by state.
    """

    by: By = "all"
    programs: Sequence[str] = ()
    provinces: Sequence[str] = ()
    below: int | None = None
    settled: dict[str, int] = field(default_factory=dict)

    def document(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {**asdict(self), "programs": list(self.programs), "provinces": list(self.provinces)}


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a line of a list, the first being line 1."""

    line: int
    typed: str
    said: Promise


@dataclass(frozen=True, slots=True)
class Found:
    """What a list comes to: the open invitations by rank, how many are settled by state, and the lines in doubt."""

    invitations: list[int]
    settled: dict[str, int]
    doubts: list[Doubt]


NOT_A_NUMBER = _("This is not a profile number. Write E and nine digits, such as E000123456.")
TWICE = _("This profile number stands in an earlier line already. Leave one of them out.")
NOT_INVITED = _("This profile was not invited by this round. Check the number.")


def open_of(held: Round, at: datetime) -> QuerySet[Invitation]:
    """Return the round's invitations that wait for an answer at an instant, by rank."""
    waiting = Invitation.objects.filter(round=held, state=InvitationState.ISSUED, expires_at__gt=at)
    return waiting.order_by("rank")


def chosen(held: Round, asked: Asked, at: datetime) -> list[int]:
    """Return the keys of the open invitations of a round that are asked for, by rank; not for lists."""
    found = open_of(held, at)
    if asked.programs:
        found = found.filter(invited_as__in=asked.programs)
    if asked.below is not None:
        found = found.filter(score__lt=asked.below)
    if asked.provinces:
        found = found.alias(nominated_by=_nominated_by()).filter(nominated_by__in=asked.provinces)
    return list(found.values_list("pk", flat=True))


def listed(held: Round, text: str, at: datetime) -> Found:
    """Read a list of profile numbers, one a line; empty lines are skipped, and small letters are taken."""
    numbers, doubts = _numbers_in(text)
    known = {
        number: (pk, rank, state if expires_at > at or state != InvitationState.ISSUED else "lapsed")
        for pk, number, rank, state, expires_at in Invitation.objects.filter(
            round=held, profile__number__in=numbers.keys()
        ).values_list("pk", "profile__number", "rank", "state", "expires_at")
    }
    doubts += [Doubt(line, number, NOT_INVITED) for number, line in numbers.items() if number not in known]
    still_open = sorted((rank, pk) for pk, rank, state in known.values() if state == InvitationState.ISSUED)
    settled: dict[str, int] = {}
    for _pk, _rank, state in known.values():
        if state != InvitationState.ISSUED:
            settled[state] = settled.get(state, 0) + 1
    return Found([pk for _rank, pk in still_open], settled, sorted(doubts, key=lambda doubt: doubt.line))


def _numbers_in(text: str) -> tuple[dict[str, int], list[Doubt]]:
    """Return profile number -> its first line, and the lines that are none or come twice."""
    numbers: dict[str, int] = {}
    doubts: list[Doubt] = []
    for line, typed in enumerate(text.splitlines(), start=1):
        number = typed.strip().upper()
        if not number:
            continue
        if not PROFILE_NUMBER.fullmatch(number):
            doubts.append(Doubt(line, typed.strip(), NOT_A_NUMBER))
        elif number in numbers:
            doubts.append(Doubt(line, number, TWICE))
        else:
            numbers[number] = line
    return numbers, doubts


def _nominated_by() -> Subquery:
    """The province that nominates by what was last sent; the invitation has locked the profile since."""
    latest = Submission.objects.filter(profile=OuterRef("profile")).order_by("-sequence")
    return Subquery(latest.values("facts__provincial_nomination__province")[:1])
