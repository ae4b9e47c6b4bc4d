"""What officers do with rounds: plan, preview, confirm, run, publish, cancel."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F

from accounts.desk.officer_log import Verb, about_record, note
from accounts.models import Message
from draws.errors import RoundAlreadyStarted, RoundNotPlanned, SamePerson
from draws.models import Invitation, Round
from draws.public import history
from draws.queries import next_number, pool_by_band
from draws.running import seeing
from draws.running.digests import Line, digest_of
from draws.running.instructing import (
    completed,
    digest_of_instruction,
    in_force,
    is_confirmed,
    require_in_force,
)
from draws.running.previewing import Confirmed, Preview, preview
from draws.running.selecting import left_at, ranked_parameters, ranked_sql
from draws.running.sight import newest_history
from lifecycle import moves
from lifecycle.errors import LostRace, NoSuchMove
from lifecycle.tables import RoundState
from profiles import ageing, pool_lock
from profiles.models import Profile
from rules import deadlines, parameters

NUMBERING_LOCK = 7_101

__all__ = [
    "Confirmed",
    "Preview",
    "cancel",
    "confirm",
    "plan",
    "plan_next",
    "preview",
    "publish",
    "queue",
    "queue_due",
    "run",
]


@transaction.atomic
def plan(*, planned: Round, officer_id: int | None, at: datetime, cause: str = "") -> Round:
    """Save a new round as planned, its instruction complete.

    With a ``cause`` the portal plans it by itself, in the name of an officer whose act it is not.
    Raises ``CategoryNotInForce`` for a category, or a version of it, that is not in force on the planned day.
    """
    completed(planned)
    planned.planned_by_id = officer_id
    moves.begin(planned, "plan", at=at, actor_id=None if cause else officer_id, cause=cause)
    if not cause:
        _note(planned, Verb.PLANNED, officer_id, at)
    return planned


@transaction.atomic
def plan_next(*, planned: Round, officer_id: int | None, at: datetime, cause: str = "") -> Round:
    """Save a new round as planned, under the next free number however many are planned at once.

    The same instruction by the same officer, not yet started, is the same round: sending it twice is once.
    What the portal plans by itself, with a ``cause``, is never the same as another.
    """
    completed(planned)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING_LOCK])
    if not cause and (same := _planned_alike(planned, officer_id)) is not None:
        return same
    planned.number = next_number(history.last_number())
    return plan(planned=planned, officer_id=officer_id, at=at, cause=cause)


def _planned_alike(planned: Round, officer_id: int | None) -> Round | None:
    instruction = (
        "round_type",
        "programs",
        "category",
        "category_version",
        "size",
        "planned_for",
        "period_from",
    )
    alike = {name: getattr(planned, name) for name in instruction}
    typed = Round.objects.filter(state=RoundState.PLANNED, planned_by=officer_id, occurrence=None)
    return typed.filter(**alike).order_by("pk").first()


@transaction.atomic
def confirm(
    *, planned: Round, officer_id: int, at: datetime, why: str = "", confirmed: Confirmed | None = None
) -> Round:
    """Let a planned round run by itself at its time, as the second of two officers: the instruction as it is now.

    Doing it twice is once, whoever was first; an instruction that was changed since takes a new confirmation.
    ``confirmed`` is the preview that the officer looked at: it is kept with the round, to be compared with what comes.
    Raises ``SamePerson`` for the one who planned it, ``RoundAlreadyStarted`` once it is no longer planned,
    ``PreviewChanged`` when that preview no longer holds.
    """
    if _planner_of(planned) == officer_id:
        raise SamePerson
    held = _still_planned(planned)
    if is_confirmed(held):
        return planned
    _look_again(held, officer_id, at, confirmed)
    held.confirmed_by_id, held.confirmed_at = officer_id, at
    held.confirmed_instruction = digest_of_instruction(held)
    held.save(update_fields=["confirmed_by", "confirmed_at", "confirmed_instruction"])
    _note(held, Verb.CONFIRMED, officer_id, at, why)
    return planned


@transaction.atomic
def queue(
    *,
    planned: Round,
    officer_id: int | None,
    at: datetime,
    why: str = "",
    confirmed: Confirmed | None = None,
) -> Round:
    """Start a planned round: the job takes it from here. However many press the button, it starts once.

    ``confirmed`` is the preview that the officer looked at; without one nobody did, and none is compared.
    Raises ``SamePerson`` for the one who planned it where the settings ask for four eyes, ``RoundAlreadyStarted``
    for all but the first, ``PreviewChanged`` when that preview no longer holds, ``CategoryNotInForce`` and
    ``OutsideThePeriod`` when the instruction cannot be followed now.
    """
    if settings.EEPORTAL_FOUR_EYES and _planner_of(planned) == officer_id:
        raise SamePerson
    held = _still_planned(planned)
    require_in_force(held, at)
    _look_again(held, officer_id, at, confirmed)
    try:
        moves.move(planned, "queue", at=at, actor_id=officer_id)
    except (LostRace, NoSuchMove):
        raise RoundAlreadyStarted from None
    planned.queued_by_id, planned.queued_at = officer_id, at
    planned.save(update_fields=["queued_by", "queued_at"])
    _note(planned, Verb.STARTED, officer_id, at, why)
    return planned


def queue_due(*, at: datetime) -> list[int]:
    """Start every planned round whose time has come and whose instruction can be followed now; return their ids.

    Where the settings ask for four eyes, those stay planned that nobody confirmed; everywhere those whose instruction
    was changed after its confirmation.
    """
    due = [held.pk for held in Round.objects.due(at) if _may_start_by_itself(held, at)]
    return moves.move_many(Round, due, "queue", at=at, cause="planned time")


def _may_start_by_itself(held: Round, at: datetime) -> bool:
    unconfirmed = held.confirmed_by_id is None and not settings.EEPORTAL_FOUR_EYES
    return in_force(held, at) and (unconfirmed or is_confirmed(held))


def _still_planned(planned: Round) -> Round:
    """Return the round as the database has it, locked, or raise ``RoundAlreadyStarted``."""
    held = (
        Round.objects.select_for_update(of=("self",)).filter(pk=planned.pk, state=RoundState.PLANNED).first()
    )
    if held is None:
        raise RoundAlreadyStarted
    return held


def _look_again(held: Round, officer_id: int | None, at: datetime, confirmed: Confirmed | None) -> None:
    if confirmed is None or officer_id is None:
        return
    now = seeing.require_unchanged(planned=held, confirmed=confirmed, at=at)
    seeing.keep(planned=held, seen=now, officer_id=officer_id, at=at)


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
        # Another worker may have run it meanwhile, and what came of a round is never changed.
        Round.objects.queued().filter(pk=round_id).update(assessed=F("assessed") + count)
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
        running.left_at_cutoff, running.left_at_instant = left_at(running, at, rows[-1])
    running.save()
    moves.move(running, "complete", at=at, actor_id=running.queued_by_id)
    return running


def _waits(found: Round) -> bool:
    """Whether the round still waits to run: whoever finds it otherwise came second."""
    return found.state == RoundState.QUEUED


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
