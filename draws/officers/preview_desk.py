"""What the preview of a planned round shows to officers. Changes nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.utils.functional import Promise

from draws.charts.pool_charts import PoolChart, pool_chart, ten_point_bands
from draws.models import InvitedAs, Round, RoundType
from draws.officers.breakdowns import Breakdown, breakdown
from draws.officers.desk import due_at
from draws.public.history import published_rounds
from draws.public.register import Listed, in_order, kinds_of, listed_ours, listed_theirs
from draws.queries import pool_by_score
from draws.running.instructing import is_confirmed, utc_day, version_holds
from draws.running.previewing import Invited, Preview, preview
from lifecycle.tables import RoundState
from profiles.models import Profile

CANDIDATES_A_PAGE = 10


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
class Comparison:
    """The last round of the same kind beside the preview: ``points`` and ``invitations`` are more than there."""

    last: Listed
    invitations: int
    points: int | None


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a planned round would do now, as its page shows it."""

    result: Preview
    count: int
    pool: int
    chart: PoolChart
    programs: list[ProgramRow]
    parts: Breakdown
    compared: Comparison | None
    due: int
    running: list[int]
    page: Page[Invited]
    candidates: list[CandidateRow]

    @property
    def share(self) -> float:
        return self.count / self.pool if self.pool else 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """What an officer may do with a planned round, and what holds it up.

    ``overdue``: its time has come. ``confirmed``: another officer confirmed it as it is; ``changed``: confirmed, but
    its instruction says something else now. ``early`` and ``over``: its two dates lie ahead, or are both past.
    ``other_version``: the version of its category is not in force today. ``followable``: none of these three.
    """

    four_eyes: bool
    planner: bool
    overdue: bool
    confirmed: bool
    changed: bool
    early: bool
    over: bool
    other_version: bool

    @property
    def followable(self) -> bool:
        return not (self.early or self.over or self.other_version)

    @property
    def may_run(self) -> bool:
        """Whether this officer may start it now."""
        return self.followable and not (self.four_eyes and self.planner)

    @property
    def may_confirm(self) -> bool:
        """Whether this officer may let it run at its time."""
        return not (self.planner or self.overdue or self.confirmed)


def way_of(held: Round, officer_id: int | None, at: datetime) -> Way:
    """Return what an officer may do with a planned round at an instant."""
    day = utc_day(at)
    confirmed = is_confirmed(held)
    return Way(
        four_eyes=settings.EEPORTAL_FOUR_EYES,
        planner=held.planned_by_id == officer_id,
        overdue=held.planned_for <= at,
        confirmed=confirmed,
        changed=held.confirmed_by_id is not None and not confirmed,
        early=held.period is not None and day < held.period[0],
        over=held.period is not None and day > held.period[1],
        other_version=not version_holds(held, day),
    )


def preview_of(planned: Round, at: datetime, page: str | None) -> PreviewPage:
    """Return what a planned round would do if it ran now, with one page of its list of candidates."""
    result = preview(planned=planned, at=at)
    by_score = pool_by_score(at)
    shown = Paginator(result.invited, CANDIDATES_A_PAGE).get_page(page)
    everybody = planned.round_type == RoundType.GENERAL
    return PreviewPage(
        result=result,
        count=len(result.invited),
        pool=sum(by_score.values()),
        chart=pool_chart(ten_point_bands(by_score), cutoff=result.cutoff, invites=everybody),
        programs=programs_of(result.invited),
        parts=breakdown(result.profiles, (row.score for row in result.invited)),
        compared=compared(planned, result, at),
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


def compared(planned: Round, result: Preview, at: datetime) -> Comparison | None:
    """Return the preview beside the last round of its kind, ours or IRCC's; ``None`` before the first."""
    last = last_of_kind(planned, at)
    if last is None:
        return None
    points = None if result.cutoff is None or last.cutoff is None else result.cutoff - last.cutoff
    return Comparison(last, len(result.invited) - last.invitations, points)


def last_of_kind(planned: Round, at: datetime) -> Listed | None:
    """Return the last round that invited the same kind of candidates, published or only completed."""
    kinds = kinds_of(planned)
    alike = Round.objects.filter(
        round_type=planned.round_type,
        programs=planned.programs,
        category=planned.category,
        state__in=(RoundState.COMPLETED, RoundState.PUBLISHED),
    )
    ours = [listed_ours(held) for held in alike.order_by("-ran_at", "-number")[:1]]
    theirs = [held for held in published_rounds() if (held.kind,) == kinds and held.day <= at.date()]
    found = ours + [listed_theirs(held) for held in theirs[-1:]]
    return max(found, key=in_order, default=None)
