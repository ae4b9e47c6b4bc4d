"""'What changes when': the list, the picture, what is said on the score page, and who sees it."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import OfficerAction
from profiles import services as profiles
from profiles.models import Draft, Profile
from rules.deadlines import anniversary
from tests import factories
from tests.draws.pages import queries_for, text_of
from tests.factories import AT
from tests.personas import AMARA, BEN, EMEKA

pytestmark = pytest.mark.django_db
TODAY = AT.date()


def address_of(profile: Profile) -> str:
    return f"/en/account/profiles/{profile.number}/changes/"


def page_of(client: Client, profile: Profile) -> str:
    """Return the text of the page as the owner sees it, on one line."""
    client.force_login(profile.account)
    return text_of(client, address_of(profile))


def at_30(day: date) -> str:
    """A birth date with which somebody turns 30 on a day."""
    return anniversary(day, -30).isoformat()


def test_a_birthday_is_listed_with_the_points_before_and_after(client: Client) -> None:
    profile = factories.profile(AMARA, birth_date=at_30(date(2027, 3, 15)))
    text = page_of(client, profile)
    assert "15 March 2027 You turn 30. Nothing prevents this." in text
    assert "Age goes from 110 to 105." in text
    assert f"−5, to {profile.entry.score - 5}" in text


def test_a_test_that_expires_is_listed_with_what_prevents_it(client: Client) -> None:
    text = page_of(client, factories.profile(AMARA))
    assert "Your language test expires: IELTS General Training of 25 March 2026." in text
    assert "A new test prevents this." in text
    assert "You then meet no program, and your profile cannot stay in the pool." in text


def test_the_end_of_the_profile_stands_in_the_list_and_in_the_picture(client: Client) -> None:
    profile = factories.profile(AMARA)
    text = page_of(client, profile)
    assert "24 September 2027 Your profile’s 12 months end, and it leaves the pool." in text
    assert "Profile expires" in text


def test_an_invitation_stands_in_the_list_with_its_instant(client: Client) -> None:
    invitation = factories.invitation(AMARA)
    text = page_of(client, invitation.profile)
    assert "Last day to answer your invitation to apply." in text
    assert "Invitation ends" in text
    assert f"{invitation.expires_at:%H:%M:%S} UTC" in text


def test_a_profile_that_has_ended_has_no_end_ahead(
    client: Client, move_clock: Callable[[datetime], None]
) -> None:
    profile = factories.profile(AMARA)
    profiles.withdraw(profile=profile, at=AT)
    text = page_of(client, profile)
    assert "This profile is no longer in the pool." in text
    assert "12 months end" not in text


def test_the_list_begins_today_whatever_day_the_pool_row_was_assessed(
    client: Client, move_clock: Callable[[datetime], None]
) -> None:
    profile = factories.profile(AMARA)
    move_clock(AT + timedelta(days=30))
    assert "from 24 October 2026 to 24 October 2028" in page_of(client, profile)


def test_the_picture_has_its_figures_as_a_table(client: Client) -> None:
    profile = factories.profile(AMARA, birth_date=at_30(date(2027, 3, 15)))
    client.force_login(profile.account)
    page = client.get(address_of(profile)).content.decode()
    assert len(re.findall(r'<svg class="(?:wide|narrow)"', page)) == 2
    text = page_of(client, profile)
    assert "Score if renewed" in text
    assert f"15 Mar 2027 {profile.entry.score - 5} {profile.entry.score - 5}" in text


def test_the_score_page_says_the_next_change_and_leads_to_the_list(client: Client) -> None:
    profile = factories.profile(AMARA, birth_date=at_30(date(2026, 11, 15)))
    client.force_login(profile.account)
    address = f"/en/account/profiles/{profile.number}/score/"
    text = text_of(client, address)
    score = profile.entry.score - 5
    assert f"comes on 15 November 2026 : −5 points, to {score}. You turn 30." in text
    assert address_of(profile) in client.get(address).content.decode()


def test_a_profile_that_meets_no_program_has_its_days_too(client: Client) -> None:
    profile = factories.profile(EMEKA)
    client.force_login(profile.account)
    text = text_of(client, f"/en/account/profiles/{profile.number}/score/")
    assert "What changes when" in text


def test_an_officer_who_opens_the_page_is_noted_and_gets_no_calendar(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.officer())
    text = text_of(client, address_of(profile))
    assert "What changes when" in text
    assert ".ics" not in text
    assert OfficerAction.objects.filter(verb="opened").count() == 1


def test_a_draft_shows_what_is_ahead_and_its_own_deadline(client: Client) -> None:
    draft = factories.draft(BEN)
    client.force_login(draft.account)
    text = text_of(client, "/en/account/draft/changes/")
    assert "Your draft lapses." in text
    assert "23 November 2026" in text
    assert "Your score over the next 24 months" in text


def test_a_draft_that_is_not_enough_for_a_score_says_so(client: Client) -> None:
    draft = factories.empty_draft(AMARA)
    client.force_login(draft.account)
    assert "Your answers are not yet enough for a score." in text_of(client, "/en/account/draft/changes/")


def test_a_draft_with_impossible_answers_says_that_they_are_not_enough(client: Client) -> None:
    draft = factories.draft(AMARA)
    Draft.objects.filter(pk=draft.pk).update(answers={**draft.answers, "birth_date": "2090-01-01"})
    client.force_login(draft.account)
    assert "Your answers are not yet enough for a score." in text_of(client, "/en/account/draft/changes/")


def test_more_entries_take_no_more_queries(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(profile.account)
    few = queries_for(client, address_of(profile))
    test = AMARA.facts(TODAY)["language_tests"][0]
    tests = [{**test, "date_taken": (TODAY - timedelta(days=n)).isoformat()} for n in range(100, 110)]
    many = factories.profile(BEN, language_tests=tests)
    client.force_login(many.account)
    assert queries_for(client, address_of(many)) == few
