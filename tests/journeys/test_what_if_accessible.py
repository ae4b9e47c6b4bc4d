"""The pages of 'What if?' and of past rounds: nothing that axe finds, no scrolling sideways on a phone."""

from typing import Any

import pytest

from profiles import scenarios
from profiles.models import Scenario
from profiles.scenarios import basis_of
from rules.steps import best_steps
from tests import factories
from tests.factories import AT
from tests.journeys.looking import Look
from tests.personas import BEN, DIVYA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def several_plans() -> list[Scenario]:
    """Return Ben's four best steps, each as a scenario; two more candidates are in the pool."""
    profile = factories.profile(BEN)
    factories.profile(DIVYA)
    basis = basis_of(profile.account_id, AT)
    assert basis is not None
    steps = best_steps(basis.facts, AT.date())[:4]
    return [
        scenarios.begin(account_id=profile.account_id, name=step.key[:40], candidate=step.changed, at=AT)
        for step in steps
    ]


def test_axe_finds_nothing_and_no_page_scrolls_sideways(look: Look) -> None:
    plans = several_plans()
    number = factories.account(BEN).profiles.get().number
    own = f"account/what-if/{plans[0].pk}/"
    places = [
        "",
        "name/",
        "delete/",
        "work/add/",
        "languages/1/",
        "work/1/remove/",
        "applicant/",
        "nomination/",
    ]
    pages = ["account/what-if/", "account/what-if/add/", *(f"{own}{place}" for place in places)]
    look(factories.account(BEN), [*pages, f"account/profiles/{number}/past-rounds/"])
