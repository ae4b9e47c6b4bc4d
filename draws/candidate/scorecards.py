"""A candidate's score as its page shows it: the number, the place in the pool, and the 16 lines explained."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from draws import queries
from draws.candidate.outlooks import Day, next_day
from draws.candidate.past_rounds import PastYear, Standpoint, past_year, rounds_of_the_year
from draws.candidate.score_lines import SectionShown, sections_of
from draws.charts.pool_charts import PoolChart, pool_chart, ten_point_bands
from draws.correcting.told import Withdrawn, withdrawn_last
from draws.models import Category, Invitation, InvitedAs
from draws.public import register
from draws.public.register import Listed
from draws.queries import Standing
from draws.what_if.steps_shown import StepShown, top_steps
from lifecycle.tables import AGEING_PROFILE, LIVE_PROFILE, ProfileState
from profiles.models import PoolEntry, Profile
from profiles.scenarios import Basis, basis_of_profile
from rules.categories import CATEGORY_BITS
from rules.explanation import explain
from rules.programs import PROGRAM_BITS

COMPARED = (ProfileState.IN_POOL, ProfileState.INVITED)
"""The states in which past rounds are compared: those of who stands in the pool, or stood there until invited."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a candidate stands: ``ahead_in_score`` of those who share the score were first to submit."""

    standing: Standing
    ahead_in_score: int
    chart: PoolChart

    @property
    def sharing(self) -> int:
        """How many others have the same score."""
        return self.standing.same_score - 1

    @property
    def behind(self) -> int:
        return self.standing.total - self.standing.rank

    @property
    def ahead(self) -> int:
        return self.standing.rank - 1


@dataclass(frozen=True, slots=True)
class OpenRound:
    """The latest round of a kind that is open to the candidate; ``short`` is how many points were missing."""

    name: str | Promise
    held: Listed
    short: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything on the score page. ``place`` is ``None`` for who is not in the pool.

    ``next_day`` is the next day on which time alone changes points, programs or categories. ``past`` is what the
    rounds of the past 12 months would have meant, ``steps`` are the three best steps.
    """

    profile: Profile
    entry: PoolEntry
    state: str
    sections: list[SectionShown]
    place: Place | None
    invitation: Invitation | None
    withdrawn: Withdrawn | None
    rounds: list[OpenRound]
    next_day: Day | None
    past: PastYear | None
    steps: list[StepShown]


def scorecard(profile: Profile, at: datetime) -> Scorecard:
    """Return the score page of a profile read together with its pool entry, at an instant."""
    entry = profile.entry
    state = entry.state_at(at)
    basis = basis_of_profile(profile, entry.as_of)
    in_pool = state == ProfileState.IN_POOL
    held = rounds_of_the_year(at.date()) if state in COMPARED else []
    return Scorecard(
        profile=profile,
        entry=entry,
        state=state,
        sections=sections_of(explain(basis.facts, entry.as_of)),
        place=place_of(entry, at) if in_pool else None,
        invitation=queries.open_invitation(profile.pk) if state == ProfileState.INVITED else None,
        withdrawn=withdrawn_last(profile.pk),
        rounds=open_rounds(entry, held) if in_pool else [],
        next_day=next_day(basis.facts, entry.as_of) if state in LIVE_PROFILE else None,
        past=past_year(standpoint_of(entry, basis), held) if state in COMPARED else None,
        steps=top_steps(basis, entry.as_of) if state in AGEING_PROFILE else [],
    )


def standpoint_of(entry: PoolEntry, basis: Basis) -> Standpoint:
    """Return what a round reads of a profile in the pool."""
    return Standpoint(entry.score, entry.programs, basis.facts, entry.submitted_at, entry.as_of)


def place_of(entry: PoolEntry, at: datetime) -> Place:
    """Return where an entry stands in the pool, with the picture of it."""
    by_score = queries.pool_by_score(at)
    standing = queries.standing(entry, by_score, at)
    higher = sum(count for score, count in by_score.items() if score > entry.score)
    chart = pool_chart(ten_point_bands(by_score), you=entry.score)
    return Place(standing, standing.rank - 1 - higher, chart)


def open_rounds(entry: PoolEntry, past: Iterable[Listed]) -> list[OpenRound]:
    """Return the latest of the given rounds for each kind that could invite this candidate, latest first."""
    latest: dict[str, Listed] = {}
    for held in past:
        if held.cutoff is not None:
            for kind in held.kinds:
                latest.setdefault(kind, held)
    mine = [kind for kind in latest if kind in kinds_open_to(entry)]
    return [
        OpenRound(register.KINDS[kind], latest[kind], (latest[kind].cutoff or 0) - entry.score)
        for kind in mine
    ]


def kinds_open_to(entry: PoolEntry) -> set[str]:
    """Return the kinds of round that may invite a candidate in the pool."""
    programs = {program.lower() for program in InvitedAs if entry.programs & PROGRAM_BITS[program]}
    categories = {str(category) for category in Category if entry.categories & CATEGORY_BITS[category]}
    return {"general", *programs, *categories}
