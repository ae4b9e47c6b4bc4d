"""An officer holds a round in a browser without script, by keyboard; everybody then sees it, in both languages."""

import re
from typing import Any

import pytest
from django.core import mail
from django.utils.translation import gettext, override

from accounts.services import deliver_messages
from draws.models import Invitation, Round
from draws.tasks import run_due_rounds
from lifecycle.tables import RoundState
from tests import factories
from tests.factories import PASSWORD
from tests.journeys.keyboard import Keyboard
from tests.personas import AMARA, DIVYA

BUTTON = "main form .actions button"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def says(page: Any, language: str, words: str) -> bool:
    """Whether the page says something, given in English, in its own language."""
    with override(language):
        return gettext(words) in page.inner_text("main")


def sign_in(hands: Keyboard, username: str) -> None:
    """Sign in where the portal asks for it, with the code from the e-mail, with the keyboard only."""
    hands.fill({"login": username, "password": PASSWORD})
    hands.follow(BUTTON)
    code = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert code is not None
    hands.fill({"code": code.group()})
    hands.follow(BUTTON)


@pytest.mark.parametrize("language", ["en", pytest.param("fr", marks=pytest.mark.slow)])
def test_an_officer_plans_previews_runs_and_publishes_a_round(
    page: Any, live_server: Any, language: str
) -> None:
    factories.officer()
    for person in (AMARA, DIVYA):
        factories.profile(person)
    hands = Keyboard(page)
    page.goto(f"{live_server.url}/{language}/admin/draws/round/")
    sign_in(hands, "olivia")
    assert page.url.endswith(f"/{language}/admin/draws/round/")

    hands.follow("main .actions a")
    hands.fill({"round_type": "general", "size": "1", "hour": "23:59"})
    hands.follow(BUTTON)
    planned = Round.objects.get()
    assert says(page, language, "Planned")
    assert "448" in page.inner_text("main")
    assert not Invitation.objects.exists()

    hands.fill({"number": "2"})
    hands.follow("main form.confirm button")
    assert page.locator(".error-summary").count() == 1
    assert Round.objects.get().state == RoundState.PLANNED
    hands.fill({"number": "1"})
    hands.follow("main form.confirm button")
    assert page.url.endswith(f"/admin/draws/round/{planned.pk}/change/")

    run_due_rounds()
    deliver_messages()
    page.reload()
    assert Invitation.objects.count() == 1
    hands.follow(BUTTON)
    assert says(page, language, "Published")

    page.context.clear_cookies()
    page.goto(f"{live_server.url}/{language}/rounds/")
    assert says(page, language, "Held in this simulator")
    hands.follow('main table a[href$="/rounds/448/"]')
    assert says(page, language, "Held in this simulator")
    assert str(Round.objects.get().cutoff) in page.inner_text("main")


@pytest.mark.slow
def test_the_page_of_a_running_round_looks_again_by_itself(page: Any, live_server: Any) -> None:
    factories.officer()
    factories.profile(AMARA)
    page.goto(f"{live_server.url}/en/admin/draws/round/add/")
    hands = Keyboard(page)
    sign_in(hands, "olivia")
    hands.fill({"round_type": "general", "size": "1", "hour": "23:59"})
    hands.follow(BUTTON)
    hands.fill({"number": "1"})
    hands.follow("main form.confirm button")
    assert "Waiting for a worker" in page.inner_text("main")
    run_due_rounds()
    deliver_messages()
    page.get_by_text("1 of 1 sent").wait_for(timeout=10_000)


@pytest.mark.slow
def test_two_officers_press_run_and_the_second_is_told_of_the_first(
    page: Any, live_server: Any, browser: Any
) -> None:
    for name in ("olivia", "oscar"):
        factories.officer(name)
    factories.profile(AMARA)
    hands = Keyboard(page)
    page.goto(f"{live_server.url}/en/admin/draws/round/add/")
    sign_in(hands, "olivia")
    hands.fill({"round_type": "general", "size": "1", "hour": "23:59"})
    hands.follow(BUTTON)

    other = browser.new_context(java_script_enabled=False).new_page()
    other.goto(page.url)
    sign_in(Keyboard(other), "oscar")
    for officer in (page, other):
        Keyboard(officer).fill({"number": "1"})
        Keyboard(officer).follow("main form.confirm button")
    assert "Waiting for a worker" in page.inner_text("main")
    told = other.inner_text("main")
    assert "This round was started already." in told
    assert "by olivia" in told
    other.context.close()
    run_due_rounds()
    assert Invitation.objects.count() == 1
