"""Which days of a plan come next, and whose turn it is on each. Changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.db.models import Prefetch, QuerySet

from draws.models import Occurrence, RecurringPlan, RecurringStep

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """A day of a plan after an instant: what became of it, or the step that it is to take."""

    day: date
    instant: datetime
    step: RecurringStep | None
    occurrence: Occurrence | None


def with_turns(plans: QuerySet[RecurringPlan], at: datetime) -> QuerySet[RecurringPlan]:
    """Return plans with what ``coming`` reads of them, in the same few queries however many there are."""
    days = Occurrence.objects.filter(day__gte=_day_of(at)).select_related("round").order_by("day")
    return plans.select_related("author").prefetch_related("steps", Prefetch("occurrences", days))


def coming(plan: RecurringPlan, at: datetime, until: date) -> Iterator[Turn]:
    """Yield the days of a plan after an instant, up to and with a day, as they stand or would be if it ran.

    ``plan`` comes from ``with_turns`` of the same instant.
    """
    known = {held.day: held for held in plan.occurrences.all() if _instant_of(held, plan) > at}
    steps = {step.position: step for step in plan.steps.all()}
    last = plan.last_turn
    for day in _merged(plan.rule.days(plan.day_after(at), until), sorted(known)):
        if (held := known.get(day)) is not None:
            yield Turn(day, _instant_of(held, plan), steps.get(held.position or 0), held)
        else:
            last = following(last, len(steps))
            yield Turn(day, plan.instant(day), steps.get(last), None)


def first_turns(plan: RecurringPlan, at: datetime, most: int) -> list[Turn]:
    """Return the next few days of a plan that comes from ``with_turns``."""
    return list(islice(coming(plan, at, date.max), most))


def following(last: int, steps: int) -> int:
    """Return the place of the step after another; the first one after the last."""
    return last + 1 if last < steps else 1


def passed_days(plan: RecurringPlan, at: datetime) -> Iterator[date]:
    """Yield the days of the rule whose time came since the plan was settled last, up to and with an instant."""
    day = _day_of(at)
    return plan.rule.days(plan.day_after(plan.settled_to), day if plan.instant(day) <= at else day - DAY)


def days_ahead(plan: RecurringPlan, at: datetime, until: datetime) -> Iterator[date]:
    """Yield the days of the rule whose time comes after an instant, up to and with another."""
    day = _day_of(until)
    return plan.rule.days(plan.day_after(at), day if plan.instant(day) <= until else day - DAY)


def _day_of(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _instant_of(held: Occurrence, plan: RecurringPlan) -> datetime:
    return held.round.planned_for if held.round else plan.instant(held.day)


def _merged(days: Iterator[date], others: list[date]) -> Iterator[date]:
    """Yield the days of both, each once and in order."""
    for day in days:
        while others and others[0] < day:
            yield others.pop(0)
        if others and others[0] == day:
            others.pop(0)
        yield day
    yield from others
