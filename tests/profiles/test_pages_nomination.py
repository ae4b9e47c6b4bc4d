"""The pages of a nomination: the candidate's own, and the desk of a province's staff."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.limiting.limits import NOMINATION
from accounts.models import OfficerAction, Role
from lifecycle import clock
from lifecycle.tables import NominationState
from profiles.models import Nomination, PoolEntry, Profile
from tests import factories
from tests.draws.desk import sign_in
from tests.factories import AT
from tests.hostile import HOSTILE
from tests.personas import AMARA, BEN, DIVYA
from tests.profiles.reading import words_of
from tests.profiles.test_nominating import ONTARIO, claimed, confirmed, staff

pytestmark = pytest.mark.django_db
DESK = "/en/province/"
NOW = AT + timedelta(days=2)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "real_now", lambda: NOW)


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


@pytest.fixture
def ontario() -> Client:
    return sign_in(Client(), staff(), proved_at=NOW)


def page_of(profile: Profile, way: str = "") -> str:
    return f"/en/account/profiles/{profile.number}/nomination/{way}"


def typed(profile: Profile, **differences: str) -> dict[str, str]:
    return {
        "number": profile.number,
        "code": profile.validation_code,
        "issued_on_day": "24",
        "issued_on_month": "9",
        "issued_on_year": "2026",
        **differences,
    }


def state() -> str:
    return Nomination.objects.get().state


def test_a_profile_without_a_claim_says_how_one_is_told(amara: Client) -> None:
    words = words_of(amara.get(page_of(factories.profile(AMARA))))
    assert "answer yes in the section ‘Nomination’ of an update" in words


def test_a_claim_says_that_the_province_must_act(amara: Client) -> None:
    words = words_of(amara.get(page_of(claimed().profile)))
    assert "The province must act" in words
    assert "Accept the nomination" not in words


def test_a_claim_that_the_province_cannot_see_says_what_to_do(amara: Client) -> None:
    held = claimed(plans={"provinces": ["AB"], "shared_with": []})
    assert "update your profile and tick the province" in words_of(amara.get(page_of(held.profile)))


def test_a_confirmed_nomination_says_until_when_and_offers_both_answers(amara: Client) -> None:
    words = words_of(amara.get(page_of(confirmed().profile)))
    assert "You must act" in words
    assert "25 October 2026, 09:12:40 UTC" in words
    assert "Accept the nomination" in words
    assert "Do not accept it" in words


@pytest.mark.parametrize("where", ["/en/account/", "/en/account/profiles/{number}/"])
def test_what_waits_for_the_candidate_stands_on_the_home_and_the_status_page(
    amara: Client, where: str
) -> None:
    profile = confirmed().profile
    assert "You must act: accept it, or not, by 25 October 2026" in words_of(
        amara.get(where.format(number=profile.number))
    )


def test_accepting_is_asked_once_more_and_then_done(amara: Client) -> None:
    profile = confirmed().profile
    before = PoolEntry.objects.get().score
    assert "Accept this nomination?" in words_of(amara.get(page_of(profile, "accept/")))
    assert state() == NominationState.CONFIRMED
    answered = amara.post(page_of(profile, "accept/"), follow=True)
    assert "You accepted the nomination." in words_of(answered)
    assert PoolEntry.objects.get().score == before + 600


def test_not_accepting_is_asked_once_more_and_then_done(amara: Client) -> None:
    profile = confirmed().profile
    assert "This cannot be taken back." in words_of(amara.get(page_of(profile, "refuse/")))
    amara.post(page_of(profile, "refuse/"))
    assert state() == NominationState.REFUSED


def test_accepting_after_the_deadline_says_why_it_cannot_be(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = confirmed().profile
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(days=31))
    answered = amara.post(page_of(profile, "accept/"))
    assert answered.status_code == 409
    assert "The 30 days to accept this nomination are over" in words_of(answered)
    assert "Not answered in time" in words_of(amara.get(page_of(profile)))


def test_another_candidate_finds_no_nomination_to_accept() -> None:
    profile = confirmed().profile
    other = Client()
    other.force_login(factories.account(BEN))
    assert other.post(page_of(profile, "accept/")).status_code == 404
    assert state() == NominationState.CONFIRMED


def test_the_accepted_nomination_is_in_the_exported_profile(amara: Client) -> None:
    profile = confirmed().profile
    amara.post(page_of(profile, "accept/"))
    exported = amara.get(f"/en/account/profiles/{profile.number}/export/").json()
    assert exported["provincial_nomination"]["province"] == "ON"


def test_the_desk_lists_claims_without_names_numbers_or_codes(ontario: Client) -> None:
    profile = claimed().profile
    page = ontario.get(DESK)
    words = words_of(page)
    assert "1 candidate says that your province nominated them" in words
    assert "21232" in words
    for secret in (profile.number, profile.validation_code, AMARA.family_name):
        assert secret not in page.content.decode()


def test_the_desk_confirms_by_number_and_code(ontario: Client) -> None:
    profile = claimed().profile
    answered = ontario.post(DESK, typed(profile, number=profile.number.lower()), follow=True)
    assert f"The nomination of profile {profile.number} is confirmed" in words_of(answered)
    assert state() == NominationState.CONFIRMED


@pytest.mark.parametrize(
    "wrong", [{"code": "ABCDEFGH"}, {"number": "E000000000"}, {"number": "nobody", "code": "é"}]
)
def test_every_wrong_pair_gets_the_same_words(ontario: Client, wrong: dict[str, str]) -> None:
    answered = ontario.post(DESK, typed(claimed().profile, **wrong))
    assert "No claim that waits for your province fits" in words_of(answered)
    assert state() == NominationState.TOLD


def test_a_profile_without_a_claim_gets_the_same_words_as_none(ontario: Client) -> None:
    answered = ontario.post(DESK, typed(factories.profile(AMARA)))
    assert "No claim that waits for your province fits" in words_of(answered)


def test_the_code_of_another_profile_does_not_confirm(ontario: Client) -> None:
    held, other = claimed(AMARA).profile, claimed(BEN).profile
    ontario.post(DESK, typed(held, code=other.validation_code))
    assert not Nomination.objects.exclude(state=NominationState.TOLD).exists()


def test_wrong_pairs_are_limited_and_right_ones_are_not_counted(ontario: Client) -> None:
    profiles = [claimed(persona).profile for persona in (AMARA, BEN)]
    ontario.post(DESK, typed(profiles[0]))
    for _try in range(NOMINATION.by_account or 0):
        assert ontario.post(DESK, typed(profiles[1], code="WRONGONE")).status_code == 200
    refused = ontario.post(DESK, typed(profiles[1]))
    assert refused.status_code == 429
    assert Nomination.objects.get(profile=profiles[1]).state == NominationState.TOLD


@pytest.mark.slow
@pytest.mark.parametrize("field", ["number", "code", "issued_on_day", "issued_on_year", "expires_on_month"])
def test_nothing_hostile_breaks_the_desk_or_confirms(ontario: Client, field: str) -> None:
    profile = claimed().profile
    for value in HOSTILE:
        body = urlencode(typed(profile, code="WRONGONE") | {field: value}, errors="surrogatepass")
        answered = ontario.post(DESK, body, content_type="application/x-www-form-urlencoded")
        assert answered.status_code in {200, 302, 400, 413, 429}, value[:20]
    assert state() == NominationState.TOLD


def test_a_day_of_issue_ahead_is_refused_at_its_field(ontario: Client) -> None:
    answered = ontario.post(DESK, typed(claimed().profile, issued_on_year="2027"))
    assert "is too late" in words_of(answered)


def test_what_staff_list_and_confirm_is_in_the_log(ontario: Client) -> None:
    profile = claimed().profile
    ontario.get(DESK)
    ontario.post(DESK, typed(profile))
    actions = OfficerAction.objects.order_by("pk").values_list("verb", "about")
    assert ("listed", "profiles.nomination province=ON") in actions
    assert any(verb == "nominated" and profile.number in about for verb, about in actions)


def test_confirming_asks_for_the_second_factor_when_it_was_not_proved_just_now() -> None:
    profile = claimed().profile
    desk = sign_in(Client(), staff(), proved_at=None)
    answered = desk.post(DESK, typed(profile))
    assert answered.status_code == 302
    assert "next=" in answered.headers["Location"]
    assert state() == NominationState.TOLD


def test_a_candidate_and_another_officer_get_no_desk(amara: Client) -> None:
    assert amara.get(DESK).status_code == 403
    assert (
        sign_in(Client(), factories.officer("olu", Role.SENIOR_OFFICER), proved_at=NOW).get(DESK).status_code
        == 403
    )


def test_staff_without_a_province_are_told_whom_to_ask() -> None:
    lost = staff("")
    assert "Ask an administrator to name it." in words_of(sign_in(Client(), lost, proved_at=NOW).get(DESK))


def test_the_desk_asks_as_many_queries_for_one_claim_as_for_three(ontario: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            ontario.get(DESK)
        return len(captured)

    claimed(AMARA)
    ontario.get(DESK)
    one = queries()
    more: dict[str, Any] = {"nomination": ONTARIO}
    for persona in (BEN, DIVYA):
        claimed(persona, **more)
    assert queries() == one
