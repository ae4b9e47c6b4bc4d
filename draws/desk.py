"""What the officers' pages show of a round and of the pool, computed from plain values. Changes nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Message
from draws import services
from draws.bands import BANDS, Band
from draws.charts import PoolChart, pool_chart, ten_point_bands
from draws.models import InvitedAs, Round, RoundType
from draws.queries import pool_by_score
from draws.register import KINDS, kinds_of
from draws.results import Result, result_of_ours
from draws.services import Invited, Preview
from lifecycle.models import Transition
from lifecycle.tables import AGEING_PROFILE, ROUND, RoundState
from profiles.models import PoolEntry, Profile

CANDIDATES_A_PAGE = 10
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
    """A round in the officers' list."""

    round: Round
    names: list[Promise]
    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class BandRow:
    """One of IRCC's score bands and how many candidates are in it; ``share`` is between 0 and 1."""

    band: Band
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class ProgramRow:
    """How many would be invited under a program, and between which scores."""

    name: str | Promise
    count: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One candidate of the list that would be invited."""

    invited: Invited
    number: str
    program: str | Promise


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a planned round would do now, as its page shows it."""

    result: Preview
    count: int
    pool: int
    chart: PoolChart
    programs: list[ProgramRow]
    due: int
    running: list[int]
    page: Page[Invited]
    candidates: list[CandidateRow]

    @property
    def share(self) -> float:
        return self.count / self.pool if self.pool else 0.0


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
    return Row(held, names, STATUS[RoundState(held.state)], held.get_state_display())


def bands_of(by_score: Mapping[int, int]) -> list[BandRow]:
    """Return the pool in IRCC's bands, the highest first."""
    total = sum(by_score.values())
    counts = [sum(by_score.get(score, 0) for score in range(band.low, band.high + 1)) for band in BANDS]
    return [
        BandRow(band, count, count / total if total else 0.0)
        for band, count in zip(BANDS, counts, strict=True)
    ]


def preview_of(planned: Round, at: datetime, page: str | None) -> PreviewPage:
    """Return what a planned round would do if it ran now, with one page of its list of candidates."""
    result = services.preview(planned=planned, at=at)
    by_score = pool_by_score(at)
    shown = Paginator(result.invited, CANDIDATES_A_PAGE).get_page(page)
    everybody = planned.round_type == RoundType.GENERAL
    return PreviewPage(
        result=result,
        count=len(result.invited),
        pool=sum(by_score.values()),
        chart=pool_chart(ten_point_bands(by_score), cutoff=result.cutoff, invites=everybody),
        programs=programs_of(result.invited),
        due=due_at(at),
        running=list(Round.objects.queued().order_by("number").values_list("number", flat=True)),
        page=shown,
        candidates=candidates_of(shown.object_list),
    )


def programs_of(invited: Iterable[Invited]) -> list[ProgramRow]:
    """Return how many would be invited under each program, in the order in which programs are tried."""
    scores: dict[str, list[int]] = {}
    for row in invited:
        scores.setdefault(row.invited_as, []).append(row.score)
    return [
        ProgramRow(program.label, len(scores[program]), min(scores[program]), max(scores[program]))
        for program in InvitedAs
        if program in scores
    ]


def candidates_of(invited: Iterable[Invited]) -> list[CandidateRow]:
    """Return some of the invited with their profile numbers, in one query."""
    rows = list(invited)
    profiles = Profile.objects.in_bulk([row.profile_id for row in rows])
    return [
        CandidateRow(row, profiles[row.profile_id].number, InvitedAs(row.invited_as).label) for row in rows
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
    """Return what happened to a round so far, the first move first."""
    moves = Transition.objects.filter(machine=ROUND.name, thing_id=held.pk).select_related("actor")
    return [
        Logged(EVENTS[move.event], move.at, move.actor.get_username() if move.actor else None)
        for move in moves.order_by("id")
    ]
