"""The personal checklist: with a code, without one, from earlier answers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from eligibility.models import ReferenceCode
from profiles import services
from profiles.models import Draft
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA
from tests.profiles.test_portable import told

pytestmark = pytest.mark.django_db
START = "/en/account/start/"
TASKS = "/en/account/draft/"
DAY = timedelta(days=1)


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def with_code(client: Client, code: str) -> str:
    """Return where a code leads, or what the page says."""
    response = client.post(START, {"way": "code", "code": code})
    return response.headers.get("Location") or response.content.decode()


def test_a_code_moves_its_answers_into_the_draft(amara: Client) -> None:
    assert with_code(amara, factories.reference_code(AMARA)) == TASKS
    not_nominated = {"nomination": {"nominated": False, "province": None}}
    assert Draft.objects.get().answers == AMARA.facts(AT.date()) | not_nominated
    assert ReferenceCode.objects.get().redeemed_by == factories.account(AMARA)


def test_a_nomination_told_in_the_questionnaire_is_a_claim_that_earns_nothing_yet(amara: Client) -> None:
    nominated = {"province": "NS", "issued_on": "2026-05-04", "expires_on": None}
    with_code(amara, factories.reference_code(AMARA, provincial_nomination=nominated))
    answers = Draft.objects.get().answers
    assert answers["nomination"] == {"nominated": True, "province": "NS"}
    assert answers["provincial_nomination"] is None


def test_a_code_may_be_typed_with_spaces_and_small_letters(amara: Client) -> None:
    code = factories.reference_code(AMARA).lower()
    assert with_code(amara, f" {code[:2]} {code[2:7]}-{code[7:]} ") == TASKS


def test_without_a_code_the_draft_is_empty(amara: Client) -> None:
    assert amara.post(START, {"way": "none"}).headers["Location"] == TASKS
    assert Draft.objects.get().answers == {}


@pytest.mark.parametrize("code", ["AB1234567890", "nonsense", "AB123", "\x00", "x" * 61, "", "'; DROP TABLE"])
def test_a_code_that_does_not_work_says_what_to_do_and_stays_typed(amara: Client, code: str) -> None:
    page = with_code(amara, code)
    assert "error-summary" in page
    assert not Draft.objects.exists()


def test_a_used_code_is_told_as_used(amara: Client) -> None:
    code = factories.reference_code(AMARA)
    with_code(amara, code)
    amara.post("/en/account/draft/discard/", {"draft": Draft.objects.get().pk})
    assert "has been used already" in with_code(amara, code)


def test_a_code_of_sixty_days_ago_is_told_as_expired(amara: Client) -> None:
    assert "has expired" in with_code(amara, factories.reference_code(AMARA, at=AT - 60 * DAY))


def test_a_failing_start_does_not_burn_the_code(amara: Client) -> None:
    factories.profile(AMARA)
    code = factories.reference_code(AMARA)
    assert "only one at a time is allowed" in with_code(amara, code)
    assert ReferenceCode.objects.get().redeemed_at is None


def test_an_open_draft_is_shown_and_no_code_is_burnt_for_it(amara: Client) -> None:
    factories.empty_draft(AMARA)
    code = factories.reference_code(AMARA)
    assert with_code(amara, code) == TASKS
    assert ReferenceCode.objects.get().redeemed_at is None
    assert Draft.objects.get().answers == {}


def test_ten_tries_an_hour_are_allowed_to_an_account_and_the_page_says_so(amara: Client) -> None:
    for _try in range(10):
        with_code(amara, "AB1234567890")
    response = amara.post(START, {"way": "code", "code": factories.reference_code(AMARA)})
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


def test_ten_tries_an_hour_are_allowed_to_an_address_whatever_the_account(client: Client) -> None:
    for number, persona in enumerate((AMARA, BEN)):
        client.force_login(factories.account(persona))
        for _try in range(5):
            with_code(client, f"AB123456789{number}")
    client.force_login(factories.account(DIVYA))
    assert client.post(START, {"way": "code", "code": "AB1234567890"}).status_code == 429


def test_a_forwarding_header_gives_no_new_tries(amara: Client) -> None:
    for _try in range(10):
        with_code(amara, "AB1234567890")
    again = {"way": "code", "code": "AB1234567890"}
    assert amara.post(START, again, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 429


def test_over_the_limit_one_can_go_on_without_a_code(amara: Client) -> None:
    for _try in range(11):
        with_code(amara, "AB1234567890")
    assert amara.post(START, {"way": "none"}).headers["Location"] == TASKS


def test_an_expired_profile_can_be_begun_anew_from_its_answers(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    factories.profile(AMARA)
    move_clock(AT + 370 * DAY)
    assert "Begin from my earlier answers" in amara.get(START).content.decode()
    assert amara.post(START, {"way": "earlier"}).headers["Location"] == TASKS
    draft = Draft.objects.open().get()
    assert draft.profile is None
    assert draft.answers == told(AMARA.answers(AT.date()))


def test_a_withdrawn_profile_can_be_begun_anew_from_its_answers(amara: Client) -> None:
    services.withdraw(profile=factories.profile(AMARA), at=AT)
    amara.post(START, {"way": "earlier"})
    assert Draft.objects.open().get().answers == told(AMARA.answers(AT.date()))


def test_an_update_left_open_when_its_profile_expired_gives_way_to_a_new_draft(
    amara: Client, move_clock: Callable[[datetime], None]
) -> None:
    update = services.open_update(profile=factories.profile(AMARA), at=AT + 360 * DAY)
    move_clock(AT + 370 * DAY)
    assert amara.get(TASKS).status_code == 409
    assert amara.post(START, {"way": "earlier"}).headers["Location"] == TASKS
    assert Draft.objects.open().get().pk != update.pk


def test_nothing_earlier_is_offered_to_a_new_account(amara: Client) -> None:
    assert "earlier answers" not in amara.get(START).content.decode()
    assert "There are no earlier answers" in amara.post(START, {"way": "earlier"}).content.decode()


def test_looking_at_the_checklist_begins_nothing(amara: Client) -> None:
    amara.get(START)
    assert not Draft.objects.exists()
