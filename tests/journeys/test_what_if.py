"""'What if?' in a browser without script, by keyboard alone."""

from typing import Any

import pytest

from profiles.models import Scenario
from tests import factories
from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import come_in
from tests.personas import DIVYA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_scenario_is_begun_changed_compared_and_deleted_by_keyboard_alone(
    page: Any, live_server: Any
) -> None:
    factories.profile(DIVYA)
    come_in(page, live_server.url, factories.account(DIVYA))
    keys = Keyboard(page)
    page.goto(f"{live_server.url}/en/account/what-if/")
    keys.follow('main a[href$="/what-if/add/"]')
    keys.fill({"name": "Nominated"})
    keys.follow("main button[type=submit]")
    keys.follow('main a[href$="/nomination/"]')
    keys.fill({"nominated": "yes", "province": "NS"})
    keys.follow("main button[type=submit]")
    assert "Beside your profile: +" in page.inner_text("main")
    keys.follow('main a[href*="beside="]')
    assert "would have invited" in page.inner_text("main")
    page.goto(f"{live_server.url}/en/account/what-if/{Scenario.objects.get().pk}/")
    keys.follow('main a[href$="/delete/"]')
    keys.follow("main button[type=submit]")
    assert not Scenario.objects.exists()
