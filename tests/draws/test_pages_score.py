"""A candidate's score page: the number, the place, and the 16 lines with their reasons."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import OfficerAction, Role
from draws.candidate.scorecards import kinds_open_to, scorecard
from draws.models import Category, RoundType
from profiles import services as profiles
from profiles.ageing import expire_profiles
from profiles.models import PoolEntry, Profile
from rules.ranking import LINES
from tests import factories
from tests.draws.pages import queries_for, text_of
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA, Persona
from tests.profiles.reading import plain

pytestmark = pytest.mark.django_db
EVERY_LINE = 16


def page_of(client: Client, profile: Profile, language: str = "en") -> str:
    """Return the text of a profile's score page, as its owner sees it, on one line."""
    client.force_login(profile.account)
    return text_of(client, f"/{language}/account/profiles/{profile.number}/score/")


def crowd(count: int, *, at: datetime = AT) -> list[Profile]:
    """Return more profiles with Amara's facts, each a second after the one before, from other accounts."""
    people = [Persona(f"crowd{n}", "Amara", "Okafor", AMARA.facts) for n in range(count)]
    return [
        factories.profile(person, at=at + timedelta(seconds=second + 1))
        for second, person in enumerate(people)
    ]


def test_the_page_shows_score_day_and_rank(client: Client) -> None:
    profile = factories.profile(AMARA)
    factories.profile(DIVYA)
    entry = PoolEntry.objects.get(pk=profile.pk)
    text = page_of(client, profile)
    assert f"{entry.score} of 1,200 points on 24 September 2026" in text
    assert "You are 2nd of 2 in the pool." in text
    assert "Nobody else in the pool has this score." in text
    assert "Of 2 candidates in the pool, 1 stand before you and 0 after you." in text


def test_equal_scores_are_told_with_how_many_submitted_before(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    first = factories.profile(AMARA)
    others = crowd(3)
    set_clock(AT + timedelta(minutes=1))
    assert "You submitted before all of them, and so come first." in page_of(client, first)
    assert "1 of them submitted before you, and so comes first." in page_of(client, others[0])
    assert "2 of them submitted before you, and so come first." in page_of(client, others[1])
    last = page_of(client, others[2])
    assert "3 other candidates have the same score." in last
    assert "You submitted last of all who have it" in last
    assert "You are 4th of 4 in the pool." in last


def test_every_line_of_the_score_is_explained_with_its_source(client: Client) -> None:
    profile = factories.profile(BEN)
    card = scorecard(Profile.objects.select_related("entry").get(pk=profile.pk), AT)
    lines = [line for section in card.sections for line in section.lines]
    assert len(lines) == len(LINES) == EVERY_LINE
    assert all(line.sentences and "In force since" in line.source for line in lines)
    assert sum(section.points for section in card.sections) == card.entry.score
    text = page_of(client, profile)
    for line in lines:
        assert line.title in text
        assert line.sentences[0] in text


def test_the_lines_are_those_of_the_day_on_which_the_pool_row_was_assessed(client: Client) -> None:
    profile = factories.profile(AMARA)
    text = page_of(client, profile)
    assert "You are 29 years old." in text
    assert "First official language, your answers: IELTS General Training, 25 March 2026" in text


def test_the_cell_of_the_table_is_marked_as_the_candidates_own(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(profile.account)
    content = client.get(f"/en/account/profiles/{profile.number}/score/").content.decode()
    marked = re.findall(r'<td class="n is-you">\s*(\d+)<span class="visually-hidden"> \(yours\)', content)
    core, transferability, additional = ["110", "135", "31", "0"], ["50", "50"], ["0"] * 5
    assert marked == core + transferability + additional


def test_a_candidate_without_a_spouse_reads_that_the_section_does_not_apply(client: Client) -> None:
    assert "Its 40 points are part of your core section." in page_of(client, factories.profile(AMARA))


def test_a_spouse_who_comes_along_has_lines_of_points(client: Client) -> None:
    text = page_of(client, factories.profile(BEN))
    assert "Its 40 points are part of your core section." not in text
    assert "TEF Canada" in text


def test_the_expiry_is_the_anniversary_of_the_first_submission(client: Client) -> None:
    text = page_of(client, factories.profile(AMARA))
    assert "Expires 24 September 2027, 00:00:00 UTC" in text
    assert "First submitted 24 September 2026, 09:12:40 UTC" in text


def test_who_is_not_eligible_reads_so_and_still_sees_the_lines(client: Client) -> None:
    text = page_of(client, factories.profile(EMEKA))
    assert "You are not in the pool" in text
    assert "See why, and what would change it" in text
    assert "Where you stand" not in text
    assert "All 16 lines as a table" in text


def test_who_is_invited_is_led_to_the_invitation(client: Client) -> None:
    invitation = factories.invitation(AMARA)
    text = page_of(client, invitation.profile)
    assert "You are invited to apply, so you have no rank in the pool." in text
    assert "Read the invitation" in text


def test_a_withdrawn_profile_keeps_the_score_that_it_had(client: Client) -> None:
    profile = factories.profile(AMARA)
    profiles.withdraw(profile=profile, at=AT)
    assert "This profile is no longer in the pool." in page_of(client, profile)


@pytest.mark.parametrize("job_ran", [True, False])
def test_an_expired_profile_is_shown_as_over_even_when_the_job_is_late(
    client: Client, set_clock: Callable[[datetime], None], job_ran: bool
) -> None:
    profile = factories.profile(AMARA)
    anniversary = datetime(2027, 9, 24, tzinfo=UTC)
    if job_ran:
        expire_profiles(at=anniversary)
    set_clock(anniversary)
    text = page_of(client, profile)
    assert "This profile is no longer in the pool." in text
    assert "Where you stand" not in text


def test_a_second_before_its_end_the_profile_is_in_the_pool(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    profile = factories.profile(AMARA)
    set_clock(datetime(2027, 9, 23, 23, 59, 59, tzinfo=UTC))
    assert "Where you stand" in page_of(client, profile)


def test_rounds_that_are_open_to_the_candidate_are_compared(client: Client) -> None:
    profile = factories.profile(DIVYA)
    text = page_of(client, profile)
    entry = PoolEntry.objects.get(pk=profile.pk)
    assert {"cec", "french", "healthcare"} <= kinds_open_to(entry)
    assert "Canadian Experience 443, 15 Sep" in text
    short = 519 - entry.score
    assert (f"{short} points short" if short > 0 else "enough") in text
    assert "Senior managers" not in text


def test_who_has_no_round_to_compare_with_reads_that_none_was_open(client: Client) -> None:
    text = page_of(client, factories.profile(AMARA))
    assert "In the past year no round was open to you" in text


def test_a_general_round_of_ours_is_open_to_everybody(client: Client) -> None:
    profile = factories.profile(AMARA)
    factories.profile(DIVYA)
    factories.published_round(number=448, size=1, round_type=RoundType.GENERAL)
    text = page_of(client, profile)
    assert "General 448, 24 Sep" in text
    assert "(this simulator)" in text


def test_a_round_of_another_category_is_not_open(client: Client) -> None:
    profile = factories.profile(AMARA)
    factories.profile(DIVYA)
    factories.published_round(number=448, round_type=RoundType.CATEGORY, category=Category.FRENCH)
    assert "In the past year no round was open to you" in page_of(client, profile)


def test_anothers_score_is_the_same_missing_page_as_none(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.account(BEN))
    others = client.get(f"/en/account/profiles/{profile.number}/score/")
    nobodys = client.get("/en/account/profiles/E999999999/score/")
    assert (others.status_code, nobodys.status_code) == (404, 404)
    assert plain(others, profile.number) == plain(nobodys, "E999999999")


def test_nobody_is_sent_to_sign_in(client: Client) -> None:
    profile = factories.profile(AMARA)
    response = client.get(f"/en/account/profiles/{profile.number}/score/")
    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]


def test_an_officer_can_see_a_candidates_score(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.officer())
    assert client.get(f"/en/account/profiles/{profile.number}/score/").status_code == 200


def test_the_page_takes_as_many_queries_in_a_crowd_as_alone(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, move_clock: Callable[[datetime], None]
) -> None:
    profile = factories.profile(AMARA)
    client.force_login(profile.account)
    address = f"/en/account/profiles/{profile.number}/score/"
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)
    crowd(5)
    move_clock(AT + timedelta(minutes=1))
    with django_assert_num_queries(10):
        client.get(address)


# ---- past rounds and steps --------------------------------------------------------------------------------


def test_the_page_counts_the_past_rounds_that_would_have_invited(client: Client) -> None:
    profile = factories.profile(DIVYA)
    card = scorecard(Profile.objects.select_related("entry").get(pk=profile.pk), AT)
    assert card.past is not None
    assert len(card.past.invited) > 5
    text = page_of(client, profile)
    told = f"{len(card.past.invited)} of the {len(card.past.rounds)} rounds of the past 12 months"
    assert told in text
    assert f"{len(card.past.closed)} other rounds were for other programs or categories." in text
    assert "although you may have submitted after the round" in text


def test_the_three_best_steps_stand_on_the_page_no_two_of_one_kind(client: Client) -> None:
    profile = factories.profile(AMARA)
    card = scorecard(Profile.objects.select_related("entry").get(pk=profile.pk), AT)
    assert [shown.step.kind for shown in card.steps] == ["nomination", "new_test", "study_in_canada"]
    text = page_of(client, profile)
    assert all(shown.text.title in text for shown in card.steps)
    assert "More steps, and scenarios side by side" in text


def test_an_officer_sees_the_steps_without_the_way_to_the_candidates_scenarios(client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.officer())
    text = text_of(client, f"/en/account/profiles/{profile.number}/score/")
    assert "What would gain most" in text
    assert "More steps, and scenarios side by side" not in text


def test_a_profile_that_is_over_has_no_steps_and_no_past_rounds(client: Client) -> None:
    profile = factories.profile(AMARA)
    profiles.withdraw(profile=profile, at=AT)
    text = page_of(client, profile)
    assert "What would gain most" not in text
    assert "Past rounds that would have invited you" not in text


def test_every_round_since_2015_can_be_held_against_the_score(client: Client) -> None:
    profile = factories.profile(DIVYA)
    client.force_login(profile.account)
    address = f"/en/account/profiles/{profile.number}/past-rounds/"
    first = text_of(client, address)
    assert "Before 25 March 2025 a job offer earned 50 or 200 points" in first
    assert "Would have invited you" in first
    last = text_of(client, f"{address}?page=999")
    assert "31 Jan 2015" in last
    assert queries_for(client, address) == queries_for(client, f"{address}?page=999")


def test_anothers_rounds_are_not_found_and_an_officers_look_is_noted(client: Client) -> None:
    profile = factories.profile(AMARA)
    address = f"/en/account/profiles/{profile.number}/past-rounds/"
    client.force_login(factories.account(BEN))
    assert client.get(address).status_code == 404
    client.force_login(factories.officer("otto", Role.OFFICER))
    assert client.get(address).status_code == 200
    assert OfficerAction.objects.filter(verb="opened").count() == 1
