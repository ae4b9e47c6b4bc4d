"""The pages of a nomination: nothing that axe finds, no scrolling sideways on a phone."""

from datetime import datetime
from typing import Any

import pytest

from accounts.models import User
from lifecycle import clock
from profiles import nominating
from profiles.models import Nomination, Profile
from tests import factories
from tests.journeys.looking import Look
from tests.personas import AMARA
from tests.profiles.test_nominating import ONTARIO, staff

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def claim(at: datetime) -> Profile:
    plans = {"provinces": ["ON"], "shared_with": []}
    return factories.profile(AMARA, at=at, plans=plans, nomination=ONTARIO)


def confirm(profile: Profile, by: User, at: datetime) -> Nomination:
    return nominating.confirm(
        staff=by,
        number=profile.number,
        code=profile.validation_code,
        issued_on=at.date(),
        expires_on=None,
        at=at,
    )


def test_a_claim_on_its_page_the_status_page_the_home_and_the_desk(look: Look) -> None:
    profile = claim(clock.now())
    address = f"account/profiles/{profile.number}/"
    look(profile.account, [address, f"{address}nomination/", "account/"])
    look(staff(), ["province/"])


def test_a_confirmed_nomination_its_answers_and_what_became_of_it(look: Look) -> None:
    at = clock.now()
    profile = claim(at)
    held = confirm(profile, staff(), at)
    address = f"account/profiles/{profile.number}/"
    look(profile.account, [address, *(f"{address}nomination/{way}" for way in ("", "accept/", "refuse/"))])
    nominating.accept(nomination=held, at=at)
    look(profile.account, [f"{address}nomination/", "account/"])


def test_the_desk_when_nothing_waits(look: Look) -> None:
    look(staff(), ["province/"])
