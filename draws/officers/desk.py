"""What the officers' pages show of a round and of the pool, computed from plain values. Changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Message
from draws.charts.bands import BANDS, Band
from draws.models import Occurrence, RecurringPlan, Round
from draws.public.register import KINDS, kinds_of
from draws.public.results import Result, result_of_ours
from lifecycle.models import Transition
from lifecycle.tables import AGEING_PROFILE, ROUND, RoundState
from profiles.models import PoolEntry

# The shape that stands beside a round's state.
STATUS = {
    RoundState.PLANNED: "part",
    RoundState.QUEUED: "live",
    RoundState.COMPLETED: "attention",
    RoundState.PUBLISHED: "done",
    RoundState.CANCELLED: "todo",
}
EVENTS: Mapping[str, Promise] = {
    "plan": _("Planned"),
    "queue": _("Started"),
    "cancel": _("Cancelled"),
    "complete": _("Completed"),
    "publish": _("Published"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A round in the officers' list; ``plan`` is the recurring plan that made it, if one did."""

    round: Round
    names: list[Promise]
    kind: str
    word: str
    plan: RecurringPlan | None


@dataclass(frozen=True, slots=True)
class BandRow:
    """One of IRCC's score bands and how many candidates are in it; ``share`` is between 0 and 1."""

    band: Band
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a started round is: ``to_assess`` are left to assess, ``sent`` of ``issued`` are told."""

    started: bool
    ran: bool
    assessed: int
    to_assess: int
    issued: int
    sent: int

    @property
    def complete(self) -> bool:
        return self.ran and self.sent >= self.issued


@dataclass(frozen=True, slots=True)
class Logged:
    """What happened to a round: when on the portal's clock, and by whom (``None``: by itself)."""

    what: str | Promise
    at: datetime
    who: str | None


def rows_of(rounds: Iterable[Round]) -> list[Row]:
    """Return rounds as rows of the officers' list."""
    return [row_of(held) for held in rounds]


def row_of(held: Round) -> Row:
    """Return a round as a row of the officers' list."""
    names = [KINDS[kind] for kind in kinds_of(held)]
    occurrence: Occurrence | None = getattr(held, "occurrence", None)
    plan = occurrence.plan if occurrence else None
    return Row(held, names, STATUS[RoundState(held.state)], held.get_state_display(), plan)


def bands_of(by_score: Mapping[int, int]) -> list[BandRow]:
    """Return the pool in IRCC's bands, the highest first."""
    total = sum(by_score.values())
    counts = [sum(by_score.get(score, 0) for score in range(band.low, band.high + 1)) for band in BANDS]
    return [
        BandRow(band, count, count / total if total else 0.0)
        for band, count in zip(BANDS, counts, strict=True)
    ]


def due_at(at: datetime) -> int:
    """Return how many profiles are due to be assessed anew."""
    waiting = PoolEntry.objects.filter(state__in=AGEING_PROFILE, expires_at__gt=at)
    return waiting.filter(next_change_on__lte=at.date()).count()


def progress_of(held: Round, at: datetime) -> Progress:
    """Return how far a round is that was started."""
    return Progress(
        started=held.started_at is not None,
        ran=held.ran_at is not None,
        assessed=held.assessed,
        to_assess=0 if held.ran_at else due_at(at),
        issued=held.issued or 0,
        sent=sent_of(held, held.ran_at) if held.ran_at else 0,
    )


def sent_of(held: Round, ran_at: datetime) -> int:
    """Return how many of the round's messages have been announced by e-mail."""
    told = Message.objects.filter(account__profiles__invitations__round=held, kind="invitation", at=ran_at)
    return told.exclude(emailed_at=None).count()


def result_of(held: Round) -> Result | None:
    """Return the results of a round once it ran."""
    return result_of_ours(held) if held.ran_at else None


def log_of(held: Round) -> list[Logged]:
    """Return what happened to a round so far, first to last. A confirmation is no move: it comes as the latest one."""
    moves = Transition.objects.filter(machine=ROUND.name, thing_id=held.pk).select_related("actor")
    logged = [
        Logged(EVENTS[move.event], move.at, move.actor.get_username() if move.actor else None)
        for move in moves.order_by("id")
    ]
    if held.confirmed_by is None or held.confirmed_at is None:
        return logged
    confirmed = Logged(_("Confirmed for its time"), held.confirmed_at, held.confirmed_by.get_username())
    return [*logged[:1], confirmed, *logged[1:]]
