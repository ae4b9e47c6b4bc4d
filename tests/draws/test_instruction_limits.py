"""What an instruction is for: the version of a category in force, and the two dates on which it may be followed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from draws import services
from draws.errors import CategoryNotInForce, OutsideThePeriod
from draws.models import Category, Round, RoundType
from lifecycle.tables import RoundState
from tests import factories
from tests.draws.desk import ADD, HOUR, page, planned_round, press_run, sign_in, state_of
from tests.draws.pages import text_in, text_of
from tests.factories import AT

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OLD_LIST = datetime(2026, 2, 17, 12, tzinfo=UTC)
NEW_LIST = datetime(2026, 2, 18, 12, tzinfo=UTC)
PLAN = {
    "round_type": "category",
    "category": "healthcare",
    "size": "2",
    "day_day": "24",
    "day_month": "9",
    "day_year": "2026",
    "hour": "14:30",
    "period": "two_dates",
}


@pytest.fixture
def desk(client: Client) -> Client:
    return sign_in(client, factories.officer())


def of_category(planned_for: datetime, category: Category = Category.HEALTHCARE, **more: object) -> Round:
    told = Round(size=2, planned_for=planned_for, round_type=RoundType.CATEGORY, category=category, **more)
    return services.plan_next(planned=told, officer_id=factories.officer().pk, at=planned_for - HOUR)


# The version of a category


def test_a_category_round_takes_the_version_in_force_on_its_day() -> None:
    assert of_category(OLD_LIST).category_version == "v2"
    assert of_category(NEW_LIST).category_version == "2026-v3"


def test_another_version_than_the_one_in_force_cannot_be_planned() -> None:
    with pytest.raises(CategoryNotInForce):
        of_category(NEW_LIST, category_version="v2")


def test_a_category_that_is_in_no_list_of_the_day_cannot_be_planned() -> None:
    with pytest.raises(CategoryNotInForce):
        of_category(NEW_LIST, Category.AGRICULTURE)
    with pytest.raises(CategoryNotInForce):
        of_category(OLD_LIST, Category.PHYSICIANS)


def test_a_round_of_the_old_version_does_not_run_under_the_new_list() -> None:
    planned = of_category(OLD_LIST)
    assert services.queue_due(at=NEW_LIST) == []
    with pytest.raises(CategoryNotInForce):
        services.queue(planned=planned, officer_id=factories.officer("oscar").pk, at=NEW_LIST)
    assert state_of(planned) == RoundState.PLANNED
    assert services.queue_due(at=OLD_LIST) == [planned.pk]


def test_twin_without_the_look_at_the_version_it_does(monkeypatch: pytest.MonkeyPatch) -> None:
    planned = of_category(OLD_LIST)
    monkeypatch.setattr("draws.running.instructing.version_holds", lambda _planned, _day: True)
    assert services.queue_due(at=NEW_LIST) == [planned.pk]


def test_the_form_offers_the_categories_in_force_with_their_versions(desk: Client) -> None:
    text = text_of(desk, ADD)
    assert "Health care and social services occupations, version 2026-v3" in text
    assert "Agriculture and agri-food occupations" not in text


def test_the_form_offers_both_lists_while_one_is_to_come(
    desk: Client, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(OLD_LIST)
    sign_in(desk, factories.officer(), proved_at=OLD_LIST)
    day = {"day_day": "18", "day_month": "2", "category": "agriculture"}
    text = text_in(desk.post(ADD, {**PLAN, **day}))
    assert "This category is not in the list in force on that day." in text
    desk.post(ADD, {**PLAN, **day, "category": "physicians"})
    assert Round.objects.get().category_version == "2026-v1"


# The two dates


def test_the_form_plans_for_the_day_and_the_next_and_says_what_that_means(desk: Client) -> None:
    text = text_of(desk, ADD)
    assert "What do the two dates mean?" in text
    desk.post(ADD, PLAN)
    planned = Round.objects.get()
    assert planned.period == (date(2026, 9, 24), date(2026, 9, 25))
    assert "on 24 September 2026 and 25 September 2026" in text_of(desk, page(planned))


def test_an_instruction_can_be_for_one_instant(desk: Client) -> None:
    desk.post(ADD, {**PLAN, "period": "instant"})
    assert Round.objects.get().period is None
    assert "at the instant of the round" in text_of(desk, page(Round.objects.get()))


def test_how_long_invitations_may_be_issued_must_be_chosen(desk: Client) -> None:
    text = text_in(desk.post(ADD, {**PLAN, "period": ""}))
    assert "Choose when the invitations may be issued." in text


@pytest.mark.parametrize(
    ("at", "runs"),
    [
        (datetime(2026, 9, 23, 23, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 9, 24, tzinfo=UTC), True),
        (datetime(2026, 9, 25, 23, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 9, 26, tzinfo=UTC), False),
    ],
)
def test_a_round_can_be_started_on_its_two_dates_only(at: datetime, runs: bool) -> None:
    planned = planned_round(period_from=AT.date())
    if runs:
        assert services.queue(planned=planned, officer_id=None, at=at).state == RoundState.QUEUED
    else:
        with pytest.raises(OutsideThePeriod):
            services.queue(planned=planned, officer_id=None, at=at)
        assert state_of(planned) == RoundState.PLANNED


def test_a_round_whose_dates_passed_while_nobody_worked_does_not_start_by_itself() -> None:
    planned = planned_round(period_from=AT.date())
    assert services.queue_due(at=AT + 2 * DAY) == []
    assert state_of(planned) == RoundState.PLANNED


def test_twin_without_the_look_at_the_dates_it_starts_days_later(monkeypatch: pytest.MonkeyPatch) -> None:
    planned = planned_round(period_from=AT.date())
    monkeypatch.setattr("draws.running.instructing.within_period", lambda _planned, _day: True)
    assert services.queue_due(at=AT + 2 * DAY) == [planned.pk]


def test_a_planned_time_on_neither_date_cannot_be_planned() -> None:
    with pytest.raises(OutsideThePeriod):
        planned_round(period_from=AT.date() + DAY)


def test_a_round_that_started_on_its_dates_still_runs_when_the_worker_was_late() -> None:
    planned = planned_round(period_from=AT.date())
    services.queue(planned=planned, officer_id=None, at=AT)
    assert services.run(round_id=planned.pk, at=AT + 3 * DAY).state == RoundState.COMPLETED


def test_the_page_says_why_a_round_cannot_be_run_today(desk: Client) -> None:
    early = planned_round(planned_for=AT + 3 * DAY, period_from=(AT + 3 * DAY).date())
    text = text_of(desk, page(early))
    assert "on 27 September 2026 and 28 September 2026 only, so it cannot be run today." in text
    assert "Run the round now" not in text
    assert "This instruction allows invitations on its two dates only" in text_in(press_run(desk, early))
    assert state_of(early) == RoundState.PLANNED


def test_the_page_says_that_the_dates_are_over(desk: Client, set_clock: Callable[[datetime], None]) -> None:
    over = planned_round(period_from=AT.date())
    set_clock(AT + 2 * DAY)
    sign_in(desk, factories.officer(), proved_at=AT + 2 * DAY)
    text = text_of(desk, page(over))
    assert "are over, so it cannot run any more. Cancel it, and plan it anew." in text
    assert "it starts by itself within seconds" not in text


# Planning anew


def test_a_round_can_be_planned_like_another(desk: Client) -> None:
    other = planned_round(size=4321, round_type=RoundType.PROGRAM, programs=1 | 4)
    content = desk.get(f"{ADD}?like={other.number}").content.decode()
    assert 'value="4321"' in content
    assert content.count("checked") == 4


@pytest.mark.parametrize("like", ["x", "999", "-1", "1" * 40, "٣"])
def test_a_round_like_none_is_an_empty_form(desk: Client, like: str) -> None:
    assert desk.get(f"{ADD}?like={like}").status_code == 200


def test_the_same_instruction_for_one_instant_is_another_round() -> None:
    assert planned_round(period_from=AT.date()).pk != planned_round().pk
