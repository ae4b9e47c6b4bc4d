"""A round takes two people: who planned it neither runs it nor confirms it, on no way."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import OfficerAction, Role, User
from draws import services
from draws.errors import RoundAlreadyStarted, SamePerson
from draws.models import Round, RoundType
from lifecycle.tables import RoundState
from tests import factories
from tests.draws.desk import ADD, HOUR, page, press_run, sign_in, state_of
from tests.draws.pages import text_in, text_of
from tests.factories import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _four_eyes(settings: LazySettings) -> None:
    settings.EEPORTAL_FOUR_EYES = True


@pytest.fixture
def senior() -> User:
    return factories.officer("sefton", Role.SENIOR_OFFICER)


@pytest.fixture
def colleague() -> User:
    return factories.officer("corinne", Role.SENIOR_OFFICER)


def planned_by(officer: User, **fields: Any) -> Round:
    planned = Round(size=2, planned_for=AT + HOUR, **{"round_type": RoundType.GENERAL, **fields})
    return services.plan_next(planned=planned, officer_id=officer.pk, at=AT)


def test_who_planned_a_round_cannot_run_it_and_a_colleague_can(senior: User, colleague: User) -> None:
    planned = planned_by(senior)
    with pytest.raises(SamePerson):
        services.queue(planned=planned, officer_id=senior.pk, at=AT)
    assert state_of(planned) == RoundState.PLANNED
    services.queue(planned=planned, officer_id=colleague.pk, at=AT)
    assert state_of(planned) == RoundState.QUEUED


def test_a_copy_of_the_round_that_names_another_planner_changes_nothing(
    senior: User, colleague: User
) -> None:
    planned = planned_by(senior)
    planned.planned_by_id = colleague.pk
    with pytest.raises(SamePerson):
        services.queue(planned=planned, officer_id=senior.pk, at=AT)


def test_planned_anew_after_a_cancellation_it_still_takes_another(senior: User, colleague: User) -> None:
    first = planned_by(senior)
    services.cancel(planned=first, officer_id=colleague.pk, at=AT, why="a wrong number")
    again = planned_by(colleague)
    with pytest.raises(SamePerson):
        services.queue(planned=again, officer_id=colleague.pk, at=AT)


def test_the_account_of_the_command_line_takes_a_second_person_as_well() -> None:
    planned = planned_by(factories.officer())
    with pytest.raises(SamePerson):
        services.queue(planned=planned, officer_id=factories.officer().pk, at=AT)


def test_a_round_that_nobody_confirmed_does_not_run_at_its_time(senior: User) -> None:
    planned = planned_by(senior)
    assert services.queue_due(at=AT + HOUR) == []
    assert state_of(planned) == RoundState.PLANNED


def test_a_confirmed_round_runs_at_its_time(senior: User, colleague: User) -> None:
    planned = planned_by(senior)
    services.confirm(planned=planned, officer_id=colleague.pk, at=AT)
    assert services.queue_due(at=AT + HOUR) == [planned.pk]


def test_who_planned_a_round_cannot_confirm_it(senior: User) -> None:
    planned = planned_by(senior)
    with pytest.raises(SamePerson):
        services.confirm(planned=planned, officer_id=senior.pk, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=planned.pk).update(confirmed_by=senior)


def test_confirming_twice_is_confirming_once(senior: User, colleague: User) -> None:
    planned = planned_by(senior)
    other = factories.officer("otis", Role.SENIOR_OFFICER)
    services.confirm(planned=planned, officer_id=colleague.pk, at=AT)
    services.confirm(planned=planned, officer_id=other.pk, at=AT)
    assert Round.objects.get().confirmed_by == colleague
    assert OfficerAction.objects.filter(verb="confirmed").count() == 1


def test_a_started_round_is_not_confirmed(senior: User, colleague: User) -> None:
    planned = planned_by(senior)
    services.queue(planned=planned, officer_id=colleague.pk, at=AT)
    with pytest.raises(RoundAlreadyStarted):
        services.confirm(planned=planned, officer_id=colleague.pk, at=AT)


def test_the_preview_offers_its_planner_no_button_and_says_who_may(client: Client, senior: User) -> None:
    planned = planned_by(senior)
    sign_in(client, senior)
    text = text_of(client, page(planned))
    assert "A round takes two people. sefton planned it; another senior officer runs it" in text
    assert "Run the round now" not in text
    refused = press_run(client, planned)
    assert "You planned this round, so another senior officer runs it" in text_in(refused)
    assert state_of(planned) == RoundState.PLANNED


def test_a_colleague_lets_it_run_at_its_time(client: Client, senior: User, colleague: User) -> None:
    planned = planned_by(senior)
    sign_in(client, colleague)
    assert "Let it run at its time" in text_of(client, page(planned))
    press_run(client, planned, at_its_time="1", why="Instruction 12")
    assert "corinne confirmed it on 24 September 2026, 09:12 UTC" in text_of(client, page(planned))
    assert "Let it run at its time" not in text_of(client, page(planned))
    assert state_of(planned) == RoundState.PLANNED
    press_run(client, planned)
    told = text_of(client, f"{page(planned)}?still=1")
    assert "Confirmed for its time 24 September 2026, 09:12:40 UTC by corinne" in told


def test_an_overdue_round_without_a_second_officer_says_why_it_waits(
    client: Client, senior: User, colleague: User, set_clock: Callable[[datetime], None]
) -> None:
    planned = planned_by(senior)
    set_clock(AT + HOUR)
    sign_in(client, colleague, proved_at=AT + HOUR)
    text = text_of(client, page(planned))
    assert (
        "no second officer has confirmed it, so it waits. A senior officer other than sefton runs it." in text
    )
    assert "Let it run at its time" not in text


def test_where_one_person_may_do_both_the_page_says_so(client: Client, settings: LazySettings) -> None:
    settings.EEPORTAL_FOUR_EYES = False
    alone = factories.officer()
    planned = planned_by(alone)
    sign_in(client, alone)
    assert "This installation lets one person plan a round and run it" in text_of(client, page(planned))
    assert press_run(client, planned).status_code == 302
    assert state_of(planned) == RoundState.QUEUED


def test_an_officer_who_is_no_senior_plans_but_is_offered_neither_run_nor_cancel(client: Client) -> None:
    officer = factories.officer("oscar", Role.OFFICER)
    planned = planned_by(officer)
    sign_in(client, officer)
    text = text_of(client, page(planned))
    assert client.get(ADD).status_code == 200
    assert "Run the round now" not in text
    assert "Cancel the round" not in text


def test_twin_without_the_check_the_planner_runs_it_alone(
    client: Client, senior: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = planned_by(senior)
    monkeypatch.setattr(services, "_planner_of", lambda _planned: None)
    sign_in(client, senior)
    press_run(client, planned)
    assert state_of(planned) == RoundState.QUEUED


def test_twin_without_the_second_officer_of_due_rounds_the_planner_only_waits(
    senior: User, settings: LazySettings
) -> None:
    planned = planned_by(senior)
    settings.EEPORTAL_FOUR_EYES = False
    assert services.queue_due(at=AT + HOUR) == [planned.pk]
