"""An update before it is sent: what changed, and what it does."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from profiles import services
from profiles.models import Profile, Submission
from profiles.views import sending
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, EMEKA, Persona
from tests.profiles.reading import words_of
from tests.profiles.test_pages_sending import signing

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"
DAY = timedelta(days=1)


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def update(persona: Persona, **changes: Any) -> Profile:
    """Return a persona's profile, with an update begun that changes some answers."""
    profile = factories.profile(persona)
    draft = services.open_update(profile=profile, at=AT)
    services.save_answers(draft=draft, changes=changes, at=AT)
    return profile


def better_test() -> list[dict[str, Any]]:
    tests: list[dict[str, Any]] = deepcopy(AMARA.answers(AT.date())["language_tests"])
    tests[0]["scores"] = {"listening": 8.5, "reading": 8.0, "writing": 7.5, "speaking": 7.5}
    return tests


def test_an_update_shows_what_changed_and_the_score_before_and_after(amara: Client) -> None:
    update(AMARA, language_tests=better_test())
    words = words_of(amara.get(f"{DRAFT}result/"))
    assert "With these answers you stay in the pool" in words
    assert "Score now 469" in words
    assert "Score after the update" in words
    assert "Reading IELTS General Training" in words
    assert "Changed 7 8" in words
    assert "First official language" in words


def test_an_update_keeps_the_place_among_equal_scores_and_says_so(amara: Client) -> None:
    update(AMARA, settlement_funds_cad=26000)
    assert "It still follows 24 September 2026, 09:12:40 UTC" in words_of(amara.get(f"{DRAFT}result/"))


def test_an_update_that_would_leave_the_pool_warns_before_it_is_sent(amara: Client) -> None:
    update(AMARA, language_tests=[])
    words = words_of(amara.get(f"{DRAFT}result/"))
    assert "Sending this takes you out of the pool" in words
    assert "Lost: Federal Skilled Worker" in words
    assert "With these answers you leave the pool" in words


def test_a_corrected_profile_says_that_it_comes_into_the_pool(client: Client) -> None:
    client.force_login(factories.account(EMEKA))
    update(EMEKA, **AMARA.facts(AT.date()))
    words = words_of(client.get(f"{DRAFT}result/"))
    assert "With these answers you enter the pool" in words
    assert "Gained: Federal Skilled Worker" in words


def test_whether_the_partner_comes_along_can_be_changed_and_its_effect_is_shown(client: Client) -> None:
    client.force_login(factories.account(BEN))
    profile = update(BEN)
    told = {"accompanying": "no", "canadian_citizen_or_pr": "no"}
    seen = client.get(f"{DRAFT}partner/").context["page"].seen()
    client.post(f"{DRAFT}partner/", told | {"seen": seen})
    words = words_of(client.get(f"{DRAFT}result/"))
    assert "Comes with you to Canada Does not come with you" in words
    client.post(f"{DRAFT}sign/", signing(client, BEN))
    assert (
        Submission.objects.filter(profile=profile).latest("sequence").facts["spouse"]["accompanying"] is False
    )


def test_a_new_profile_is_compared_with_nothing(amara: Client) -> None:
    factories.draft(AMARA)
    assert "What the update does" not in words_of(amara.get(f"{DRAFT}result/"))


@pytest.mark.parametrize("page", ["result/", "sign/"])
def test_an_update_without_any_change_need_not_be_signed(amara: Client, page: str) -> None:
    update(AMARA)
    assert "Nothing has changed, so nothing has to be sent" in words_of(amara.get(DRAFT + page))


def test_an_update_that_was_changed_back_is_not_sent(amara: Client) -> None:
    profile = update(AMARA, settlement_funds_cad=26000)
    told = signing(amara)
    draft = profile.drafts.get(state="open")
    services.save_answers(draft=draft, changes={"settlement_funds_cad": 25000}, at=AT)
    page = amara.post(f"{DRAFT}sign/", told)
    assert "Nothing has changed" in words_of(page)
    assert Submission.objects.count() == 1


def test_sending_an_update_twice_is_once_and_confirms_the_same(amara: Client) -> None:
    update(AMARA, settlement_funds_cad=26000)
    told = signing(amara)
    places = [amara.post(f"{DRAFT}sign/", told).headers["Location"] for _click in range(2)]
    assert places[0] == places[1]
    assert Submission.objects.count() == 2


def test_without_the_look_at_changes_the_same_answers_would_be_sent_again(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    update(AMARA, settlement_funds_cad=25000)
    monkeypatch.setattr(sending, "_changes_nothing", lambda _request, _draft: False)
    amara.post(f"{DRAFT}sign/", signing(amara))
    assert Submission.objects.count() == 2
