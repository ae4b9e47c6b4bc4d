"""A plan makes one round a day of its rule, in turn, ahead of its time; what passed is skipped, never made up."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from accounts.models import OfficerAction
from draws import services as rounds
from draws import tasks
from draws.errors import CategoryNotInForce, SamePerson
from draws.models import Occurrence, RecurringPlan, Round, Skipped
from draws.recurring import planning, services
from draws.recurring.days import Unit
from draws.recurring.errors import NoDaysLeft, NoRounds, NoSuchTurn, PlanRuns, TooManyRounds
from lifecycle.errors import NoSuchMove
from lifecycle.models import JobRun, Transition
from lifecycle.schedule import Job
from lifecycle.tables import RecurringState, RoundState
from tests.draws.plans import FIRST, FRENCH, GENERAL, WEEK, made, planner, running, senior, set_up, work
from tests.factories import AT

pytestmark = pytest.mark.django_db


def anew(plan: RecurringPlan) -> RecurringPlan:
    return RecurringPlan.objects.get(pk=plan.pk)


def skipped() -> list[tuple[date, str]]:
    return list(Occurrence.objects.exclude(skipped="").order_by("day").values_list("day", "skipped"))


def pause(plan: RecurringPlan, at: datetime, *, cancel: bool = False) -> RecurringPlan:
    return services.pause(plan=plan, officer_id=planner().pk, at=at, why="budget", cancel=cancel)


def resume(plan: RecurringPlan, at: datetime) -> RecurringPlan:
    return services.resume(plan=plan, officer_id=planner().pk, at=at, why="go on")


def test_the_rounds_take_turns_each_planned_two_weeks_ahead() -> None:
    running()
    for week in range(7):
        work(AT + week * WEEK)
    assert made() == [
        (date(2026, 9, 30), "general"),
        (date(2026, 10, 14), "french"),
        (date(2026, 10, 28), "general"),
        (date(2026, 11, 11), "french"),
    ]


def test_how_far_ahead_is_a_setting(settings: LazySettings) -> None:
    settings.EEPORTAL_PLAN_AHEAD_DAYS = 50
    running()
    assert work(AT) == 4


def test_a_round_of_a_plan_is_planned_in_its_authors_name_by_the_portal_itself() -> None:
    plan = running()
    work(AT)
    held = Round.objects.get()
    assert (held.planned_by, held.state, held.planned_for, held.confirmed_by) == (
        planner(),
        RoundState.PLANNED,
        FIRST,
        None,
    )
    logged = Transition.objects.get(machine="round")
    assert (logged.actor, logged.cause) == (None, f"recurring plan {plan.pk}")
    assert not OfficerAction.objects.filter(verb="planned").exists()


def test_its_invitations_may_be_issued_on_its_day_and_the_next_only(settings: LazySettings) -> None:
    settings.EEPORTAL_FOUR_EYES = False
    running()
    work(AT)
    held = Round.objects.get()
    assert held.period == (FIRST.date(), FIRST.date() + timedelta(days=1))
    assert rounds.queue_due(at=FIRST + timedelta(days=61)) == []


def test_its_round_takes_a_second_officer_like_every_other(settings: LazySettings) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    running()
    work(AT)
    held = Round.objects.get()
    with pytest.raises(SamePerson):
        rounds.confirm(planned=held, officer_id=planner().pk, at=AT)
    assert rounds.queue_due(at=FIRST) == []
    rounds.confirm(planned=held, officer_id=senior().pk, at=AT)
    assert rounds.queue_due(at=FIRST) == [held.pk]


def test_who_changes_a_plan_cannot_confirm_the_rounds_that_follow(settings: LazySettings) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    plan = set_up(GENERAL)
    services.put_step(plan=plan, position=1, told={**GENERAL, "size": 9000}, officer_id=senior().pk, at=AT)
    services.start(plan=plan, officer_id=planner().pk, at=AT)
    work(AT)
    with pytest.raises(SamePerson):
        rounds.confirm(planned=Round.objects.get(size=9000), officer_id=senior().pk, at=AT)


def test_the_job_twice_makes_each_round_once() -> None:
    running()
    assert (work(AT), work(AT), work(AT + timedelta(hours=1))) == (1, 0, 0)


def test_the_task_writes_down_in_the_jobs_history_how_many_it_planned() -> None:
    running()
    assert tasks.plan_recurring() == 1
    assert JobRun.objects.get(job=Job.PLAN_RECURRING.slug).done == 1


def test_a_plan_that_fails_leaves_nothing_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    running(GENERAL, unit=Unit.DAYS, every=1)
    plan_next, asked = rounds.plan_next, []

    def break_at_the_third(**told: Any) -> Round:
        asked.append(told)
        if len(asked) == 3:
            raise ConnectionError
        return plan_next(**told)

    monkeypatch.setattr(rounds, "plan_next", break_at_the_third)
    with pytest.raises(ConnectionError):
        work(AT)
    assert (Round.objects.count(), Occurrence.objects.count()) == (0, 0)
    assert work(AT) == 10


def test_the_same_instruction_typed_by_the_author_is_another_round() -> None:
    plan = running(GENERAL)
    typed = rounds.plan_next(planned=plan.steps.get().round_at(FIRST), officer_id=planner().pk, at=AT)
    work(AT)
    again = rounds.plan_next(planned=plan.steps.get().round_at(FIRST), officer_id=planner().pk, at=AT)
    assert again.pk == typed.pk
    assert Round.objects.count() == 2
    assert Occurrence.objects.get().round_id != typed.pk


def test_two_plans_with_the_same_instruction_make_a_round_each() -> None:
    running(GENERAL)
    running(GENERAL)
    assert work(AT) == 2


def test_twin_if_the_portals_rounds_were_compared_a_typed_one_would_be_taken_for_the_plans(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = running(GENERAL)
    typed = rounds.plan_next(planned=plan.steps.get().round_at(FIRST), officer_id=planner().pk, at=AT)
    by_itself = rounds.plan_next

    def compared(*, cause: str, **told: Any) -> Round:
        assert cause
        return by_itself(**told)

    monkeypatch.setattr(rounds, "plan_next", compared)
    work(AT)
    assert Occurrence.objects.get().round_id == typed.pk


@pytest.mark.parametrize("days", [61, 400])
def test_when_the_clock_jumps_what_passed_is_skipped_and_said_and_the_turns_go_on(days: int) -> None:
    plan = running()
    work(AT)
    later = AT + timedelta(days=days)
    work(later)
    work(later)
    passed = [day for day, why in skipped() if why == Skipped.LATE]
    assert passed == list(plan.rule.days(date(2026, 10, 1), later.date()))
    first, *rest = made()
    assert first == (date(2026, 9, 30), "general")
    assert [kind for _day, kind in rest] == ["french"][: len(rest)]
    assert all(day > later.date() for day, _kind in rest)
    assert len(rest) == 1


def test_a_daily_plan_after_400_days_writes_what_passed_in_few_statements(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    running(GENERAL, unit=Unit.DAYS, every=1, last_day=date(2027, 10, 1))
    with django_assert_max_num_queries(25):
        work(AT + timedelta(days=400))
    assert len(skipped()) == 369


def test_a_day_whose_time_has_passed_today_is_skipped() -> None:
    running()
    work(FIRST)
    assert skipped() == [(FIRST.date(), Skipped.LATE)]
    assert made() == [(date(2026, 10, 14), "general")]


def test_days_before_the_start_are_not_the_plans() -> None:
    running(first_day=date(2026, 1, 7))
    work(AT)
    assert skipped() == []


def test_a_paused_plan_makes_nothing_and_its_days_are_not_made_up() -> None:
    plan = running()
    work(AT)
    pause(plan, AT + timedelta(days=1))
    assert work(AT + 5 * WEEK) == 0
    resume(plan, AT + 5 * WEEK)
    work(AT + 5 * WEEK)
    assert skipped() == [(date(2026, 10, 14), Skipped.PAUSED), (date(2026, 10, 28), Skipped.PAUSED)]
    assert made() == [(date(2026, 9, 30), "general"), (date(2026, 11, 11), "french")]


def test_pausing_lets_the_rounds_that_wait_stay() -> None:
    plan = running()
    work(AT)
    pause(plan, AT)
    assert Round.objects.get().state == RoundState.PLANNED


def test_pausing_can_cancel_the_rounds_that_wait_but_no_confirmed_one(settings: LazySettings) -> None:
    settings.EEPORTAL_PLAN_AHEAD_DAYS = 30
    plan = running()
    work(AT)
    confirmed, waiting = Round.objects.order_by("planned_for")
    rounds.confirm(planned=confirmed, officer_id=senior().pk, at=AT)
    pause(plan, AT, cancel=True)
    states = Round.objects.order_by("planned_for").values_list("state", flat=True)
    assert list(states) == [RoundState.PLANNED, RoundState.CANCELLED]
    assert OfficerAction.objects.get(verb="cancelled").why == "budget"
    assert waiting.number == confirmed.number + 1


def test_a_cancelled_round_is_not_made_again_and_its_turn_is_taken() -> None:
    plan = running()
    work(AT)
    pause(plan, AT, cancel=True)
    resume(plan, AT)
    work(AT)
    work(AT + WEEK)
    assert made() == [(date(2026, 9, 30), "general"), (date(2026, 10, 14), "french")]


def test_a_day_that_passed_before_the_pause_is_not_said_to_be_paused() -> None:
    plan = running()
    pause(plan, FIRST + WEEK)
    assert skipped() == [(FIRST.date(), Skipped.LATE)]


def test_a_running_plan_is_not_changed_and_a_paused_one_is() -> None:
    plan = running()
    with pytest.raises(PlanRuns):
        services.change(plan=plan, told={"hour": time(9, 0)}, officer_id=planner().pk, at=AT)
    with pytest.raises(PlanRuns):
        services.remove_step(plan=plan, position=1, officer_id=planner().pk, at=AT)
    pause(plan, AT)
    services.change(plan=plan, told={"hour": time(9, 0)}, officer_id=planner().pk, at=AT)
    resume(plan, AT)
    work(AT)
    assert Round.objects.get().planned_for == datetime(2026, 9, 30, 9, 0, tzinfo=UTC)


def test_changing_the_days_makes_no_second_round_of_one_day_and_calls_no_new_day_skipped() -> None:
    plan = running()
    work(AT)
    pause(plan, AT)
    later = FIRST + timedelta(days=1)
    services.change(
        plan=plan,
        told={"unit": Unit.DAYS, "every": 1, "hour": time(15, 0)},
        officer_id=planner().pk,
        at=later,
    )
    resume(plan, later)
    work(later)
    assert skipped() == []
    days = [day for day, _kind in made()]
    assert len(days) == len(set(days)) == 15
    assert min(days) == FIRST.date()


def test_a_round_that_the_rules_refuse_is_said_and_its_turn_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = running()
    work(AT)

    def refuse(**_told: object) -> Round:
        raise CategoryNotInForce

    with monkeypatch.context() as patched:
        patched.setattr(rounds, "plan_next", refuse)
        assert work(AT + WEEK) == 0
    work(AT + 3 * WEEK)
    assert skipped() == [(date(2026, 10, 14), Skipped.REFUSED)]
    assert made() == [(date(2026, 9, 30), "general"), (date(2026, 10, 28), "general")]
    assert plan.occurrences.get(skipped=Skipped.REFUSED).position == 2


def test_a_plan_ends_by_itself_after_its_last_day_and_at_once_for_who_reads_it() -> None:
    plan = running(last_day=date(2026, 10, 1))
    work(AT)
    assert anew(plan).state_at(FIRST - timedelta(seconds=1)) == RecurringState.RUNNING
    assert anew(plan).state_at(FIRST) == RecurringState.ENDED
    work(FIRST)
    assert anew(plan).state == RecurringState.ENDED
    assert Transition.objects.get(machine="recurring plan", event="end").actor is None


def test_a_plan_without_rounds_or_without_days_is_not_started() -> None:
    empty = services.set_up(
        told={"name": "Empty", "unit": Unit.DAYS, "hour": time(9), "first_day": AT.date()},
        officer_id=planner().pk,
        at=AT,
    )
    with pytest.raises(NoRounds):
        services.start(plan=empty, officer_id=planner().pk, at=AT)
    over = set_up(first_day=date(2026, 1, 1), last_day=date(2026, 2, 1))
    with pytest.raises(NoDaysLeft):
        services.start(plan=over, officer_id=planner().pk, at=AT)


def test_an_ended_plan_never_runs_again() -> None:
    plan = running()
    services.end(plan=plan, officer_id=planner().pk, at=AT, why="a new year")
    for act in (services.start, services.resume, services.end):
        with pytest.raises(NoSuchMove):
            act(plan=plan, officer_id=planner().pk, at=AT)
    assert work(AT) == 0


def test_four_rounds_take_turns_at_most_and_the_later_move_up() -> None:
    sizes = [{**GENERAL, "size": size} for size in (1, 2, 3, 4)]
    plan = set_up(*sizes)
    with pytest.raises(TooManyRounds):
        services.put_step(plan=plan, position=None, told=GENERAL, officer_id=planner().pk, at=AT)
    services.remove_step(plan=plan, position=2, officer_id=planner().pk, at=AT)
    assert list(plan.steps.values_list("position", "size")) == [(1, 1), (2, 3), (3, 4)]
    for wrong in (0, 4):
        with pytest.raises(NoSuchTurn):
            services.put_step(plan=plan, position=wrong, told=FRENCH, officer_id=planner().pk, at=AT)
        with pytest.raises(NoSuchTurn):
            services.remove_step(plan=plan, position=wrong, officer_id=planner().pk, at=AT)


@pytest.mark.parametrize(("removed", "follows"), [(1, 2), (2, 3), (3, 2)])
def test_taking_a_round_out_leaves_the_turn_with_who_had_it(removed: int, follows: int) -> None:
    plan = running(*[{**GENERAL, "size": size} for size in (1, 2, 3)])
    work(AT)
    pause(plan, AT)
    services.remove_step(plan=plan, position=removed, officer_id=planner().pk, at=AT)
    resume(plan, AT)
    work(AT + WEEK)
    assert Round.objects.order_by("-planned_for").values_list("size", flat=True)[0] == follows


def test_the_database_takes_one_round_a_day_of_a_plan_and_none_without_a_reason() -> None:
    plan = running()
    work(AT)
    with pytest.raises(IntegrityError, match="one_occurrence_a_day"), transaction.atomic():
        Occurrence.objects.create(plan=plan, day=FIRST.date(), skipped=Skipped.LATE, at=AT)
    with pytest.raises(IntegrityError, match="a_round_or_why_there_is_none"), transaction.atomic():
        Occurrence.objects.create(plan=plan, day=date(2026, 10, 14), at=AT)


def test_a_plan_that_has_nothing_to_do_is_not_written_to() -> None:
    plan = running()
    work(AT)
    before = anew(plan).settled_to
    work(AT + timedelta(hours=2))
    assert anew(plan).settled_to == before
    assert planning.plan_ahead(plan_id=plan.pk, at=AT) == 0
