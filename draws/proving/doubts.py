"""What makes a round's proof fail, each in a sentence."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from draws.models import InvitedAs, Round
from draws.running.digests import Line, digest_of
from profiles.models import Profile

SAID: dict[str, Promise] = {
    "missing": _("{profile} had to be invited, rank {rank}, with {score} points as {program}, and was not."),
    "extra": _("{profile} was invited, rank {rank}, with {score} points as {program}, and had not to be."),
    "rank": _("{profile} has rank {issued} and had to have rank {expected}."),
    "score": _("{profile} has {issued} points in the invitation and had {expected} in the score history."),
    "program": _("{profile} was invited as {issued} and had to be as {expected}."),
    "issued": _("The round says that it issued {issued} invitations; it had to issue {expected}."),
    "cutoff": _("The round's cut-off is {issued} and had to be {expected}."),
    "tie_break": _("The round's tie-breaking instant is {issued} and had to be {expected}."),
    "digest": _(
        "The digest of the list that the history gives is {expected}; the round was stored with {issued}."
    ),
    "chain": _(
        "The log of {profile} is broken at row {row}: it moves from a state that was not the last one."
    ),
    "table": _("Row {row} of the log of {profile} is a move that the table of moves does not have."),
    "invite": _(
        "The log and the invitations disagree about {profile}: one of them says invited, the other does not."
    ),
    "facts": _(
        "{profile}: the score history says {issued} points; what was sent comes to {expected} by the rules."
    ),
}


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that does not hold. ``kind`` is a key of ``SAID``; ``profile_id`` is whom it is about, if anybody."""

    kind: str
    profile_id: int | None = None
    issued: str | int | None = None
    expected: str | int | None = None
    line: Line | None = None
    row: int | None = None

    def said(self, numbers: dict[int, str]) -> str:
        """Return it as a sentence; ``numbers`` are the profile numbers by key."""
        line = self.line
        return str(SAID[self.kind]).format(
            profile=numbers.get(self.profile_id or 0, f"#{self.profile_id}"),
            issued=self.issued,
            expected=self.expected,
            row=self.row,
            rank=line.rank if line else "",
            score=line.score if line else "",
            program=InvitedAs(line.invited_as).label if line else "",
        )


def numbers_of(doubts: Iterable[Doubt]) -> dict[int, str]:
    """Return the profile numbers of those whom doubts are about, by key, in one query."""
    keys = {doubt.profile_id for doubt in doubts if doubt.profile_id is not None}
    return dict(Profile.objects.filter(pk__in=keys).values_list("pk", "number"))


def of_lists(issued: Sequence[Line], expected: Sequence[Line]) -> Iterator[Doubt]:
    """Yield what parts two lists, by the place it has in the expected one, then what is there too much."""
    there = {line.profile_id: line for line in issued}
    for line in expected:
        found = there.get(line.profile_id)
        yield from _of_line(found, line) if found else [Doubt("missing", line.profile_id, line=line)]
    wanted = {line.profile_id for line in expected}
    for line in issued:
        if line.profile_id not in wanted:
            yield Doubt("extra", line.profile_id, line=line)


def _of_line(issued: Line, expected: Line) -> Iterator[Doubt]:
    pairs: tuple[tuple[str, str | int, str | int], ...] = (
        ("rank", issued.rank, expected.rank),
        ("score", issued.score, expected.score),
        ("program", issued.invited_as, expected.invited_as),
    )
    for kind, has, had in pairs:
        if has != had:
            yield Doubt(kind, expected.profile_id, has, had)


def of_result(held: Round, expected: Sequence[Line]) -> Iterator[Doubt]:
    """Yield what the round says of its result and the expected list does not."""
    last = expected[-1] if expected else None
    pairs: tuple[tuple[str, object, object], ...] = (
        ("issued", held.issued, len(expected)),
        ("cutoff", held.cutoff, last.score if last else None),
        ("tie_break", held.tie_break_at, last.submitted_at if last else None),
        ("digest", held.digest, digest_of(expected)),
    )
    for kind, has, had in pairs:
        if has != had:
            yield Doubt(kind, issued=_text(has), expected=_text(had))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
