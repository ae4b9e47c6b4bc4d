"""A plan in words: its rule, its rounds, and how each of its days stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draws.models import Occurrence, RecurringPlan, RecurringStep, Round
from draws.public.register import KINDS, kinds_of
from draws.recurring.days import LAST_OF_MONTH, Unit
from draws.recurring.turns import Turn, first_turns
from draws.running.instructing import is_confirmed
from lifecycle.tables import RecurringState, RoundState

PLAN_STATUS = {
    RecurringState.DRAFT: "todo",
    RecurringState.RUNNING: "live",
    RecurringState.PAUSED: "wait",
    RecurringState.ENDED: "done",
}
"""The shape that stands beside a plan's state."""

PLACES: Mapping[int, Promise] = {
    1: gettext_lazy("First"),
    2: gettext_lazy("Second"),
    3: gettext_lazy("Third"),
    4: gettext_lazy("Fourth"),
    LAST_OF_MONTH: gettext_lazy("Last"),
}
TO_CONFIRM: Promise = gettext_lazy("To be confirmed")
CONFIRMED: Promise = gettext_lazy("Confirmed for its time")
SKIPPED: Promise = gettext_lazy("Skipped")
COMING: Promise = gettext_lazy("Not planned yet")
HELD = {
    RoundState.QUEUED: "live",
    RoundState.COMPLETED: "done",
    RoundState.PUBLISHED: "done",
    RoundState.CANCELLED: "todo",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One of the rounds that take turns: for whom it is, and how many it invites."""

    position: int
    names: list[Promise]
    size: int


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a plan as its page shows it. ``planned_at``: when the portal will plan its round, if it will."""

    instant: datetime
    step: Step | None
    round: Round | None
    kind: str
    word: str | Promise
    why: str
    planned_at: datetime | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A plan in the list. ``turns`` are its next days."""

    plan: RecurringPlan
    rule: str
    steps: list[Step]
    kind: str
    word: str | Promise
    days: list[Day]


def listed(plan: RecurringPlan, at: datetime, most: int) -> Listed:
    """Return a plan that comes from ``with_turns``, with its next few days."""
    state = RecurringState(plan.state_at(at))
    turns = [] if state == RecurringState.ENDED else first_turns(plan, at, most)
    return Listed(
        plan=plan,
        rule=rule_words(plan),
        steps=steps_of(plan.steps.all()),
        kind=PLAN_STATUS[state],
        word=state.label,
        days=[day_of(turn, plan) for turn in turns],
    )


def rule_words(plan: RecurringPlan) -> str:
    """Return the rule of a plan, such as 'Every second Wednesday at 14:30 UTC'."""
    words = {"days": _days_words(plan), "hour": f"{plan.hour:%H:%M}"}
    return _("%(days)s at %(hour)s UTC") % words


def _days_words(plan: RecurringPlan) -> str:
    words = {"weekday": WEEKDAYS[plan.weekday], "number": plan.every}
    if plan.unit == Unit.DAYS:
        return _("Every day") if plan.every == 1 else _("Every %(number)s days") % words
    if plan.unit == Unit.MONTH:
        return _month_words(plan.place) % words
    if plan.every == 1:
        return _("Every %(weekday)s") % words
    if plan.every == 2:
        return _("Every second %(weekday)s") % words
    return _("Every %(number)s weeks, on %(weekday)s") % words


def _month_words(place: int) -> str:
    return {
        1: _("The first %(weekday)s of each month"),
        2: _("The second %(weekday)s of each month"),
        3: _("The third %(weekday)s of each month"),
        4: _("The fourth %(weekday)s of each month"),
        LAST_OF_MONTH: _("The last %(weekday)s of each month"),
    }[place]


def steps_of(steps: Iterable[RecurringStep]) -> list[Step]:
    """Return the rounds of a plan in words, in the order of their turns."""
    return [step_of(step) for step in sorted(steps, key=lambda step: step.position)]


def step_of(step: RecurringStep) -> Step:
    """Return one of the rounds of a plan in words."""
    return Step(step.position, names_of(step.instruction()), step.size)


def names_of(told: Round) -> list[Promise]:
    """Return for whom a round is, or would be."""
    return [KINDS[kind] for kind in kinds_of(told)]


def day_of(turn: Turn, plan: RecurringPlan) -> Day:
    """Return how a day of a plan stands."""
    step = step_of(turn.step) if turn.step else None
    if turn.occurrence is None:
        return Day(turn.instant, step, None, "todo", COMING, "", _planned_at(turn, plan))
    if turn.occurrence.round is None:
        why = why_skipped(turn.occurrence)
        return Day(turn.instant, step, None, "wait", SKIPPED, why, None)
    made = turn.occurrence.round
    kind, word = round_state(made)
    return Day(turn.instant, Step(0, names_of(made), made.size), made, kind, word, "", None)


def why_skipped(held: Occurrence) -> str:
    """Return why a day has no round."""
    return str(held.get_skipped_display())


def round_state(held: Round) -> tuple[str, str | Promise]:
    """Return the shape and the word of a round's state; of one that waits, whether it is confirmed."""
    if held.state != RoundState.PLANNED:
        return HELD[RoundState(held.state)], held.get_state_display()
    if is_confirmed(held):
        return "part", CONFIRMED
    return ("attention", TO_CONFIRM) if settings.EEPORTAL_FOUR_EYES else ("part", held.get_state_display())


def _planned_at(turn: Turn, plan: RecurringPlan) -> datetime | None:
    """Return when the portal is to plan the round of a day, if the plan runs."""
    ahead = timedelta(days=settings.EEPORTAL_PLAN_AHEAD_DAYS)
    return turn.instant - ahead if plan.state == RecurringState.RUNNING else None
