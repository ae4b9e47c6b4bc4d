"""The job of the recurring plans: the rounds of the days ahead, each to be confirmed by a second officer.

For one day a plan makes one round, however often and by however many the job is run: the plan's row is locked
meanwhile, and the database takes one ``Occurrence`` a day.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from draws import services
from draws.errors import CategoryNotInForce, OutsideThePeriod
from draws.models import Occurrence, RecurringPlan, RecurringStep, Round, Skipped
from draws.recurring import turns
from draws.recurring.services import settle
from lifecycle import moves
from lifecycle.jobs import Run, recorded
from lifecycle.schedule import Job
from lifecycle.tables import RecurringState


def create_due(*, at: datetime) -> int:
    """Plan the rounds of every running plan whose time comes soon; return how many.

    How soon, the setting ``EEPORTAL_PLAN_AHEAD_DAYS`` says. Days that passed without their round are skipped, and
    that is written down; a plan without any day left is ended.
    """
    with recorded(Job.PLAN_RECURRING, at=at) as run:
        return sum(_counted(run, plan_id) for plan_id in _running()) if run else 0


@transaction.atomic
def plan_ahead(*, plan_id: int, at: datetime) -> int:
    """Plan the rounds of one plan's days ahead; return how many. A plan that does not run makes none."""
    held = _held(plan_id)
    if held.state != RecurringState.RUNNING:
        return 0
    _settle_if_passed(held, at)
    made = sum(_take_turn(held, day, at) for day in _days_to_plan(held, at))
    if held.is_over(at):
        moves.move(held, "end", at=at, cause="no day left")
    return made


@transaction.atomic
def _counted(run: Run, plan_id: int) -> int:
    return run.add(plan_ahead(plan_id=plan_id, at=run.at))


def _settle_if_passed(held: RecurringPlan, at: datetime) -> None:
    """Write down what passed, where anything did: a plan is not written to each time the job looks at it."""
    if next(turns.passed_days(held, at), None) is not None:
        settle(held, at, Skipped.LATE)


def _running() -> list[int]:
    return list(RecurringPlan.objects.running().order_by("pk").values_list("pk", flat=True))


def _held(plan_id: int) -> RecurringPlan:
    return RecurringPlan.objects.select_for_update().get(pk=plan_id)


def _days_to_plan(held: RecurringPlan, at: datetime) -> list[date]:
    """Return the days ahead of which nothing is known yet."""
    until = at + timedelta(days=settings.EEPORTAL_PLAN_AHEAD_DAYS)
    known = set(held.occurrences.filter(day__gte=at.date()).values_list("day", flat=True))
    return [day for day in turns.days_ahead(held, at, until) if day not in known]


def _take_turn(held: RecurringPlan, day: date, at: datetime) -> int:
    """Plan the round whose turn it is, or write down that the rules of that day refuse it; the turn is taken."""
    step = _next_step(held)
    planned = _planned(held, step, day, at)
    skipped = "" if planned else Skipped.REFUSED.value
    Occurrence.objects.create(
        plan=held, day=day, position=step.position, round=planned, skipped=skipped, at=at
    )
    held.last_turn = step.position
    held.save(update_fields=["last_turn"])
    return int(planned is not None)


def _next_step(held: RecurringPlan) -> RecurringStep:
    steps = list(held.steps.order_by("position"))
    return steps[turns.following(held.last_turn, len(steps)) - 1]


def _planned(held: RecurringPlan, step: RecurringStep, day: date, at: datetime) -> Round | None:
    """Return the round of a day, planned in the name of the plan's author; nothing where the rules refuse it."""
    told = step.round_at(held.instant(day))
    try:
        return services.plan_next(
            planned=told, officer_id=held.author_id, at=at, cause=f"recurring plan {held.pk}"
        )
    except (CategoryNotInForce, OutsideThePeriod):
        return None
