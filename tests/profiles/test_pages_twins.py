"""Each guard of the pages taken away: the damage that it prevents."""

from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.models import Message
from accounts.models.messages import MessageQuerySet
from lifecycle.tables import ProfileState
from profiles import filling
from profiles.models import Draft, PoolEntry, Profile
from profiles.models.drafts import DraftQuerySet
from profiles.views import beginning, sending
from profiles.views import profile as profile_views
from tests import factories
from tests.personas import AMARA, BEN
from tests.profiles.reading import filled_in

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def everybodys(objects: QuerySet[Any], _user: Any) -> QuerySet[Any]:
    return objects.all()


def test_without_its_owner_a_profile_could_be_withdrawn_by_anybody(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.profile(BEN)
    monkeypatch.setattr(
        profile_views, "own_profile", lambda _request, number: Profile.objects.get(number=number)
    )
    amara.post(f"/en/account/profiles/{other.number}/withdraw/")
    assert PoolEntry.objects.get().state == ProfileState.WITHDRAWN


def test_without_its_owner_a_message_could_be_read_by_anybody(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.profile(BEN)
    monkeypatch.setattr(MessageQuerySet, "visible_to", everybodys)
    assert amara.get(f"/en/account/messages/{Message.objects.get().pk}/").status_code == 200


def test_without_its_owner_a_draft_could_be_sent_by_anybody(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.draft(BEN)
    monkeypatch.setattr(DraftQuerySet, "visible_to", everybodys)
    told = {"draft": other.pk, "version": other.version, "declared": "on", "signed_as": BEN.signature}
    amara.post(f"{DRAFT}sign/", told)
    assert Profile.objects.get().account == factories.account(BEN)


def test_without_what_was_seen_the_second_window_overwrites_the_first(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.draft(AMARA)
    first, second = (filled_in(amara.get(f"{DRAFT}plans/")) for _window in range(2))
    monkeypatch.setattr(filling, "digest", lambda _part: second["seen"])
    amara.post(f"{DRAFT}plans/", first | {"settlement_funds_cad": "30000"})
    amara.post(f"{DRAFT}plans/", second | {"intended_province": "NS"})
    assert Draft.objects.get().answers["settlement_funds_cad"] == 25000


def test_without_the_limit_codes_could_be_guessed_without_end(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beginning, "within", lambda *_told: True)
    tries = [
        amara.post("/en/account/start/", {"way": "code", "code": f"AB{number:010}"}) for number in range(12)
    ]
    assert {response.status_code for response in tries} == {200}


def test_without_the_sections_a_draft_with_a_wrong_page_would_be_sent(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = factories.draft(AMARA)
    told = filled_in(amara.get(f"{DRAFT}sign/")) | {"declared": "on", "signed_as": AMARA.signature}
    draft.unfinished = {"plans": {"settlement_funds_cad": ["much"]}}
    draft.save()
    monkeypatch.setattr(sending, "_is_ready", lambda _request, _draft: True)
    amara.post(f"{DRAFT}sign/", told)
    assert Profile.objects.count() == 1
