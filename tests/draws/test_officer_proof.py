"""Graver acts of officers take a second factor of the last quarter of an hour; what was typed is not lost."""

from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.desk import officer_proof
from accounts.factors import second_factors
from accounts.models import OfficerAction, Role, User
from draws.models import Round
from lifecycle.tables import RoundState
from tests import factories
from tests.draws.desk import page, planned_round, press_run, sign_in, state_of
from tests.draws.pages import text_in, text_of
from tests.factories import AT

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=15)
SECOND = timedelta(seconds=1)
PROOF = "/en/account/second-factor/again/"


@pytest.fixture
def officer() -> User:
    return factories.officer()


def ask_for_proof(path: str) -> str:
    return f"{PROOF}?next={quote(path, safe='')}"


def prove(client: Client, address: str) -> None:
    """Ask for the code by e-mail and type it."""
    client.post(address, {"send": "1"})
    code = next(word for word in str(mail.outbox[-1].body).split() if word.isdigit() and len(word) == 6)
    assert client.post(address, {"code": code}).status_code == 302


def test_an_old_session_runs_no_round(client: Client, officer: User) -> None:
    planned = planned_round()
    sign_in(client, officer, proved_at=AT - QUARTER)
    response = press_run(client, planned)
    assert response.headers["Location"] == ask_for_proof(page(planned, "run"))
    assert state_of(planned) == RoundState.PLANNED


def test_one_second_earlier_it_still_does(client: Client, officer: User) -> None:
    planned = planned_round()
    sign_in(client, officer, proved_at=AT - QUARTER + SECOND)
    press_run(client, planned)
    assert state_of(planned) == RoundState.QUEUED


def test_a_password_alone_never_counts(client: Client, officer: User) -> None:
    planned = planned_round()
    sign_in(client, officer, proved_at=None)
    session = client.session
    session["proved_at"] = AT.isoformat()
    session.save()
    press_run(client, planned)
    assert state_of(planned) == RoundState.PLANNED


def test_the_proof_of_another_account_in_the_same_browser_does_not_count(
    client: Client, officer: User
) -> None:
    planned = planned_round()
    sign_in(client, officer, proved_at=None)
    session = client.session
    session[officer_proof.PROVED] = {"account": officer.pk + 1, "at": AT.isoformat()}
    session.save()
    press_run(client, planned)
    assert state_of(planned) == RoundState.PLANNED


def test_after_the_proof_the_officer_is_back_with_what_was_typed(client: Client, officer: User) -> None:
    planned = planned_round(size=5000)
    sign_in(client, officer, proved_at=None)
    asked = client.post(page(planned, "run"), {"number": "5,000", "why": "Instruction 12"})
    prove(client, asked.headers["Location"])
    back = client.get(page(planned, "run"), follow=True)
    assert "Nothing was done yet: press the button once more." in text_in(back)
    assert 'value="5,000"' in back.content.decode()
    assert "Instruction 12" in back.content.decode()
    assert state_of(planned) == RoundState.PLANNED
    press_run(client, planned)
    assert state_of(planned) == RoundState.QUEUED


def test_what_was_typed_is_shown_once_and_on_its_own_page_only(client: Client, officer: User) -> None:
    planned = planned_round(size=5000)
    sign_in(client, officer, proved_at=None)
    client.post(page(planned, "cancel"), {"why": "A wrong number"})
    assert "A wrong number" not in text_of(client, page(planned))
    assert "A wrong number" in text_of(client, page(planned, "cancel"))
    assert "A wrong number" not in text_of(client, page(planned, "cancel"))


def test_cancelling_a_role_and_the_export_ask_as_well(client: Client, officer: User) -> None:
    planned = planned_round()
    other = factories.officer("oscar", Role.OFFICER)
    sign_in(client, officer, proved_at=None)
    for path in (
        page(planned, "cancel"),
        reverse("admin:accounts_user_add"),
        reverse("admin:accounts_user_change", args=[other.pk]),
        reverse("admin:accounts_officeraction_export"),
    ):
        assert client.post(path).headers["Location"] == ask_for_proof(path)
    assert not OfficerAction.objects.exclude(verb="planned").exists()


def test_an_authenticators_code_counts(client: Client, officer: User) -> None:
    secret = second_factors.new_app_secret()
    second_factors.add_app(account=officer, secret=secret, counter=0)
    counter = int(AT.timestamp()) // second_factors.PERIOD
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    sign_in(client, officer, proved_at=None)
    assert "Enter the code that your authenticator app shows." in text_of(client, PROOF)
    assert client.post(PROOF, {"code": code}).headers["Location"] == "/en/admin/"
    client.logout()
    sign_in(client, officer, proved_at=None)
    assert "This code is not right, was used before" in text_in(client.post(PROOF, {"code": code}))


def test_a_wrong_code_is_told_at_the_field_and_proves_nothing(client: Client, officer: User) -> None:
    planned = planned_round()
    sign_in(client, officer, proved_at=None)
    client.post(PROOF, {"send": "1"})
    assert "This code is not right" in text_in(client.post(PROOF, {"code": "12345"}))
    press_run(client, planned)
    assert state_of(planned) == RoundState.PLANNED


def test_wrong_codes_are_limited(client: Client, officer: User) -> None:
    sign_in(client, officer, proved_at=None)
    answers = [client.post(PROOF, {"code": "12345"}).status_code for _try in range(11)]
    assert answers == [200] * 10 + [429]


def test_a_code_typed_when_none_is_waiting_leads_to_having_one_sent(client: Client, officer: User) -> None:
    sign_in(client, officer, proved_at=None)
    text = text_in(client.post(PROOF, {"code": "12345"}))
    assert "That code is over. Have a new one sent." in text
    assert "things to fix" not in text


def test_it_leads_to_no_other_site(client: Client, officer: User) -> None:
    sign_in(client, officer, proved_at=None)
    address = f"{PROOF}?next=https://elsewhere.example/"
    assert "elsewhere" not in client.get(address).content.decode().split('class="actions"')[-1]


def test_the_proof_ends_with_the_quarter_of_an_hour(
    client: Client, officer: User, set_clock: Callable[[datetime], None]
) -> None:
    planned = planned_round()
    sign_in(client, officer, proved_at=None)
    prove(client, PROOF)
    set_clock(AT + QUARTER)
    press_run(client, planned)
    assert state_of(planned) == RoundState.PLANNED


def test_twin_without_the_guard_an_old_session_runs_a_round(
    client: Client, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = planned_round()
    sign_in(client, officer, proved_at=AT - QUARTER)
    monkeypatch.setattr(officer_proof, "is_fresh", lambda _request: True)
    press_run(client, planned)
    assert Round.objects.get().state == RoundState.QUEUED
