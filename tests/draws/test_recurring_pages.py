"""The officers' pages of recurring plans: set up step by step, paused with a question, told in words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import OfficerAction, Role, User
from draws import services as rounds
from draws.models import RecurringPlan, Round
from draws.recurring.days import LAST_OF_MONTH, Unit
from draws.recurring.words import rule_words
from lifecycle.tables import RecurringState, RoundState
from tests import factories
from tests.draws.desk import ROUNDS, sign_in
from tests.draws.pages import text_in, text_of
from tests.draws.plans import FIRST, GENERAL, WEEK, planner, running, senior, set_up, work
from tests.factories import AT

pytestmark = pytest.mark.django_db
PLANS = "/en/admin/draws/recurringplan/"
CALENDAR = f"{ROUNDS}calendar/"
TYPED = {
    "name": "General, alternating with French",
    "unit": "weeks",
    "weekday": "2",
    "every": "2",
    "hour": "14:30",
    "first_day_day": "28",
    "first_day_month": "9",
    "first_day_year": "2026",
}
WHY = {"why": "Instruction 12"}


def page(plan: RecurringPlan, step: str = "change") -> str:
    return f"{PLANS}{plan.pk}/{step}/"


def anew(plan: RecurringPlan) -> RecurringPlan:
    return RecurringPlan.objects.get(pk=plan.pk)


@pytest.fixture
def desk(client: Client) -> Client:
    """The browser of an officer who plans."""
    return sign_in(client, planner())


@pytest.fixture
def senior_desk(client: Client) -> Client:
    """The browser of a senior officer."""
    return sign_in(client, senior())


def test_a_plan_is_set_up_page_by_page_and_started(desk: Client) -> None:
    made = desk.post(f"{PLANS}add/", TYPED, follow=True)
    assert "Every second Wednesday at 14:30 UTC" in text_in(made)
    plan = RecurringPlan.objects.get()
    desk.post(page(plan, "step_add"), {"round_type": "general", "size": "4500"})
    second = {"round_type": "category", "category": "french", "size": "3000"}
    text = text_in(desk.post(page(plan, "step_add"), second, follow=True))
    assert "4,500 invitations: General" in text
    assert "3,000 invitations: French" in text
    assert plan.state == RecurringState.DRAFT
    text = text_in(desk.post(page(plan, "start"), WHY, follow=True))
    assert "The plan runs. Its first rounds are planned within a minute" in text
    assert anew(plan).state == RecurringState.RUNNING
    assert OfficerAction.objects.get(verb="started").why == "Instruction 12"


def test_the_page_tells_the_next_eight_days_in_words(desk: Client) -> None:
    plan = running()
    work(AT)
    text = text_of(desk, page(plan))
    number = Round.objects.get().number
    assert f"Wednesday, 30 September 2026, 14:30 UTC Round {number} 4,500 invitations: General" in text
    assert "Wednesday, 14 October 2026, 14:30 UTC 3,000 invitations: French Not planned yet" in text
    assert "The portal plans it on 30 September 2026." in text
    assert text.count("14:30 UTC") == 9


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"every": 1}, "Every Wednesday at 14:30 UTC"),
        ({"every": 5}, "Every 5 weeks, on Wednesday at 14:30 UTC"),
        ({"unit": Unit.DAYS, "every": 1}, "Every day at 14:30 UTC"),
        ({"unit": Unit.DAYS, "every": 10}, "Every 10 days at 14:30 UTC"),
        ({"unit": Unit.MONTH, "every": 1, "place": 2}, "The second Wednesday of each month at 14:30 UTC"),
        (
            {"unit": Unit.MONTH, "every": 1, "place": LAST_OF_MONTH},
            "The last Wednesday of each month at 14:30 UTC",
        ),
    ],
)
def test_each_rule_has_its_words(days: dict[str, Any], words: str) -> None:
    assert rule_words(set_up(**days)) == words


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"weekday": ""}, "Choose the weekday."),
        ({"every": "53"}, "A plan can wait 52 weeks at most."),
        ({"unit": "days"}, "Days counted from the first day fall on any weekday."),
        ({"unit": "month", "every": ""}, "Choose which one of the month."),
        ({"unit": "month", "place": "2"}, "A weekday of each month comes every month."),
        ({"place": "2"}, "Only a weekday of each month needs this."),
        (
            {"last_day_day": "27", "last_day_month": "9", "last_day_year": "2026"},
            "The last day is before the first.",
        ),
        ({"name": ""}, "Enter a name by which officers know the plan."),
    ],
)
def test_a_rule_that_makes_no_sense_is_told_at_its_field_and_stays_typed(
    desk: Client, typed: dict[str, str], told: str
) -> None:
    response = desk.post(f"{PLANS}add/", TYPED | typed)
    assert told in text_in(response)
    assert 'value="14:30"' in response.content.decode()
    assert not RecurringPlan.objects.exists()


def test_a_plan_is_changed_while_it_is_paused_and_shows_what_it_was(desk: Client) -> None:
    plan = running()
    refused = desk.get(page(plan, "days"))
    assert refused.status_code == 409
    assert "Pause it first, then change it" in text_in(refused)
    desk.post(page(plan, "pause"), WHY)
    assert 'value="General, alternating with French"' in desk.get(page(plan, "days")).content.decode()
    desk.post(page(plan, "days"), TYPED | {"weekday": "3"})
    assert rule_words(anew(plan)) == "Every second Thursday at 14:30 UTC"
    assert 'value="3000"' in desk.get(page(plan, "step/2")).content.decode()
    desk.post(page(plan, "step/2/remove"))
    assert list(plan.steps.values_list("size", flat=True)) == [4500]
    assert desk.get(page(plan, "step/2")).status_code == 404


def test_a_fifth_round_is_refused(desk: Client) -> None:
    plan = set_up(*[{**GENERAL, "size": size} for size in (1, 2, 3, 4)])
    assert "Add a round that takes turns with these" not in text_of(desk, page(plan))
    response = desk.post(page(plan, "step_add"), {"round_type": "general", "size": "5"})
    assert response.status_code == 409
    assert "Four rounds can take turns in a plan" in text_in(response)


def test_a_senior_is_asked_what_becomes_of_the_rounds_that_wait(senior_desk: Client) -> None:
    plan = running()
    work(AT)
    assert f"Round {Round.objects.get().number}" in text_of(senior_desk, page(plan, "pause"))
    unsaid = senior_desk.post(page(plan, "pause"), WHY)
    assert "Choose what becomes of the rounds that wait." in text_in(unsaid)
    assert anew(plan).state == RecurringState.RUNNING
    done = senior_desk.post(page(plan, "pause"), WHY | {"rounds": "cancel"}, follow=True)
    assert "Its rounds that nobody had confirmed are cancelled." in text_in(done)
    assert anew(plan).state == RecurringState.PAUSED
    assert Round.objects.get().state == RoundState.CANCELLED


def test_an_officer_who_may_not_cancel_rounds_is_told_that_they_stay(desk: Client) -> None:
    plan = running()
    work(AT)
    assert "They stay. A senior officer can cancel each on its own page." in text_of(
        desk, page(plan, "pause")
    )
    done = desk.post(page(plan, "pause"), WHY | {"rounds": "cancel"}, follow=True)
    assert "1 round of it stays planned." in text_in(done)
    assert anew(plan).state == RecurringState.PAUSED
    assert Round.objects.get().state == RoundState.PLANNED


def test_pausing_and_ending_take_a_reason(desk: Client) -> None:
    plan = running()
    for act in ("pause", "end"):
        assert "Enter the reason." in text_in(desk.post(page(plan, act), {"why": ""}))
    assert anew(plan).state == RecurringState.RUNNING


def test_doing_it_twice_says_that_it_was_done(desk: Client) -> None:
    plan = running()
    desk.post(page(plan, "pause"), WHY)
    again = desk.post(page(plan, "pause"), WHY)
    assert again.status_code == 409
    assert "Nothing was done this time" in text_in(again)
    assert OfficerAction.objects.filter(verb="paused").count() == 1


def test_days_that_were_skipped_are_told_with_their_reason(
    desk: Client, move_clock: Callable[[datetime], None]
) -> None:
    plan = running()
    move_clock(AT + timedelta(days=61))
    work(AT + timedelta(days=61))
    text = text_of(desk, page(plan))
    assert "4 days of this plan passed without their rounds. They are not made up." in text
    assert "30 September 2026 Its time passed before the portal could plan it." in text


def test_an_auditor_reads_plans_and_calendar_and_is_offered_no_act(client: Client) -> None:
    plan = running()
    sign_in(client, factories.officer("ada", Role.AUDITOR))
    assert "Set up a recurring plan" not in text_of(client, PLANS)
    text = text_of(client, page(plan))
    assert "Pause the plan" not in text
    assert "End the plan" not in text
    assert client.get(CALENDAR).status_code == 200


def test_the_list_takes_the_same_queries_for_one_plan_and_for_many(
    desk: Client,
) -> None:
    running()
    work(AT)
    one = _queries(desk, PLANS), _queries(desk, CALENDAR), _queries(desk, ROUNDS)
    for _number in range(4):
        running(name="Another")
    work(AT)
    assert (_queries(desk, PLANS), _queries(desk, CALENDAR), _queries(desk, ROUNDS)) == one


def _queries(desk: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        desk.get(address)
    return len(captured)


def test_the_calendar_shows_what_was_held_what_waits_and_what_is_to_come(
    senior_desk: Client, settings: LazySettings, move_clock: Callable[[datetime], None]
) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    settings.EEPORTAL_PLAN_AHEAD_DAYS = 40
    running()
    work(AT)
    first, second, _third = Round.objects.order_by("planned_for")
    rounds.confirm(planned=first, officer_id=senior().pk, at=AT)
    september = text_of(senior_desk, CALENDAR)
    assert f"Wednesday 30 September 2026 Confirmed for its time 14:30 Round {first.number}" in september
    october = text_of(senior_desk, f"{CALENDAR}?month=2026-10")
    assert f"Wednesday 14 October 2026 To be confirmed 14:30 Round {second.number}" in october
    november = text_of(senior_desk, f"{CALENDAR}?month=2026-11")
    assert "Wednesday 11 November 2026 Not planned yet 14:30 3,000 invitations: French" in november
    rounds.cancel(planned=second, officer_id=senior().pk, at=AT)
    rounds.queue_due(at=FIRST)
    rounds.run(round_id=first.pk, at=FIRST)
    move_clock(FIRST + WEEK)
    assert f"Completed 14:30 Round {first.number}" in text_of(senior_desk, f"{CALENDAR}?month=2026-09")
    assert f"Cancelled 14:30 Round {second.number}" in text_of(senior_desk, CALENDAR)


@pytest.mark.parametrize("month", ["", "2026-13", "last", "1999-01", "2090-01", "2026-1-1", "٢٠٢٦-٠١"])
def test_a_month_that_makes_no_sense_is_this_month(desk: Client, month: str) -> None:
    assert "September 2026" in text_of(desk, f"{CALENDAR}?month={month}")


def test_the_calendar_goes_from_month_to_month(desk: Client) -> None:
    text = desk.get(f"{CALENDAR}?month=2027-01").content.decode()
    assert 'href="?month=2026-12"' in text
    assert 'href="?month=2027-02"' in text
    assert "?month=2014-12" not in desk.get(f"{CALENDAR}?month=2015-01").content.decode()
    assert "?month=2032-01" not in desk.get(f"{CALENDAR}?month=2031-12").content.decode()


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (timedelta(days=4), None),
        (timedelta(days=2, hours=5), "2 days left. If nobody confirms it, it will not run."),
        (timedelta(hours=5), "Less than a day left. If nobody confirms it, it will not run."),
        (timedelta(hours=-5), "Its time has passed. Nobody confirmed it, so it did not run."),
    ],
)
def test_seniors_are_reminded_of_the_rounds_that_nobody_confirmed(
    senior_desk: Client,
    settings: LazySettings,
    move_clock: Callable[[datetime], None],
    left: timedelta,
    told: str | None,
) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    running()
    work(AT)
    move_clock(FIRST - left)
    text = text_of(senior_desk, ROUNDS)
    assert (told or "Recurring plans") in text
    assert ("Nobody has confirmed these rounds" in text) == (told is not None)


def test_a_confirmed_round_is_no_reminder_and_officers_who_cannot_confirm_get_none(
    client: Client, settings: LazySettings, move_clock: Callable[[datetime], None]
) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    running()
    work(AT)
    move_clock(FIRST - timedelta(days=1))

    def reminded(officer: User) -> bool:
        return "Nobody has confirmed these rounds" in text_of(sign_in(client, officer), ROUNDS)

    assert (reminded(senior()), reminded(planner())) == (True, False)
    rounds.confirm(planned=Round.objects.get(), officer_id=senior().pk, at=AT)
    assert not reminded(senior())


def test_a_plan_whose_author_is_no_officer_any_more_says_so(senior_desk: Client) -> None:
    plan = running()
    gone = "This account may no longer plan rounds."
    assert gone not in text_of(senior_desk, page(plan))
    User.objects.filter(pk=planner().pk).update(role="")
    assert gone in text_of(senior_desk, page(plan))


def test_a_rounds_page_names_its_plan(senior_desk: Client) -> None:
    running()
    work(AT)
    held = Round.objects.get()
    assert "Recurring plan General, alternating with French" in text_of(
        senior_desk, f"{ROUNDS}{held.pk}/change/"
    )


def test_a_plan_that_is_over_is_shown_as_ended_before_the_job_says_so(
    desk: Client, move_clock: Callable[[datetime], None]
) -> None:
    plan = running(last_day=date(2026, 10, 1))
    move_clock(FIRST)
    text = text_of(desk, page(plan))
    assert "Ended" in text
    assert "Its next days" not in text
