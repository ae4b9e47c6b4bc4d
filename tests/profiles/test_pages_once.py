"""What is sent twice is done once, and whoever sent it second arrives where the first one did."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Message
from lifecycle import moves
from lifecycle.errors import LostRace
from lifecycle.models import Transition
from lifecycle.tables import DraftState
from profiles import services
from profiles.models import Draft
from tests import factories
from tests.factories import AT
from tests.personas import AMARA
from tests.profiles.reading import filled_in

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"
PROFILES = "/en/account/profiles/"


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def twice(client: Client, address: str, told: dict[str, Any]) -> tuple[str, str]:
    """Send a form two times and return where each led."""
    first, second = client.post(address, told), client.post(address, told)
    return first.headers["Location"], second.headers["Location"]


def test_discarding_twice_is_once(amara: Client) -> None:
    factories.draft(AMARA)
    told = filled_in(amara.get(f"{DRAFT}discard/"))
    first, second = twice(amara, f"{DRAFT}discard/", told)
    assert first == second == "/en/account/"
    assert Transition.objects.filter(machine="draft", event="discard").count() == 1


def test_the_page_of_an_earlier_draft_discards_no_later_one(amara: Client) -> None:
    factories.draft(AMARA)
    told = filled_in(amara.get(f"{DRAFT}discard/"))
    amara.post(f"{DRAFT}discard/", told)
    amara.post("/en/account/start/", {"way": "earlier"})
    amara.post(f"{DRAFT}discard/", told)
    assert Draft.objects.open().count() == 1


def test_without_the_draft_s_name_discarding_asks_again(amara: Client) -> None:
    factories.draft(AMARA)
    for told in ({}, {"draft": "x"}, {"draft": "9" * 30}, {"draft": "-1"}):
        assert amara.post(f"{DRAFT}discard/", told).headers["Location"] == f"{DRAFT}discard/"
    assert Draft.objects.get().state == DraftState.OPEN


def test_twin_a_discard_that_does_not_look_again_breaks_the_second_time() -> None:
    draft = factories.draft(AMARA)
    stale = Draft.objects.get(pk=draft.pk)
    services.discard_draft(draft=draft, at=AT)
    with pytest.raises(LostRace):
        moves.move(stale, "discard", at=AT)


def test_withdrawing_twice_is_once(amara: Client) -> None:
    profile = factories.profile(AMARA)
    first, second = twice(amara, f"{PROFILES}{profile.number}/withdraw/", {})
    assert first == second == f"{PROFILES}{profile.number}/"
    assert Transition.objects.filter(machine="profile", event="withdraw").count() == 1
    assert Message.objects.filter(kind="profile_withdrawn").count() == 1
