"""A passkey as the second factor on a way back: asked for beside the codes, and not to be made up."""

import json

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from accounts.factors import second_factors
from accounts.models import User
from tests.accounts.test_second_step import CREDENTIAL, add_broken_passkey
from tests.accounts.ways import ANSWERS, WAYS, code_in, owner, says, sign
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

Outbox = list[EmailMessage]
ASKED = 'data-passkey="get"'


def with_passkey(*, codes: bool) -> User:
    """An account whose only second factor is a passkey, with recovery codes or without."""
    account = owner()
    add_broken_passkey(account)
    account.email_codes = False
    account.save()
    if codes:
        second_factors.make_recovery_codes(account)
    return account


def to_the_factor(client: Client, mailoutbox: Outbox, account: User) -> str:
    """On the way to a forgotten password; what the page that asks for the second factor says."""
    says(client, "password", username=account.username)
    says(client, "password", code=code_in(mailoutbox))
    return says(client, "password", **ANSWERS)


def test_a_passkey_and_a_recovery_code_are_asked_for_side_by_side(client: Client, mailoutbox: Outbox) -> None:
    page = to_the_factor(client, mailoutbox, with_passkey(codes=True))
    assert ASKED in page
    assert "use another way" in page
    assert 'name="code"' in page


def test_an_account_with_a_passkey_alone_is_asked_for_it_alone(client: Client, mailoutbox: Outbox) -> None:
    page = to_the_factor(client, mailoutbox, with_passkey(codes=False))
    assert ASKED in page
    assert 'name="code"' not in page


def test_without_script_a_recovery_code_leads_on(client: Client, mailoutbox: Outbox) -> None:
    account = with_passkey(codes=False)
    codes = second_factors.make_recovery_codes(account)
    to_the_factor(client, mailoutbox, account)
    assert "Choose a new password" in says(client, "password", code=codes[0])


@pytest.mark.parametrize("credential", ["", "no json", "{}", "[]", json.dumps(CREDENTIAL)])
def test_what_is_no_passkey_of_the_account_leads_no_further(
    client: Client, mailoutbox: Outbox, credential: str
) -> None:
    account = with_passkey(codes=True)
    to_the_factor(client, mailoutbox, account)
    page = says(client, "password", credential=credential)
    assert "This passkey was not accepted" in page
    assert "Show your second factor" in page
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_forgotten_answers_take_a_passkey_too(client: Client) -> None:
    account = with_passkey(codes=True)
    assert ASKED in sign(client, "answers", account)


def test_a_passkey_is_asked_for_by_nobody_who_has_not_passed_the_steps_before(client: Client) -> None:
    account = with_passkey(codes=True)
    says(client, "password", username=account.username)
    page = says(client, "password", credential=json.dumps(CREDENTIAL))
    assert ASKED not in page
    assert "Type the code from the e-mail" in page


@pytest.mark.slow
def test_the_eleventh_passkey_in_a_quarter_of_an_hour_is_refused(client: Client, mailoutbox: Outbox) -> None:
    to_the_factor(client, mailoutbox, with_passkey(codes=True))
    answers = [client.post(f"{WAYS}password/", {"credential": "{}"}).status_code for _try in range(11)]
    assert answers == [302] * 10 + [429]
