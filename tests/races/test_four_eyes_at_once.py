"""The planner and a colleague at the same moment: only the colleague's press ever starts the round."""

from functools import partial

import pytest
from django.conf import LazySettings

from accounts.models import OfficerAction, Role, User
from draws import services
from draws.errors import RoundAlreadyStarted, SamePerson
from draws.models import Round, RoundType
from lifecycle.tables import RoundState
from tests import factories
from tests.factories import AT
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def two(settings: LazySettings) -> tuple[User, User]:
    """A senior officer who plans, and another."""
    settings.EEPORTAL_FOUR_EYES = True
    first, second = (factories.officer(name, Role.SENIOR_OFFICER) for name in ("sefton", "corinne"))
    return first, second


def planned_by(officer: User, size: int) -> Round:
    planned = Round(size=size, planned_for=AT, round_type=RoundType.GENERAL)
    return services.plan_next(planned=planned, officer_id=officer.pk, at=AT)


def press(planned: Round, officer: User) -> Round:
    own = Round.objects.get(pk=planned.pk)
    return services.queue(planned=own, officer_id=officer.pk, at=AT)


def test_the_planner_and_a_colleague_press_run_at_once(two: tuple[User, User]) -> None:
    planner, colleague = two
    for size in range(1, ROUNDS + 1):
        planned = planned_by(planner, size)
        *refused, started = at_once(
            *[partial(press, planned, planner)] * 4, partial(press, planned, colleague)
        )
        assert all(isinstance(outcome, SamePerson | RoundAlreadyStarted) for outcome in refused)
        assert isinstance(started, Round)
        assert Round.objects.get(pk=planned.pk).queued_by == colleague
    assert set(OfficerAction.objects.filter(verb="started").values_list("officer", flat=True)) == {
        colleague.pk
    }


def test_a_confirmation_and_a_cancellation_at_once_leave_no_round_that_runs_unconfirmed(
    two: tuple[User, User],
) -> None:
    planner, colleague = two
    for size in range(1, ROUNDS + 1):
        planned = planned_by(planner, size)
        at_once(
            partial(services.confirm, planned=planned, officer_id=colleague.pk, at=AT),
            partial(services.cancel, planned=Round.objects.get(pk=planned.pk), officer_id=planner.pk, at=AT),
            partial(services.queue_due, at=AT),
        )
        found = Round.objects.get(pk=planned.pk)
        assert found.state == RoundState.CANCELLED or found.confirmed_by == colleague
