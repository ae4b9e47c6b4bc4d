"""What officers do with recurring plans: set up, change, start, pause, resume, end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.desk.officer_log import Verb, about_record, note
from draws import services
from draws.models import Occurrence, RecurringPlan, RecurringStep, Round, Skipped
from draws.models.recurring import MOST_STEPS
from draws.recurring import turns
from draws.recurring.errors import NoDaysLeft, NoRounds, NoSuchTurn, PlanRuns, TooManyRounds
from lifecycle import moves
from lifecycle.tables import RecurringState, RoundState

CHANGEABLE = (RecurringState.DRAFT, RecurringState.PAUSED)
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Act:
    """What an officer does with a plan, for the log."""

    verb: Verb
    officer_id: int
    at: datetime
    why: str


@transaction.atomic
def set_up(*, told: dict[str, Any], officer_id: int, at: datetime) -> RecurringPlan:
    """Keep a new plan with its name, rule and hour. It does nothing until it has a round and is started."""
    made = RecurringPlan(**told, author_id=officer_id, settled_to=at)
    moves.begin(made, "set_up", at=at, actor_id=officer_id)
    _note(made, Act(Verb.SET_UP, officer_id, at, ""))
    return made


@transaction.atomic
def change(*, plan: RecurringPlan, told: dict[str, Any], officer_id: int, at: datetime) -> RecurringPlan:
    """Change a plan's name, rule or hour; who changes it is its author from then on.

    Raises ``PlanRuns`` unless it is being set up or paused.
    """
    held = _changeable(plan, at)
    for name, value in told.items():
        setattr(held, name, value)
    return _changed(held, officer_id, at)


@transaction.atomic
def put_step(
    *, plan: RecurringPlan, position: int | None, told: dict[str, Any], officer_id: int, at: datetime
) -> RecurringPlan:
    """Add a round at the end of those that take turns, or change the one at a place.

    Raises ``PlanRuns``, ``TooManyRounds`` beyond four, ``NoSuchTurn`` for a place that has none.
    """
    held = _changeable(plan, at)
    count = held.steps.count()
    if position is None and count >= MOST_STEPS:
        raise TooManyRounds
    if position is not None and not 1 <= position <= count:
        raise NoSuchTurn
    held.steps.update_or_create(position=position or count + 1, defaults=told)
    return _changed(held, officer_id, at)


@transaction.atomic
def remove_step(*, plan: RecurringPlan, position: int, officer_id: int, at: datetime) -> RecurringPlan:
    """Take a round out of those that take turns; the later ones move up, and who had the last turn keeps it.

    Raises ``PlanRuns``, and ``NoSuchTurn`` for a place that has none.
    """
    held = _changeable(plan, at)
    if not held.steps.filter(position=position).delete()[0]:
        raise NoSuchTurn
    for later in held.steps.filter(position__gt=position).order_by("position"):
        RecurringStep.objects.filter(pk=later.pk).update(position=later.position - 1)
    held.last_turn -= int(held.last_turn >= position)
    return _changed(held, officer_id, at)


@transaction.atomic
def start(*, plan: RecurringPlan, officer_id: int, at: datetime, why: str = "") -> RecurringPlan:
    """Let a plan run from now on. Raises ``NoRounds`` or ``NoDaysLeft`` when it would plan nothing."""
    held = _locked(plan)
    if not held.steps.exists():
        raise NoRounds
    return _go(held, "start", Act(Verb.STARTED, officer_id, at, why))


@transaction.atomic
def pause(
    *, plan: RecurringPlan, officer_id: int, at: datetime, why: str = "", cancel: bool = False
) -> RecurringPlan:
    """Let a plan rest: nothing more is planned by it. Its rounds that wait are cancelled or stay, as told."""
    held = _locked(plan)
    moves.move(held, "pause", at=at, actor_id=officer_id)
    settle(held, at, Skipped.LATE)
    return _rested(held, Act(Verb.PAUSED, officer_id, at, why), cancel=cancel)


@transaction.atomic
def resume(*, plan: RecurringPlan, officer_id: int, at: datetime, why: str = "") -> RecurringPlan:
    """Let a paused plan go on with the step whose turn it is. Days that passed meanwhile are skipped.

    Raises ``NoRounds`` or ``NoDaysLeft`` when it would plan nothing.
    """
    held = _locked(plan)
    if not held.steps.exists():
        raise NoRounds
    settle(held, at, Skipped.PAUSED)
    return _go(held, "resume", Act(Verb.RESUMED, officer_id, at, why))


@transaction.atomic
def end(
    *, plan: RecurringPlan, officer_id: int, at: datetime, why: str = "", cancel: bool = False
) -> RecurringPlan:
    """End a plan for good. Its rounds that wait are cancelled or stay, as told."""
    held = _locked(plan)
    before = held.state
    moves.move(held, "end", at=at, actor_id=officer_id)
    if before != RecurringState.DRAFT:
        settle(held, at, Skipped.LATE if before == RecurringState.RUNNING else Skipped.PAUSED)
    return _rested(held, Act(Verb.ENDED, officer_id, at, why), cancel=cancel)


def waiting_rounds(plan: RecurringPlan) -> QuerySet[Round]:
    """Return the rounds of a plan that were made, are not confirmed and have not started."""
    found = Round.objects.filter(occurrence__plan=plan, state=RoundState.PLANNED, confirmed_by=None)
    return found.order_by("planned_for", "pk")


def settle(held: RecurringPlan, at: datetime, why: Skipped) -> int:
    """Write down the days that passed without a round, and why; return how many. ``held`` is locked."""
    known = set(held.occurrences.filter(day__gte=held.settled_to.date()).values_list("day", flat=True))
    passed = (day for day in turns.passed_days(held, at) if day not in known)
    skipped = 0
    while batch := list(islice(passed, BATCH)):
        skipped += len(_skip(held, batch, at, why))
    if at > held.settled_to:
        held.settled_to = at
        held.save(update_fields=["settled_to"])
    return skipped


def _skip(held: RecurringPlan, days: Iterable[date], at: datetime, why: Skipped) -> list[Occurrence]:
    return Occurrence.objects.bulk_create(
        Occurrence(plan=held, day=day, skipped=why.value, at=at) for day in days
    )


def _locked(plan: RecurringPlan) -> RecurringPlan:
    """Return the plan as it is now; nobody else changes it, or plans its rounds, before this transaction ends."""
    return RecurringPlan.objects.select_for_update().get(pk=plan.pk)


def _changeable(plan: RecurringPlan, at: datetime) -> RecurringPlan:
    held = _locked(plan)
    if held.state not in CHANGEABLE:
        raise PlanRuns
    if held.state == RecurringState.PAUSED:
        settle(held, at, Skipped.PAUSED)
    return held


def _changed(held: RecurringPlan, officer_id: int, at: datetime) -> RecurringPlan:
    """Keep what was changed, in the name of who changed it: another officer confirms the rounds that follow."""
    held.author_id = officer_id
    held.save()
    _note(held, Act(Verb.CHANGED, officer_id, at, ""))
    return held


def _go(held: RecurringPlan, event: str, act: Act) -> RecurringPlan:
    if held.is_over(act.at):
        raise NoDaysLeft
    moves.move(held, event, at=act.at, actor_id=act.officer_id)
    held.settled_to = max(act.at, held.settled_to)
    held.save(update_fields=["settled_to"])
    _note(held, act)
    return held


def _rested(held: RecurringPlan, act: Act, *, cancel: bool) -> RecurringPlan:
    _note(held, act)
    if cancel:
        for waiting in waiting_rounds(held).select_for_update(of=("self",)):
            services.cancel(planned=waiting, officer_id=act.officer_id, at=act.at, why=act.why)
    return held


def _note(about: RecurringPlan, act: Act) -> None:
    note(officer_id=act.officer_id, verb=act.verb, about=about_record(about), why=act.why, at=act.at)
