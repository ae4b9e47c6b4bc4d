"""A submitted profile: its status, its versions, its update, its withdrawal."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from lifecycle.tables import ProfileState
from profiles import ageing, services
from profiles.models import Draft, PoolEntry, Profile
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, EMEKA
from tests.profiles.reading import filled_in, plain, words_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def address(profile: Profile, page: str = "") -> str:
    return f"/en/account/profiles/{profile.number}/{page}"


def test_a_profile_in_the_pool_says_so_with_its_score_and_its_dates(amara: Client) -> None:
    profile = factories.profile(AMARA)
    words = words_of(amara.get(address(profile)))
    assert "In the pool" in words
    assert "Score 469 of 1,200, on 24 September 2026" in words
    assert "24 September 2027, 00:00:00 UTC" in words
    assert profile.validation_code in words
    assert "Software developers and programmers" in words


def test_a_profile_that_meets_no_program_says_why_and_can_be_corrected(client: Client) -> None:
    client.force_login(factories.account(EMEKA))
    profile = factories.profile(EMEKA)
    page = client.get(address(profile))
    words = words_of(page)
    assert "Not eligible" in words
    assert "Why it is not in the pool" in words
    assert "Correct my answers and send them again" in words
    assert client.post(address(profile, "update/")).headers["Location"] == "/en/account/draft/"
    assert Draft.objects.open().get().answers["work"] == EMEKA.answers(AT.date())["work"]


def test_corrected_answers_bring_a_profile_into_the_pool_with_its_number(client: Client) -> None:
    client.force_login(factories.account(EMEKA))
    profile = factories.profile(EMEKA)
    client.post(address(profile, "update/"))
    draft = Draft.objects.open().get()
    better = {**AMARA.facts(AT.date()), **EMEKA.personal(AT.date())}
    services.save_answers(draft=draft, changes=better, at=AT)
    told = filled_in(client.get("/en/account/draft/sign/"))
    client.post("/en/account/draft/sign/", told | {"declared": "on", "signed_as": EMEKA.signature})
    assert "In the pool" in words_of(client.get(address(profile)))
    assert Profile.objects.count() == 1


def test_the_status_page_shows_the_newest_answers_and_leads_to_the_earlier_ones(amara: Client) -> None:
    profile = factories.profile(AMARA)
    draft = services.open_update(profile=profile, at=AT + DAY)
    services.save_answers(draft=draft, changes={"settlement_funds_cad": 33000}, at=AT + DAY)
    services.submit(draft=draft, signed_as=AMARA.signature, at=AT + DAY)
    page = amara.get(address(profile))
    assert "33,000 CAD" in words_of(page)
    assert "25,000 CAD" not in words_of(page)
    assert f'href="{address(profile, "history/")}"' in page.content.decode()
    for hostile in ("0", "-1", "x", "9" * 30, "'"):
        assert "33,000 CAD" in words_of(amara.get(address(profile), {"version": hostile}))


def test_a_profile_is_withdrawn_by_the_steps_of_the_real_portal(amara: Client) -> None:
    profile = factories.profile(AMARA)
    home = amara.get("/en/account/")
    assert "View my submitted applications or profiles" in words_of(home)
    assert f'href="{address(profile)}"' in home.content.decode()
    status = amara.get(address(profile))
    assert f'href="{address(profile, "withdraw/")}">Withdraw profile</a>' in status.content.decode()
    warning = words_of(amara.get(address(profile, "withdraw/")))
    assert "What would you like to do today? Warning!" in warning
    assert "Continue" in warning
    assert PoolEntry.objects.get().state == ProfileState.IN_POOL
    done = amara.post(address(profile, "withdraw/"), follow=True)
    assert "Your profile is withdrawn." in words_of(done)
    assert PoolEntry.objects.get().state == ProfileState.WITHDRAWN


def test_a_withdrawn_profile_does_not_ask_to_be_withdrawn(amara: Client) -> None:
    profile = factories.profile(AMARA)
    amara.post(address(profile, "withdraw/"))
    assert amara.get(address(profile, "withdraw/")).headers["Location"] == address(profile)


def test_an_invited_profile_is_locked_and_leads_to_the_invitation(amara: Client) -> None:
    profile = factories.invitation(AMARA).profile
    words = words_of(amara.get(address(profile)))
    assert "Read the invitation" in words
    assert "Update my profile" not in words
    for page in ("update/", "withdraw/"):
        response = amara.post(address(profile, page))
        assert response.status_code == 409
        assert "An invitation locks your profile." in words_of(response)


def test_after_twelve_months_a_profile_has_expired_although_no_job_ran(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    profile = factories.profile(AMARA)
    move_clock(datetime(2027, 9, 24, tzinfo=AT.tzinfo))
    words = words_of(amara.get(address(profile)))
    assert "Expired" in words
    assert "Begin a new profile from these answers" in words
    assert amara.post(address(profile, "update/")).status_code == 409


def test_a_test_that_expired_is_told_on_the_profile(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    older = AMARA.answers(AT.date() - 500 * DAY)["language_tests"]
    profile = factories.profile(AMARA, language_tests=older)
    later = AT + 300 * DAY
    ageing.assess_due(at=later)
    move_clock(later)
    words = words_of(amara.get(address(profile)))
    assert "Not eligible" in words
    assert "Why it is not in the pool" in words


@pytest.mark.parametrize("ending", ["", "submitted/", "withdraw/"])
def test_another_persons_profile_is_the_same_as_a_missing_one(amara: Client, ending: str) -> None:
    other = factories.profile(BEN)
    missing = Profile(number="E000000000")
    found = [amara.get(address(profile, ending)) for profile in (other, missing)]
    assert [response.status_code for response in found] == [404, 404]
    assert plain(found[0], other.number) == plain(found[1], missing.number)


@pytest.mark.parametrize("ending", ["update/", "withdraw/"])
def test_nobody_changes_another_persons_profile(client: Client, ending: str) -> None:
    other = factories.profile(BEN)
    for user in (factories.account(AMARA), factories.officer()):
        client.force_login(user)
        assert client.post(address(other, ending)).status_code == 404
    assert PoolEntry.objects.get().state == ProfileState.IN_POOL
    assert not Draft.objects.open().exists()


def test_an_officer_reads_a_profile_without_its_buttons(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.officer())
    words = words_of(client.get(address(profile)))
    assert "In the pool" in words
    assert "Update my profile" not in words
    assert "Withdraw profile" not in words


def test_an_update_is_begun_by_post_only(amara: Client) -> None:
    profile = factories.profile(AMARA)
    assert amara.get(address(profile, "update/")).headers["Location"] == address(profile)
    assert not Draft.objects.open().exists()


def test_nothing_changes_by_looking(amara: Client) -> None:
    profile = factories.profile(AMARA)
    for page in ("", "submitted/", "withdraw/"):
        amara.get(address(profile, page))
    assert not Draft.objects.open().exists()
    assert PoolEntry.objects.get().state == ProfileState.IN_POOL
