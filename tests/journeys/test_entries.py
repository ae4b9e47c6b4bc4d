"""Entries in a real browser without script: levels before saving, an odd date confirmed, what counts of the work."""

from typing import Any

import pytest

from profiles.models import Draft
from tests import factories
from tests.journeys.looking import come_in
from tests.personas import AMARA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def amara(page: Any, live_server: Any) -> Any:
    factories.draft(AMARA)
    come_in(page, live_server.url, factories.account(AMARA))
    return page


def test_the_levels_of_a_test_show_before_it_is_saved(amara: Any, live_server: Any) -> None:
    amara.goto(f"{live_server.url}/en/account/draft/languages/1/")
    amara.get_by_label("Listening", exact=True).fill("8.5")
    amara.get_by_role("button", name="Show the levels").click()
    assert amara.locator("#levels tbody").inner_text().split() == ["10+", "9", "9", "9"]
    assert Draft.objects.get().answers["language_tests"][0]["scores"]["listening"] == 8.0
    amara.get_by_role("button", name="Save and continue").click()
    assert "CLB: listening 10+, reading 9" in amara.locator("table").inner_text()


def test_an_odd_date_is_confirmed_with_a_box(amara: Any, live_server: Any) -> None:
    amara.goto(f"{live_server.url}/en/account/draft/work/1/")
    amara.locator("[name=start_date_year]").fill("2008")
    amara.get_by_role("button", name="Save and continue").click()
    assert "work before 16 is rare" in amara.get_by_role("main").inner_text()
    amara.get_by_label("Yes, this is right: the job began at that age.").check()
    amara.get_by_role("button", name="Save and continue").click()
    assert Draft.objects.get().answers["work"][0]["start_date"].startswith("2008-")
    amara.get_by_role("link", name="What counts of your work for each program").click()
    assert amara.get_by_role("heading", name="What counts of your work today").is_visible()


def test_two_relatives_are_added_one_after_the_other(amara: Any, live_server: Any) -> None:
    amara.goto(f"{live_server.url}/en/account/draft/relatives/add/")
    for name in ("Chidi", "Ngozi"):
        amara.get_by_label("Brother or sister").check()
        amara.get_by_label("Citizen of Canada").check()
        for part, typed in {"day": "3", "month": "2", "year": "1990"}.items():
            amara.locator(f"[name=birth_date_{part}]").fill(typed)
        amara.get_by_label("Name of the relative").fill(name)
        amara.get_by_role("button", name="Save and add another relative").click()
    names = [entry["details"]["name"] for entry in Draft.objects.get().answers["relatives_in_canada"]]
    assert names == ["Chidi", "Ngozi"]
