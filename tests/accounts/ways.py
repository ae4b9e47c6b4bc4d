"""Walking ways back into an account with a test client."""

import re

from django.core.mail import EmailMessage
from django.test import Client

from accounts.factors.second_factors import add_app, make_recovery_codes, new_app_secret
from accounts.models import AccountEvent, Message, User
from accounts.recovering.recovery import send_due
from accounts.recovering.recovery_questions import Told, set_questions
from tests import factories
from tests.personas import AMARA, Persona

WAYS = "/en/account/recover/"
ANSWERS = {"answer_1": "Accra", "answer_2": "Kofi", "answer_3": "Jollof"}
NEW_PASSWORD = "lantern orchard violin seven"


def owner(persona: Persona = AMARA, **fields: object) -> User:
    """A complete account with three recovery questions, and a code by e-mail as second factor."""
    account = factories.account(persona, **fields)
    told = [
        Told(f"Question {number}?", f"hint {number}", answer)
        for number, answer in enumerate(ANSWERS.values(), 1)
    ]
    set_questions(account=account, told=told)
    return account


def with_app(account: User) -> list[str]:
    """Make an authenticator app the only second factor; return the recovery codes."""
    add_app(account=account, secret=new_app_secret(), counter=0)
    account.email_codes = False
    account.save()
    return make_recovery_codes(account)


def code_in(mailoutbox: list[EmailMessage]) -> str:
    """The newest code that was sent."""
    send_due()
    found = [match[1] for mail in mailoutbox if (match := re.search(r"code: (\d{6})", str(mail.body)))]
    return found[-1]


def says(client: Client, way: str, **typed: str) -> str:
    """Type something on the page of a way back; what the next page says."""
    return client.post(f"{WAYS}{way}/", typed, follow=True).content.decode()


def sign(client: Client, way: str, account: User) -> str:
    return says(client, way, username=account.username, password=factories.PASSWORD)


def events_of(kind: str) -> int:
    """How often something was written down."""
    return AccountEvent.objects.filter(kind=kind).count()


def told_of(kind: str) -> bool:
    """Whether the owner was told of something."""
    return Message.objects.filter(kind=f"notice_{kind}").exists()


def bare(page: str) -> str:
    """A page without what differs each time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
