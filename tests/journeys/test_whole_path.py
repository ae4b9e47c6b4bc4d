"""From the questionnaire to the invitation, its decline, a second one that lapses, and a profile that expires."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.services import deliver_messages
from draws.models import Invitation
from draws.tasks import lapse_invitations, run_due_rounds
from lifecycle import clock
from lifecycle.tables import ProfileState
from profiles.models import PoolEntry
from profiles.tasks import assess_due, expire_profiles, lapse_drafts
from simulation.models import DemoMail
from tests import factories
from tests.factories import PASSWORD
from tests.journeys.traveller import Traveller
from tests.personas import AMARA, DIVYA, Persona

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SetClock = Callable[[datetime], None]


def travel(days: int) -> datetime:
    """Move the portal's clock for everybody, and let every job run."""
    at = clock.travel(timedelta(days=days))
    for job in (lapse_drafts, assess_due, expire_profiles, lapse_invitations, run_due_rounds):
        job()
    deliver_messages()
    return at


def hold_a_round(number: int) -> None:
    """An officer plans and runs a round that invites everybody; a worker does it."""
    factories.published_round(at=clock.now(), number=number, size=1000)


@pytest.mark.parametrize(
    ("language", "persona"),
    [
        pytest.param("en", AMARA, id="English"),
        pytest.param("fr", DIVYA, id="French", marks=pytest.mark.slow),
    ],
)
def test_the_whole_path(page: Any, live_server: Any, language: str, persona: Persona, settings: Any) -> None:
    settings.EMAIL_BACKEND = "simulation.mailbox.DemoMailbox"
    walker = Traveller(page, live_server.url, persona, language, clock.today())

    walker.answer_the_questionnaire()
    code = re.search(r"[A-Z]{2}\s?(?:\d\s?){10}", page.inner_text("main"))
    assert code, page.inner_text("main")

    walker.sign_up(PASSWORD)
    walker.begin_with_code(code.group())
    walker.tell_the_personal_part()
    number = walker.sign_and_submit()
    entry = PoolEntry.objects.get(profile__number=number)
    assert entry.state == ProfileState.IN_POOL
    text = page.inner_text("main")
    assert number in text
    assert entry.profile.validation_code in text.replace(" ", "").replace("-", "")
    first_time = entry.submitted_at

    walker.open(f"/account/profiles/{number}/score/")
    assert str(entry.score) in page.inner_text("main")

    hold_a_round(448)
    first = Invitation.objects.get(profile__number=number)
    walker.open(f"/account/invitations/{first.pk}/")
    walker.open(f"/account/invitations/{first.pk}/decline/")
    walker.send()
    entry.refresh_from_db()
    assert (entry.state, entry.submitted_at) == (ProfileState.IN_POOL, first_time)

    hold_a_round(449)
    second = Invitation.objects.exclude(pk=first.pk).get(profile__number=number)
    travel(61)
    walker.sign_in_again(PASSWORD)
    walker.open(f"/account/invitations/{second.pk}/")
    entry.refresh_from_db()
    assert entry.state == ProfileState.LAPSED
    walker.open(f"/account/profiles/{number}/")

    walker.begin_again()
    renewed = walker.sign_and_submit()
    assert renewed != number
    travel(366)
    walker.open(f"/account/profiles/{renewed}/")
    assert PoolEntry.objects.get(profile__number=renewed).state == ProfileState.EXPIRED
    assert DemoMail.objects.filter(recipient=f"{persona.username}@example.org").count() >= 5
