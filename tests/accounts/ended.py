"""Browsers whose session has ended, and signing in again with them."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from accounts.models import KeptForm, Session, User
from tests import factories
from tests.accounts.signing import emailed_code
from tests.factories import AT, PASSWORD
from tests.personas import AMARA, Persona

LOGIN = "/en/account/login/"
PAGE = "/en/account/draft/personal/"


def browser(account: User | None = None, **headers: str) -> Client:
    """Return a browser that is signed in, as Amara if nobody else is named."""
    made = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", **headers})
    made.force_login(account or factories.account(AMARA))
    return made


def key_of(client: Client) -> str:
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def with_cookie(key: str) -> Client:
    """Return another browser with a copy of a session's cookie."""
    made = Client()
    made.cookies[settings.SESSION_COOKIE_NAME] = key
    return made


def row_of(client: Client) -> Session:
    return Session.objects.get(pk=key_of(client))


def age(client: Client, *, seen: timedelta, began: timedelta = timedelta(0)) -> None:
    """Let a session have been used, and begun, so long ago."""
    Session.objects.filter(pk=key_of(client)).update(seen_at=AT - seen, began_at=AT - max(seen, began))


def sign_in(client: Client, persona: Persona = AMARA, onward: str = "") -> str:
    """Sign in with the code by e-mail, and return where that leads."""
    asked = client.post(LOGIN, {"login": persona.username, "password": PASSWORD, "next": onward})
    assert asked.status_code == 302, asked.content.decode()
    return str(client.post("/en/account/login/second/email/", {"code": emailed_code()}).headers["Location"])


def text(client: Client, path: str) -> str:
    return client.get(path, follow=True).content.decode()


def kept() -> dict[str, Any] | None:
    found = KeptForm.objects.order_by("pk").first()
    return found.fields if found else None


def is_signed_in(client: Client) -> bool:
    return client.get("/en/account/sessions/").status_code == 200
