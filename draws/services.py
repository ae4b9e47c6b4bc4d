"""What officers do with rounds: plan, preview, confirm, run, publish, cancel."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from accounts.desk.officer_log import Verb, about_record, note
from accounts.models import Message
from draws import history
from draws.digests import Line, digest_of
from draws.errors import RoundAlreadyStarted, RoundNotPlanned, SamePerson
from draws.models import Invitation, Round
from draws.queries import next_number, pool_by_band
from draws.selecting import ranked_parameters, ranked_sql, sharing_parameters
from draws.sight import newest_history
from lifecycle import moves
from lifecycle.errors import LostRace, NoSuchMove
from lifecycle.tables import RoundState
from profiles import ageing, pool_lock
from profiles.models import Profile
from rules import deadlines, parameters

NUMBERING_LOCK = 7_101


@dataclass(frozen=True)
class Invited:
    """One row of a selection, best first."""

    profile_id: int
    score: int
    submitted_at: datetime
    invited_as: str
    rank: int


@dataclass(frozen=True)
class Preview:
    """What a round would do now: its list, and how many share the lowest score."""

    invited: list[Invited]
    at_cutoff: int
    invited_at_cutoff: int

    @property
    def cutoff(self) -> int | None:
        return self.invited[-1].score if self.invited else None

    @property
    def tie_break_at(self) -> datetime | None:
        return self.invited[-1].submitted_at if self.invited else None


@transaction.atomic
def plan(*, planned: Round, officer_id: int | None, at: datetime) -> Round:
    """Save a new round as planned."""
    planned.planned_by_id = officer_id
    moves.begin(planned, "plan", at=at, actor_id=officer_id)
    _note(planned, Verb.PLANNED, officer_id, at)
    return planned


@transaction.atomic
def plan_next(*, planned: Round, officer_id: int | None, at: datetime) -> Round:
    """Save a new round as planned, under the next free number however many are planned at once.

    The same instruction by the same officer, not yet started, is the same round: sending it twice is once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING_LOCK])
    if (same := _planned_alike(planned, officer_id)) is not None:
        return same
    planned.number = next_number(history.last_number())
    return plan(planned=planned, officer_id=officer_id, at=at)


def _planned_alike(planned: Round, officer_id: int | None) -> Round | None:
    instruction = ("round_type", "programs", "category", "size", "planned_for")
    alike = {name: getattr(planned, name) for name in instruction}
    return (
        Round.objects.filter(state=RoundState.PLANNED, planned_by=officer_id, **alike).order_by("pk").first()
    )


def preview(*, planned: Round, at: datetime) -> Preview:
    """Return whom the round would invite if it ran on the pool as it is now. Changes nothing."""
    invited = _select(ranked_parameters(planned, at))
    if not invited:
        return Preview([], 0, 0)
    cutoff = invited[-1].score
    sharing = _select(sharing_parameters(planned, at, cutoff))
    return Preview(invited, len(sharing), sum(row.score == cutoff for row in invited))


@transaction.atomic
def confirm(*, planned: Round, officer_id: int, at: datetime, why: str = "") -> Round:
    """Let a planned round run by itself at its time, as the second of two officers.

    Doing it twice is once, whoever was first. Raises ``SamePerson`` for the one who planned it,
    ``RoundAlreadyStarted`` once it is no longer planned.
    """
    if _planner_of(planned) == officer_id:
        raise SamePerson
    waiting = Round.objects.filter(pk=planned.pk, state=RoundState.PLANNED)
    if waiting.filter(confirmed_by=None).update(confirmed_by=officer_id, confirmed_at=at):
        _note(planned, Verb.CONFIRMED, officer_id, at, why)
    elif not waiting.exists():
        raise RoundAlreadyStarted
    return planned


@transaction.atomic
def queue(*, planned: Round, officer_id: int | None, at: datetime, why: str = "") -> Round:
    """Start a planned round: the job takes it from here. However many press the button, it starts once.

    Raises ``SamePerson`` for the one who planned it where the settings ask for four eyes, ``RoundAlreadyStarted``
    for all but the first.
    """
    if settings.EEPORTAL_FOUR_EYES and _planner_of(planned) == officer_id:
        raise SamePerson
    try:
        moves.move(planned, "queue", at=at, actor_id=officer_id)
    except (LostRace, NoSuchMove):
        raise RoundAlreadyStarted from None
    planned.queued_by_id, planned.queued_at = officer_id, at
    planned.save(update_fields=["queued_by", "queued_at"])
    _note(planned, Verb.STARTED, officer_id, at, why)
    return planned


def queue_due(*, at: datetime) -> list[int]:
    """Start every planned round whose time has come; return their ids.

    Where the settings ask for four eyes, those that nobody confirmed stay planned.
    """
    due = Round.objects.due(at)
    if settings.EEPORTAL_FOUR_EYES:
        due = due.confirmed()
    return moves.move_many(Round, due.values_list("pk", flat=True), "queue", at=at, cause="planned time")


def run(*, round_id: int, at: datetime) -> Round:
    """Run a queued round, once, whoever else tries at the same time or died trying; return it as it is then.

    What is due is assessed first. Then one transaction holds the pool's lock alone and does all or nothing:
    select, invite, move, log, tell, complete.
    """
    queued = Round.objects.get(pk=round_id)
    if not _waits(queued):
        return queued
    Round.objects.filter(pk=round_id, started_at=None).update(started_at=at)
    while count := ageing.assess_batch(at):
        queued.assessed += count
        Round.objects.filter(pk=round_id).update(assessed=queued.assessed)
    return _run_at_once(round_id, at)


@transaction.atomic
def publish(*, completed: Round, officer_id: int | None, at: datetime) -> Round:
    """Show a completed round to everybody. Raises ``LostRace`` or ``NoSuchMove`` when it cannot be."""
    moves.move(completed, "publish", at=at, actor_id=officer_id)
    completed.published_at = at
    completed.save(update_fields=["published_at"])
    _note(completed, Verb.PUBLISHED, officer_id, at)
    return completed


@transaction.atomic
def cancel(*, planned: Round, officer_id: int | None, at: datetime, why: str = "") -> Round:
    """Cancel a planned round. Raises ``RoundNotPlanned`` once it has started."""
    try:
        moves.move(planned, "cancel", at=at, actor_id=officer_id)
    except (LostRace, NoSuchMove):
        raise RoundNotPlanned from None
    _note(planned, Verb.CANCELLED, officer_id, at, why)
    return planned


def _planner_of(planned: Round) -> int | None:
    """Return who planned the round as the database knows it, whatever the caller's copy says."""
    return Round.objects.values_list("planned_by", flat=True).get(pk=planned.pk)


def _note(about: Round, verb: Verb, officer_id: int | None, at: datetime, why: str = "") -> None:
    """Write an officer's act to the log; what the portal does by itself is none."""
    if officer_id is not None:
        note(officer_id=officer_id, verb=verb, about=about_record(about, about.number), why=why, at=at)


@transaction.atomic
def _run_at_once(round_id: int, at: datetime) -> Round:
    pool_lock.take_alone()
    running = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    if not _waits(running):
        return running
    while count := ageing.assess_batch(at):
        running.assessed += count
    running.pool_bands = pool_by_band(at)
    running.assessments_to, running.log_to = newest_history()
    rows = _invite(running, at)
    running.ran_at, running.issued = at, len(rows)
    running.parameters = parameters.VERSION
    running.digest = digest_of(rows)
    if rows:
        running.cutoff, running.tie_break_at = rows[-1].score, rows[-1].submitted_at
    running.save()
    moves.move(running, "complete", at=at, actor_id=running.queued_by_id)
    return running


def _waits(found: Round) -> bool:
    """Whether the round still waits to run: whoever finds it otherwise came second."""
    return found.state == RoundState.QUEUED


def _select(parameters_of_selection: dict[str, Any]) -> list[Invited]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT profile_id, score, submitted_at, invited_as, rank FROM ({ranked_sql()}) AS ranked ORDER BY rank",
            parameters_of_selection,
        )
        return [Invited(*row) for row in cursor.fetchall()]


def _invite(running: Round, at: datetime) -> list[Line]:
    """Invite, move, log and tell in one statement; return the list, best first."""
    deadline = deadlines.invitation_deadline(at)
    values: dict[str, Any] = {
        **ranked_parameters(running, at),
        **moves.log_parameters(at=at, actor_id=running.queued_by_id, cause=f"round {running.number}"),
        "round": running.pk,
        "number": running.number,
        "deadline": deadline,
        "deadline_text": deadline.isoformat(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_invite_sql(), values)
        return [Line(*row) for row in cursor.fetchall()]


def _invite_sql() -> str:
    first_state, invitation_log = moves.begin_chosen_sql("draws.Invitation", "issue", "invited")
    moved = moves.move_chosen_sql("profiles.PoolEntry", "invite", "ranked", "profile_id")
    return f"""
        WITH ranked AS MATERIALIZED ({ranked_sql()}),
        {moved},
        invited AS (
            INSERT INTO {Invitation._meta.db_table}
                (round_id, profile_id, rank, score, invited_as, state, issued_at, expires_at)
            SELECT %(round)s, profile_id, rank, score, invited_as, '{first_state}', %(at)s, %(deadline)s FROM ranked
            RETURNING id, profile_id, rank, score, invited_as
        ),
        invitation_log AS ({invitation_log}),
        told AS (
            INSERT INTO {Message._meta.db_table} (account_id, kind, details, at, key, email_wanted)
            SELECT profile.account_id, 'invitation',
                   jsonb_build_object('round', %(number)s::int, 'invitation', invited.id, 'rank', invited.rank,
                       'number', profile.number, 'score', invited.score, 'program', invited.invited_as,
                       'deadline_at', %(deadline_text)s::text),
                   %(at)s, gen_random_uuid(), true
            FROM invited JOIN {Profile._meta.db_table} AS profile ON profile.id = invited.profile_id
        )
        SELECT rank, profile_id, score, submitted_at, invited_as FROM ranked ORDER BY rank"""
