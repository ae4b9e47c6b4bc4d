"""The questionnaire of somebody who is signed in outlives the session; a sign-out takes it away."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from accounts.signed_in import session_middleware, sessions
from accounts.signed_in.sessions import IDLE, Ending
from eligibility.holding import cookie_for
from eligibility.models import Questionnaire
from tests import factories
from tests.accounts.ended import age, browser, is_signed_in, sign_in
from tests.factories import AT
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db
START = "/en/eligibility/"


@pytest.fixture
def amara() -> Client:
    """Amara's browser, signed in, in the middle of a questionnaire."""
    client = browser()
    client.post(START)
    return client


def goes_on(client: Client) -> bool:
    """Whether the browser still holds the questionnaire."""
    return client.get(f"{START}province/").status_code == 200


@pytest.mark.parametrize("why", [Ending.ELSEWHERE, Ending.PASSWORD, Ending.SECURITY, None])
def test_an_answer_sent_after_the_sessions_end_is_saved_and_leads_on(
    amara: Client, why: Ending | None
) -> None:
    if why:
        sessions.end_all(account_id=factories.account(AMARA).pk, why=why)
    else:
        age(amara, seen=IDLE)
    answer = amara.post(f"{START}province/", {"intended_province": "ON"})
    assert answer.headers["Location"].startswith(START)
    assert answer.headers["Location"] != START
    assert Questionnaire.objects.get().answers == {"intended_province": "ON"}
    assert not is_signed_in(amara)


def test_it_is_still_there_after_signing_in_again(amara: Client) -> None:
    age(amara, seen=IDLE)
    amara.post(f"{START}province/", {"intended_province": "ON"})
    sign_in(amara)
    assert goes_on(amara)


def test_it_is_still_there_after_signing_in_in_the_middle_of_it(client: Client) -> None:
    factories.account(AMARA)
    client.post(START)
    sign_in(client)
    assert goes_on(client)


def test_a_sign_out_leaves_nothing_of_it_to_who_comes_next(amara: Client) -> None:
    amara.post("/en/account/logout/")
    assert not goes_on(amara)


def test_who_signs_in_where_anothers_session_ended_does_not_see_it(amara: Client) -> None:
    factories.account(BEN)
    age(amara, seen=IDLE)
    sign_in(amara, BEN)
    assert not goes_on(amara)


def test_without_the_taking_away_the_next_one_would_see_it(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_middleware, "_take_away_visit", lambda _response: None)
    amara.post("/en/account/logout/")
    assert goes_on(amara)


@pytest.mark.parametrize("cookie", ["", "x", "0" * 36, f"{'0' * 36}:forged"])
def test_a_forged_cookie_holds_no_questionnaire(client: Client, cookie: str) -> None:
    client.cookies[settings.QUESTIONNAIRE_COOKIE_NAME] = cookie
    assert not goes_on(client)


def test_the_questionnaire_of_a_cookie_that_was_removed_is_begun_anew(client: Client) -> None:
    gone = Questionnaire.objects.create(started_at=AT - timedelta(days=100), answers={})
    client.cookies[settings.QUESTIONNAIRE_COOKIE_NAME] = cookie_for(gone)
    gone.delete()
    assert client.get(f"{START}province/").headers["Location"] == START
