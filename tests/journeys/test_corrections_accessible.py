"""The pages of a correction, officers' and candidates': nothing that axe finds, no scrolling sideways on a phone."""

from typing import Any

import pytest

from draws.models import Invitation
from tests import factories
from tests.draws.corrections import corrected, prepared
from tests.journeys.looking import Look
from tests.personas import AMARA, BEN, DIVYA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "admin/draws/round/"


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """With script, which axe needs."""
    return {**browser_context_args, "java_script_enabled": True}


def test_the_pages_of_a_correction(look: Look) -> None:
    for persona in (AMARA, BEN, DIVYA):
        factories.profile(persona)
    held = factories.published_round(number=448, size=10)
    first = [Invitation.objects.get(profile__account__username=AMARA.username).pk]
    done = corrected(held, invitations=first)
    waiting = prepared(held)
    officers_pages = [
        f"{DESK}{held.pk}/correct/",
        f"{DESK}corrections/{done.planned_id}/",
        f"{DESK}corrections/{waiting.pk}/",
    ]
    look(factories.officer(), officers_pages)
    look(None, ["rounds/448/"])
    profile = Invitation.objects.get(pk=first[0]).profile
    look(profile.account, [f"account/invitations/{first[0]}/", "account/"])
