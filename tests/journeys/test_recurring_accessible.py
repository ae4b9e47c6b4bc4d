"""The pages of recurring plans and the calendar: nothing that axe finds, no scrolling sideways on a phone."""

from typing import Any

import pytest
from django.conf import LazySettings

from draws.recurring import services
from tests import factories
from tests.draws.plans import planner, running, senior, work
from tests.factories import AT
from tests.journeys.looking import Look

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLANS = "admin/draws/recurringplan/"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def test_a_plan_that_runs_and_one_that_rests(look: Look, settings: LazySettings) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    settings.EEPORTAL_PLAN_AHEAD_DAYS = 60
    factories.profile()
    plan = running()
    work(AT)
    page = f"{PLANS}{plan.pk}/"
    rounds = [
        "admin/draws/round/",
        "admin/draws/round/calendar/",
        "admin/draws/round/calendar/?month=2026-10",
    ]
    look(senior(), [*rounds, PLANS, f"{page}change/", f"{page}pause/"])
    services.pause(plan=plan, officer_id=planner().pk, at=AT, why="budget")
    look(
        planner(),
        [f"{PLANS}add/", f"{page}change/", f"{page}days/", f"{page}step/2/", f"{page}step/2/remove/"],
    )
    look(planner(), [f"{page}resume/", f"{page}end/"])
