"""Walking through sign-up and sign-in as a client does, for the tests of accounts."""

import re
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client

from accounts.factors.second_factors import PERIOD
from lifecycle import clock
from tests.factories import PASSWORD

SIGN_UP = "/en/account/signup/"
BEGIN = "/en/account/begin/"
SECOND = "/en/account/second-factor/"
LOGIN = "/en/account/login/"
QUESTIONS = (
    {"question": "0", "own": "", "answer": "The Big Blue", "hint": "under water"},
    {"question": "own", "own": "Where does the heron sleep?", "answer": "Reeds", "hint": "it rustles"},
    {"question": "4", "own": "", "answer": "noodles", "hint": "long and thin"},
)


def open_key(client: Client, username: str = "blue-heron", password: str = PASSWORD) -> None:
    """From the terms of the key to the account, whose questions are asked next."""
    client.post(f"{SIGN_UP}terms/")
    client.post(f"{SIGN_UP}username/", {"username": username})
    client.post(f"{SIGN_UP}password/", {"password1": password, "password2": password})


def answer_questions(client: Client) -> None:
    for told in QUESTIONS:
        client.post(f"{BEGIN}question/", told)


def give_details(client: Client, **more: Any) -> None:
    told = {"family_name": "Heron", "given_names": "Blue", "email": "Heron@Example.org", "language": "en"}
    client.post(f"{BEGIN}details/", told | more)


def finish(client: Client) -> None:
    """From the questions to the choice of a second factor."""
    answer_questions(client)
    client.post(f"{BEGIN}terms/")
    give_details(client)
    client.post(f"{BEGIN}email/", {"code": emailed_code()})


def emailed_code() -> str:
    """Return the code of the newest e-mail."""
    found = re.search(r"\b\d{6}\b", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found.group()


def app_code(secret: str, *, later: int = 0) -> str:
    """Return what an app with this key shows, some periods later."""
    counter = int(clock.real_now().timestamp()) // PERIOD + later
    return str(totp.format_hotp_value(totp.hotp_value(secret.replace(" ", ""), counter)))


def secret_on(page: str) -> str:
    """Return the key that a page shows for an app."""
    found = re.search(r'<span class="mono">([A-Z2-7 ]+)</span>', page)
    assert found, page
    return found.group(1).replace(" ", "")
