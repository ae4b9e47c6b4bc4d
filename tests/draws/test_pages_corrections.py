"""The officers' pages of a correction, and what candidates and everybody see of it."""

from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import OfficerAction, Role, User
from draws.correcting.carrying_out import carry_out_confirmed
from draws.models import Invitation, PlannedCorrection, Round
from lifecycle.tables import CorrectionState, InvitationState
from tests import factories
from tests.draws.corrections import REASON_EN, REASON_FR, corrected, prepared
from tests.draws.desk import ROUNDS, page, planned_round, sign_in
from tests.draws.pages import queries_for, text_in, text_of
from tests.factories import AT
from tests.hostile import HOSTILE
from tests.personas import AMARA, DIVYA

pytestmark = pytest.mark.django_db
REASONS = {"reason_en": REASON_EN, "reason_fr": REASON_FR}


@pytest.fixture
def held() -> Round:
    """A published round that invited Amara and Divya."""
    factories.profile(AMARA)
    factories.profile(DIVYA)
    return factories.published_round(number=448, size=10)


@pytest.fixture
def officer(client: Client) -> User:
    """An officer in charge of everything, signed in with a second factor just now."""
    alone = factories.officer()
    sign_in(client, alone)
    return alone


def address(planned: PlannedCorrection, step: str = "") -> str:
    return f"{ROUNDS}corrections/{planned.pk}/{step}"


def test_an_officer_prepares_sees_the_list_and_another_confirms_it(
    client: Client, held: Round, settings: LazySettings
) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    sign_in(client, factories.officer("oscar", Role.OFFICER))
    response = client.post(page(held, "correct"), {"by": "all", **REASONS}, follow=True)
    text = text_in(response)
    assert "2 invitations are to be withdrawn. Nothing was withdrawn yet." in text
    assert "Would become: In the pool 2" in text
    planned = PlannedCorrection.objects.get()
    assert client.post(address(planned, "confirm/"), {"number": "2"}).status_code == 403
    sign_in(client, factories.officer("sefton", Role.SENIOR_OFFICER))
    assert client.post(address(planned, "confirm/"), {"number": "2"}).status_code == 302
    assert carry_out_confirmed(at=AT) == 1
    assert "2 invitations were withdrawn on 24 September 2026" in text_of(client, address(planned))


def test_who_prepared_it_is_told_that_another_confirms(
    client: Client, held: Round, settings: LazySettings
) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    senior = factories.officer("sefton", Role.SENIOR_OFFICER)
    sign_in(client, senior)
    planned = prepared(held, officer_id=senior.pk)
    text = text_of(client, address(planned))
    assert "You prepared this one; another senior officer confirms it." in text
    assert "Withdraw the invitations" not in text
    refused = client.post(address(planned, "confirm/"), {"number": "2"})
    assert "You prepared this correction, so another senior officer confirms it" in text_in(refused)
    assert PlannedCorrection.objects.get().state == CorrectionState.PREPARED


def test_confirming_asks_for_a_second_factor_first(client: Client, held: Round) -> None:
    sign_in(client, factories.officer(), proved_at=None)
    planned = prepared(held)
    response = client.post(address(planned, "confirm/"), {"number": "2"})
    assert "second" in response.headers["Location"]
    assert PlannedCorrection.objects.get().state == CorrectionState.PREPARED


def test_a_wrong_number_confirms_nothing(client: Client, held: Round, officer: User) -> None:
    planned = prepared(held)
    text = text_in(client.post(address(planned, "confirm/"), {"number": "3"}))
    assert "‘3’ is not the number of invitations of this correction" in text
    assert PlannedCorrection.objects.get().state == CorrectionState.PREPARED


def test_confirming_twice_says_that_somebody_was_first(client: Client, held: Round, officer: User) -> None:
    planned = prepared(held)
    client.post(address(planned, "confirm/"), {"number": "2"})
    again = client.post(address(planned, "confirm/"), {"number": "2"})
    assert again.status_code == 409
    assert "This correction was confirmed or dropped already." in text_in(again)


def test_while_it_is_carried_out_the_page_looks_again_by_itself(
    client: Client, held: Round, officer: User
) -> None:
    planned = prepared(held)
    client.post(address(planned, "confirm/"), {"number": "2"})
    assert client.get(address(planned)).headers["Refresh"] == "3"
    carry_out_confirmed(at=AT)
    assert "Refresh" not in client.get(address(planned)).headers


def test_dropping_asks_why_and_then_leaves_everything_as_it_was(
    client: Client, held: Round, officer: User
) -> None:
    planned = prepared(held)
    assert client.post(address(planned, "drop/"), {"why": ""}).status_code == 200
    client.post(address(planned, "drop/"), {"why": "The list was wrong"})
    assert PlannedCorrection.objects.get().state == CorrectionState.DROPPED
    assert set(Invitation.objects.values_list("state", flat=True)) == {InvitationState.ISSUED}
    assert OfficerAction.objects.filter(verb="dropped", why="The list was wrong").exists()


def test_each_wrong_line_of_a_list_is_named(client: Client, held: Round, officer: User) -> None:
    typed = "E1\n" + "\n".join(f"E{number:09d}" for number in range(30))
    text = text_in(client.post(page(held, "correct"), {"by": "numbers", "numbers": typed, **REASONS}))
    assert "Line 1, ‘E1’: This is not a profile number." in text
    assert "Line 2, ‘E000000000’: This profile was not invited by this round." in text
    assert "11 more lines are wrong as well." in text
    assert "E000000029" in text, "what was typed is kept"
    assert not PlannedCorrection.objects.exists()


def test_a_list_prepares_those_on_it(client: Client, held: Round, officer: User) -> None:
    number = Invitation.objects.order_by("rank")[1].profile.number
    client.post(page(held, "correct"), {"by": "numbers", "numbers": f" {number.lower()} \n", **REASONS})
    assert PlannedCorrection.objects.get().invitations == [Invitation.objects.order_by("rank")[1].pk]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"by": "criterion"}, "A criterion needs at least one part"),
        ({"by": "criterion", "programs": "PNP"}, "No open invitation of this round meets this criterion."),
        ({"by": "criterion", "below": "0"}, "0 is"),
        ({"by": "numbers"}, "No open invitation of this round is on the list."),
        ({"by": "all", "numbers": "E000000001"}, "Profile numbers are only read for a list."),
        ({"by": "all", "below": "500"}, "This is only read for a criterion."),
        ({"by": "numbers", "programs": "CEC"}, "This is only read for a criterion."),
        ({"by": "everything"}, "This answer is not one of those shown."),
        ({}, "Choose which invitations were wrong."),
    ],
)
def test_what_chooses_nobody_is_said(
    client: Client, held: Round, officer: User, typed: dict[str, str], said: str
) -> None:
    assert said in text_in(client.post(page(held, "correct"), {**typed, **REASONS}))
    assert not PlannedCorrection.objects.exists()


def test_both_reasons_are_asked_for(client: Client, held: Round, officer: User) -> None:
    text = text_in(client.post(page(held, "correct"), {"by": "all", "reason_en": " ", "reason_fr": ""}))
    assert "Enter the reason in English." in text
    assert "Enter the reason in French." in text


@pytest.mark.slow
@pytest.mark.parametrize("name", ["by", "numbers", "programs", "province", "below", "reason_en", "reason_fr"])
def test_hostile_input_is_refused_or_kept_as_text(
    client: Client, held: Round, officer: User, name: str
) -> None:
    for value in HOSTILE:
        told = {"by": "numbers" if name == "numbers" else "criterion", **REASONS, name: value}
        body = urlencode(told, errors="surrogatepass")
        response = client.post(page(held, "correct"), body, content_type="application/x-www-form-urlencoded")
        assert response.status_code in {200, 400, 413}, repr(value[:40])
        assert b"<script>" not in response.content, repr(value[:40])
    assert not PlannedCorrection.objects.exists()


def test_the_round_shows_officers_its_corrections_and_the_way_to_invite_anew(
    client: Client, held: Round, officer: User
) -> None:
    done = corrected(held)
    assert REASON_EN in text_of(client, page(held))
    assert "?like=448" in client.get(address(done.planned)).content.decode()


def test_a_round_that_has_not_run_offers_no_correction(client: Client, officer: User) -> None:
    planned = planned_round()
    assert client.get(page(planned, "correct")).headers["Location"] == page(planned)


def test_the_page_takes_as_many_queries_for_one_invitation_as_for_two(
    client: Client, held: Round, officer: User
) -> None:
    first = [Invitation.objects.order_by("rank")[0].pk]
    one = corrected(held, invitations=first).planned
    two = prepared(held)
    short = queries_for(client, address(one))
    assert queries_for(client, address(two)) <= short + 4


def test_the_candidate_reads_on_letter_score_and_home_what_became_of_the_invitation(
    client: Client, held: Round
) -> None:
    corrected(held)
    invitation = Invitation.objects.get(profile__account__username=AMARA.username)
    client.force_login(invitation.profile.account)
    letter = text_of(client, f"/en/account/invitations/{invitation.pk}/")
    assert "The officers withdrew this invitation on 24 September 2026, 09:12:40 UTC." in letter
    assert f"The reason: {REASON_EN}" in letter
    assert "You are back in the pool, with the time of your first submission." in letter
    assert "Decline this invitation" not in letter
    told = "Your invitation of round 448 was withdrawn by the officers on 24 September 2026"
    assert told in text_of(client, f"/en/account/profiles/{invitation.profile.number}/score/")
    assert told in text_of(client, "/en/account/")


def test_once_invited_anew_the_withdrawal_is_no_longer_told_on_the_score_page(
    client: Client, held: Round
) -> None:
    corrected(held)
    factories.published_round(number=449, size=10)
    profile = Invitation.objects.filter(profile__account__username=AMARA.username)[0].profile
    client.force_login(profile.account)
    assert "was withdrawn" not in text_of(client, f"/en/account/profiles/{profile.number}/score/")


def test_a_withdrawn_invitation_is_declined_no_more_and_the_page_says_why(
    client: Client, held: Round
) -> None:
    corrected(held)
    invitation = Invitation.objects.get(profile__account__username=AMARA.username)
    client.force_login(invitation.profile.account)
    response = client.post(f"/en/account/invitations/{invitation.pk}/decline/")
    assert response.status_code == 409
    assert Invitation.objects.get(pk=invitation.pk).state == InvitationState.RESCINDED


def test_everybody_reads_that_the_round_was_corrected_when_why_and_how_many(
    client: Client, held: Round
) -> None:
    corrected(held)
    text = text_of(client, "/en/rounds/448/")
    assert (
        "This round was corrected. On 24 September 2026, 09:12 UTC 2 of its invitations were withdrawn."
        in text
    )
    assert f"The reason: {REASON_EN}" in text
    assert REASON_FR in text_of(client, "/fr/rounds/448/")
    assert "Corrected: 2 invitations withdrawn" in text_of(client, "/en/rounds/")


def test_the_list_of_rounds_takes_no_query_more_for_corrections(client: Client, held: Round) -> None:
    before = queries_for(client, "/en/rounds/")
    corrected(held)
    assert queries_for(client, "/en/rounds/") == before
