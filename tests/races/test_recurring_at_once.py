"""The job of the recurring plans by several at once, and an officer who pauses meanwhile; guards and twins."""

from collections.abc import Iterator
from functools import partial

import pytest
from django.db import connection

from draws.models import Occurrence, RecurringPlan, Round
from draws.recurring import planning, services
from draws.recurring.days import Unit
from lifecycle.tables import RecurringState, RoundState
from tests.draws.plans import FRENCH, GENERAL, planner, running, work
from tests.factories import AT
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAYS_AHEAD = 10
"""The days of a daily plan from 28 September on that the job plans at once on 24 September."""


@pytest.fixture
def plan() -> RecurringPlan:
    """A running plan of every day, general and French in turn."""
    return running(GENERAL, FRENCH, unit=Unit.DAYS, every=1)


@pytest.fixture
def _no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody locks the plan's row."""
    monkeypatch.setattr(planning, "_held", lambda plan_id: RecurringPlan.objects.get(pk=plan_id))


@pytest.fixture
def _no_constraint() -> Iterator[None]:
    """The database takes any number of occurrences a day."""
    one_a_day = next(held for held in Occurrence._meta.constraints if held.name == "one_occurrence_a_day")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Occurrence, one_a_day)
    yield
    Occurrence.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Occurrence, one_a_day)


def days_of_rounds() -> list[object]:
    return [held.planned_for.date() for held in Round.objects.order_by("planned_for")]


def kinds_in_order() -> list[str]:
    return [held.round_type for held in Round.objects.order_by("planned_for")]


def test_the_job_by_four_at_once_makes_one_round_a_day(plan: RecurringPlan) -> None:
    counts = at_once(*[partial(work, AT)] * 4)
    assert sum(count for count in counts if isinstance(count, int)) == DAYS_AHEAD
    assert len(set(days_of_rounds())) == Round.objects.count() == DAYS_AHEAD


def test_four_who_got_past_the_jobs_own_lock_wait_for_the_plan_and_make_one_round_a_day(
    plan: RecurringPlan,
) -> None:
    counts = at_once(*[partial(planning.plan_ahead, plan_id=plan.pk, at=AT)] * 4)
    assert sorted(map(str, counts)) == ["0", "0", "0", str(DAYS_AHEAD)]
    assert kinds_in_order() == ["general", "category"] * 5


@pytest.mark.usefixtures("_no_lock")
def test_without_the_plans_lock_the_database_still_takes_one_round_a_day(plan: RecurringPlan) -> None:
    at_once(*[partial(planning.plan_ahead, plan_id=plan.pk, at=AT)] * 4)
    assert len(set(days_of_rounds())) == Round.objects.count() == DAYS_AHEAD


@pytest.mark.usefixtures("_no_lock", "_no_constraint")
def test_twin_without_lock_and_constraint_a_day_gets_several_rounds(plan: RecurringPlan) -> None:
    at_once(*[partial(planning.plan_ahead, plan_id=plan.pk, at=AT)] * 4)
    assert Round.objects.count() > len(set(days_of_rounds()))


def test_a_pause_that_cancels_while_the_job_plans_leaves_no_round_that_waits(plan: RecurringPlan) -> None:
    stop = partial(services.pause, plan=plan, officer_id=planner().pk, at=AT, why="budget", cancel=True)
    at_once(partial(planning.plan_ahead, plan_id=plan.pk, at=AT), stop)
    assert RecurringPlan.objects.get().state == RecurringState.PAUSED
    assert not Round.objects.filter(state=RoundState.PLANNED).exists()


@pytest.mark.usefixtures("_no_lock")
def test_twin_without_the_plans_lock_rounds_come_after_the_pause(
    plan: RecurringPlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = partial(services.pause, plan=plan, officer_id=planner().pk, at=AT, why="budget", cancel=True)
    looked = planning._days_to_plan

    def paused_meanwhile(held: RecurringPlan, at: object) -> object:
        days = looked(held, AT)
        at_once(stop)
        return days

    monkeypatch.setattr(planning, "_days_to_plan", paused_meanwhile)
    planning.plan_ahead(plan_id=plan.pk, at=AT)
    assert RecurringPlan.objects.get().state == RecurringState.PAUSED
    assert Round.objects.filter(state=RoundState.PLANNED).count() == DAYS_AHEAD
