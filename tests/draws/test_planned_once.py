"""The same instruction sent twice plans one round; another one plans another."""

from datetime import timedelta

import pytest

from draws import services
from draws.models import Round, RoundType
from lifecycle.models import Transition
from tests import factories
from tests.factories import AT

pytestmark = pytest.mark.django_db


def plan(officer: str = "olivia", **fields: object) -> Round:
    told = {"round_type": RoundType.GENERAL, "size": 10, "planned_for": AT + timedelta(hours=1)} | fields
    return services.plan_next(planned=Round(**told), officer_id=factories.officer(officer).pk, at=AT)


def test_the_same_instruction_twice_is_one_round() -> None:
    assert plan().pk == plan().pk
    assert Transition.objects.filter(machine="round").count() == 1


def test_another_number_or_another_officer_is_another_round() -> None:
    assert len({plan().number, plan(size=11).number, plan("otis").number}) == 3


def test_a_cancelled_round_can_be_planned_anew() -> None:
    first = plan()
    services.cancel(planned=first, officer_id=factories.officer().pk, at=AT)
    assert plan().pk != first.pk


def test_twin_without_the_look_for_the_same_a_double_click_plans_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_planned_alike", lambda _planned, _officer_id: None)
    assert plan().pk != plan().pk
