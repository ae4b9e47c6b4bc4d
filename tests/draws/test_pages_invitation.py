"""An invitation as a letter, declining it, and what it leads to."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from draws.answers import lapse_invitations
from draws.models import Invitation, Round
from lifecycle.models import Transition
from lifecycle.tables import InvitationState, ProfileState
from profiles.models import Assessment, PoolEntry
from tests import factories
from tests.draws.pages import text_of
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA
from tests.profiles.reading import plain

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
DEADLINE = AT + timedelta(days=60)
Clock = Callable[[datetime], None]


def address(invitation: Invitation, step: str = "") -> str:
    return f"/en/account/invitations/{invitation.pk}/{step}"


def letter(client: Client, invitation: Invitation) -> str:
    """Return the text of the letter, as its owner sees it, on one line."""
    client.force_login(invitation.profile.account)
    return text_of(client, address(invitation))


def state_of(invitation: Invitation) -> tuple[str, str]:
    """Return the invitation's and its profile's states."""
    return (
        Invitation.objects.get(pk=invitation.pk).state,
        PoolEntry.objects.get(pk=invitation.profile_id).state,
    )


def test_the_letter_names_candidate_class_deadline_and_that_there_is_no_extension(client: Client) -> None:
    invitation = factories.invitation(AMARA)
    text = letter(client, invitation)
    for words in (
        "Amara Okafor",
        f"Profile number {invitation.profile.number}",
        "Simulated letter, not valid for any purpose",
        "In round 1 you were invited under the Federal Skilled Worker Program.",
        f"Your score was {invitation.score}, and your rank 1st.",
        "23 November 2026, 09:12:40 UTC",
        "The deadline cannot be extended.",
        "60 of 60 days left",
        "If your situation has changed",
        "60 days to apply, in force since 26 June 2018.",
    ):
        assert words in text


def test_the_letter_holds_the_16_lines_of_the_day_of_the_invitation(client: Client) -> None:
    invitation = factories.invitation(AMARA)
    text = letter(client, invitation)
    lines = Assessment.objects.get(profile=invitation.profile).lines
    table = text[text.index("Express Entry criteria and your scores Criterion") :]
    points = [int(number) for number in re.findall(r"[a-z] (\d+) (?=[A-Z])", table)[:16]]
    order = [*range(11), 14, 15, 13, 12, 11]
    assert points == [lines[place] for place in order]
    assert f"Total {invitation.score}" in table


def test_the_letter_says_that_the_application_is_not_built_yet(client: Client) -> None:
    assert "application form is not built yet" in letter(client, factories.invitation())


@pytest.mark.parametrize(
    ("at", "left"),
    [
        (AT, "60 of 60 days left"),
        (AT + timedelta(days=1), "59 of 60 days left"),
        (AT + timedelta(days=59, hours=1), "1 of 60 days left"),
        (DEADLINE - SECOND, "1 of 60 days left"),
    ],
)
def test_the_days_left_are_counted_to_the_deadline(
    client: Client, set_clock: Clock, at: datetime, left: str
) -> None:
    invitation = factories.invitation()
    set_clock(at)
    assert left in letter(client, invitation)


@pytest.mark.parametrize("job_ran", [True, False])
def test_at_its_deadline_the_invitation_has_lapsed_whether_or_not_the_job_ran(
    client: Client, set_clock: Clock, job_ran: bool
) -> None:
    invitation = factories.invitation()
    if job_ran:
        lapse_invitations(at=DEADLINE)
    set_clock(DEADLINE)
    text = letter(client, invitation)
    assert "This invitation lapsed on 23 November 2026, 09:12:40 UTC" in text
    assert "Your profile has left the pool." in text
    assert "Decline this invitation" not in text


def test_declining_asks_first_and_then_returns_the_profile_to_the_pool(client: Client) -> None:
    invitation = factories.invitation()
    client.force_login(invitation.profile.account)
    assert b"Decline this invitation?" in client.get(address(invitation, "decline/")).content
    assert state_of(invitation) == (InvitationState.ISSUED, ProfileState.INVITED)
    response = client.post(address(invitation, "decline/"), follow=True)
    assert response.redirect_chain == [(address(invitation), 302)]
    assert state_of(invitation) == (InvitationState.DECLINED, ProfileState.IN_POOL)
    text = letter(client, invitation)
    assert "You declined this invitation on 24 September 2026, 09:12:40 UTC." in text
    assert "You are back in the pool" in text


def test_declining_twice_is_once(client: Client) -> None:
    invitation = factories.invitation()
    client.force_login(invitation.profile.account)
    for _attempt in range(2):
        response = client.post(address(invitation, "decline/"))
        assert (response.status_code, response.headers["Location"]) == (302, address(invitation))
    assert Transition.objects.filter(machine="invitation", event="decline").count() == 1
    assert client.get(address(invitation, "decline/")).headers["Location"] == address(invitation)


def test_a_lapsed_invitation_cannot_be_declined_and_nothing_changes(client: Client, set_clock: Clock) -> None:
    invitation = factories.invitation()
    set_clock(DEADLINE)
    client.force_login(invitation.profile.account)
    response = client.post(address(invitation, "decline/"))
    assert response.status_code == 409
    assert b"This invitation can no longer be answered" in response.content
    assert state_of(invitation) == (InvitationState.ISSUED, ProfileState.INVITED)


def test_declined_after_the_twelve_months_the_profile_expires(client: Client, set_clock: Clock) -> None:
    profile = factories.profile(AMARA)
    late = datetime(2027, 9, 20, 12, 0, tzinfo=UTC)
    factories.published_round(at=late)
    invitation = Invitation.objects.get(profile=profile)
    set_clock(datetime(2027, 9, 24, tzinfo=UTC))
    assert "If you decline, it expires and does not return to the pool." in letter(client, invitation)
    client.post(address(invitation, "decline/"))
    assert state_of(invitation) == (InvitationState.DECLINED, ProfileState.EXPIRED)
    assert "Your profile’s 12 months are over" in letter(client, invitation)


def test_declined_when_no_program_is_met_any_more_the_profile_does_not_return(
    client: Client, set_clock: Clock
) -> None:
    late_test = [{**AMARA.facts(AT.date())["language_tests"][0], "date_taken": "2024-11-01"}]
    profile = factories.profile(AMARA, language_tests=late_test)
    factories.published_round()
    invitation = Invitation.objects.get(profile=profile)
    set_clock(datetime(2026, 11, 2, tzinfo=UTC))
    client.force_login(profile.account)
    client.post(address(invitation, "decline/"))
    assert state_of(invitation) == (InvitationState.DECLINED, ProfileState.INELIGIBLE)
    assert "you no longer meet the requirements of any program" in letter(client, invitation)


def test_after_a_decline_the_candidate_can_be_invited_again(client: Client) -> None:
    first = factories.invitation()
    client.force_login(first.profile.account)
    client.post(address(first, "decline/"))
    factories.published_round(number=Round.objects.count() + 1)
    second = Invitation.objects.exclude(pk=first.pk).get()
    assert "Apply or decline before" in letter(client, second)
    assert "You declined this invitation" in letter(client, first)


@pytest.mark.parametrize(("method", "step"), [("get", ""), ("get", "decline/"), ("post", "decline/")])
def test_anothers_invitation_is_the_same_missing_page_as_none(client: Client, method: str, step: str) -> None:
    invitation = factories.invitation(AMARA)
    client.force_login(factories.account(BEN))
    others = getattr(client, method)(address(invitation, step))
    missing = invitation.pk + 999
    nobodys = getattr(client, method)(f"/en/account/invitations/{missing}/{step}")
    assert (others.status_code, nobodys.status_code) == (404, 404)
    assert plain(others, f"/{invitation.pk}/") == plain(nobodys, f"/{missing}/")
    assert state_of(invitation) == (InvitationState.ISSUED, ProfileState.INVITED)


@pytest.mark.parametrize("step", ["", "decline/"])
def test_nobody_is_sent_to_sign_in(client: Client, step: str) -> None:
    response = client.get(address(factories.invitation(), step))
    assert response.status_code == 302
    assert "/account/login/" in response.headers["Location"]


def test_an_officer_can_read_a_letter_but_not_answer_it(client: Client) -> None:
    invitation = factories.invitation()
    client.force_login(factories.officer())
    assert b"Decline this invitation" not in client.get(address(invitation)).content
    assert client.post(address(invitation, "decline/")).status_code == 404
    assert state_of(invitation) == (InvitationState.ISSUED, ProfileState.INVITED)


def test_the_letter_is_the_candidates_own_among_many(client: Client) -> None:
    factories.profile(DIVYA)
    invitation = factories.invitation(AMARA)
    text = letter(client, invitation)
    assert "Divya" not in text
    assert "your rank 2nd." in text


def test_the_letter_takes_no_post(client: Client) -> None:
    invitation = factories.invitation()
    client.force_login(invitation.profile.account)
    assert client.post(address(invitation)).status_code == 405
