"""The account's home: what is there, what was begun, what can be started."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.services import post_message
from profiles import services
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, EMEKA
from tests.profiles.reading import words_of

pytestmark = pytest.mark.django_db
HOME = "/en/account/"
DAY = timedelta(days=1)


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def test_a_new_account_can_apply_to_come_to_canada(amara: Client) -> None:
    page = amara.get(HOME)
    assert "Apply to come to Canada" in words_of(page)
    assert 'href="/en/account/start/"' in page.content.decode()
    assert "There are none yet." in words_of(page)


def test_a_draft_is_continued_with_the_days_that_are_left(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    factories.draft(AMARA)
    move_clock(AT + 41 * DAY)
    words = words_of(amara.get(HOME))
    assert "19 days left" in words
    assert "Begun on 24 September 2026 , 16 of 16 sections complete, nothing sent." in words
    assert "Apply to come to Canada" not in words


def test_a_lapsed_draft_is_told_although_no_job_ran(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    factories.draft(AMARA)
    move_clock(AT + 60 * DAY)
    words = words_of(amara.get(HOME))
    assert "Your unfinished profile has lapsed" in words
    assert "Apply to come to Canada" in words


def test_a_profile_in_the_pool_shows_score_rank_and_days(amara: Client) -> None:
    factories.profile(BEN)
    factories.profile(AMARA)
    words = words_of(amara.get(HOME))
    assert "Score 469 of 1,200, on 24 September 2026" in words
    assert "Rank 1 of 2" in words
    assert "Expires in 365 days on 24 September 2027" in words
    assert "Programs Federal Skilled Worker" in words
    assert "See my score and why" in words
    assert "You can hold one Express Entry profile at a time." in words


def test_a_profile_that_meets_no_program_has_no_rank(client: Client) -> None:
    client.force_login(factories.account(EMEKA))
    factories.profile(EMEKA)
    words = words_of(client.get(HOME))
    assert "Not eligible" in words
    assert "Rank" not in words


def test_an_invitation_leads_to_its_letter(amara: Client) -> None:
    invitation = factories.invitation(AMARA)
    page = amara.get(HOME)
    assert "Invited" in words_of(page)
    assert f'href="/en/account/invitations/{invitation.pk}/"' in page.content.decode()


def test_an_expired_profile_is_past_and_another_can_be_started(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    factories.profile(AMARA)
    move_clock(AT + 366 * DAY)
    words = words_of(amara.get(HOME))
    assert "Expired" in words
    assert "Apply to come to Canada" in words


def test_an_update_is_named_and_the_profile_stays(amara: Client) -> None:
    profile = factories.profile(AMARA)
    services.open_update(profile=profile, at=AT)
    words = words_of(amara.get(HOME))
    assert "Update to your profile 60 days left" in words
    assert "Your profile stays as it is until you send the update." in words


def test_unread_messages_are_counted_and_the_newest_come_first(amara: Client) -> None:
    account_id = factories.account(AMARA).pk
    for days in range(7):
        details = {"number": f"E00000000{days}", "expires_at": AT.isoformat()}
        post_message(account_id=account_id, kind="profile_expired", details=details, at=AT + days * DAY)
    words = words_of(amara.get(HOME))
    assert "7 unread messages" in words
    assert "All 7 messages" in words
    assert words.index("E000000006") < words.index("E000000005")
    assert "E000000001" not in words


def test_nobody_elses_things_are_shown(amara: Client) -> None:
    other = factories.profile(BEN)
    words = words_of(amara.get(HOME))
    assert other.number not in words
    assert "unread" not in words


def test_an_officers_home_shows_no_candidates_profile(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.officer())
    assert profile.number not in words_of(client.get(HOME))


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(HOME).headers["Location"] == f"/en/account/login/?next={HOME}"


@pytest.mark.parametrize("demo", [True, False])
def test_only_the_demo_has_a_link_to_its_mailbox(amara: Client, settings: Any, demo: bool) -> None:
    settings.DEMO = demo
    assert ("mailbox" in words_of(amara.get(HOME))) is demo
