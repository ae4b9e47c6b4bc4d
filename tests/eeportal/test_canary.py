"""A person made of canary values goes through everything, errors on purpose included, and is found nowhere astray."""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib import import_module
from typing import Any

import pytest
from celery import shared_task
from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.core.mail import send_mail
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import Client
from django.urls import path
from redis import Redis

from accounts.models import AccountEvent, KeptForm, Message, OfficerAction, Session, Tally, User
from accounts.recovering.recovery import send_due
from accounts.services import deliver_messages
from eeportal.urls import handler400, handler500
from eeportal.urls import urlpatterns as portals
from lifecycle.models import Transition
from simulation.finishing import finish_account
from tests import factories
from tests.accounts import signing
from tests.eeportal.canary import (
    ANSWER,
    CODE,
    EMAIL,
    HINT,
    PASSWORD,
    PERSON,
    QUESTION,
    SECRETS,
    WORDS,
    type_everywhere,
)
from tests.eeportal.live_redis import as_broker_and_cache, everything_in
from tests.traps.personal_data import listening

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
LOGIN = "/en/account/login/"
CANARIES = re.compile("|".join(WORDS), re.IGNORECASE)
SECRET = re.compile("|".join(SECRETS), re.IGNORECASE)
WRITTEN_DOWN = (AccountEvent, OfficerAction, Transition, Tally, Message)
Commits = Callable[..., AbstractContextManager[Any]]


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"{PERSON.username} typed {request.POST.dict()}")


def doubled(request: HttpRequest) -> HttpResponse:
    with transaction.atomic():
        User.objects.create(username=PERSON.username.upper(), email=EMAIL)
    return HttpResponse()


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError(f"could not insert ({EMAIL})")


def forgetful(request: HttpRequest) -> HttpResponse:
    request.session["typed"] = request.POST.get("password")
    return HttpResponse()


urlpatterns = [
    path("broken/", broken), path("doubled/", doubled), path("away/", away), path("forgetful/", forgetful), *portals,
]  # fmt: skip
__all__ = ["handler400", "handler500", "urlpatterns"]


def person() -> Client:
    """Sign the person up by key, one step a page, and back in; a wrong word at every step first."""
    client = Client(raise_request_exception=False)
    signing.open_key(client, PERSON.username, PASSWORD)
    for _number in range(3):
        client.post(
            f"{signing.BEGIN}question/",
            {
                "question": "own",
                "own": f"{QUESTION} {_number}?",
                "answer": f"{ANSWER}{_number}",
                "hint": HINT,
            },
        )
    client.post(f"{signing.BEGIN}terms/")
    signing.give_details(client, family_name=PERSON.family_name, given_names=PERSON.given_names, email=EMAIL)
    client.post(f"{signing.BEGIN}email/", {"code": CODE})
    client.post(f"{signing.BEGIN}email/", {"code": signing.emailed_code()})
    account = User.objects.get(username=PERSON.username)
    account.email_codes = True
    account.save()
    return client


def signs_in(password: str) -> None:
    client = Client()
    client.post(LOGIN, {"login": PERSON.username, "password": password})
    client.get("/en/account/", follow=True)


def meets_errors() -> set[int]:
    client = Client(raise_request_exception=False)
    typed = {"login": PERSON.username, "password": PASSWORD, "code": CODE}
    told = {
        client.post(address, typed).status_code for address in ("/broken/", "/doubled/", "/away/", "/en/x/")
    }
    told.add(client.post("/en/", typed).status_code)
    told.add(client.post(LOGIN, typed, headers={"host": "evil.example"}).status_code)
    told.add(Client(enforce_csrf_checks=True).post(LOGIN, typed).status_code)
    told.add(client.post(LOGIN, {"login": PERSON.username * 300_000}).status_code)
    told |= {
        Client().post(LOGIN, {"login": PERSON.username, "password": "x"}).status_code for _try in range(12)
    }
    return told


def astray() -> list[str]:
    """Where the person's words are kept without need: sessions, kept forms, and what is written down."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    sessions = [repr(store.decode(row.session_data)) for row in Session.objects.order_by("pk")]
    kept = [repr(list(KeptForm.objects.order_by("pk").values()))]
    rows = [repr(list(model.objects.order_by("pk").values())) for model in WRITTEN_DOWN]
    return [text for text in sessions + kept if SECRET.search(text)] + [
        text for text in rows if CANARIES.search(text)
    ]


def astray_in(redis: Redis) -> list[str]:
    """The keys of Redis that hold a word of the person, or are named by one."""
    return [key for key, value in everything_in(redis).items() if CANARIES.search(f"{key} {value}")]


@pytest.fixture
def redis(redis_url: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    """A real Redis that the portal uses during a test; with the leftovers of the journey, for no worker runs."""
    with as_broker_and_cache(redis_url, settings, monkeypatch) as client:
        yield client


def test_a_person_goes_through_everything_and_is_found_nowhere_astray(
    django_capture_on_commit_callbacks: Commits, redis: Redis
) -> None:
    with listening(CANARIES, pages=True) as heard, django_capture_on_commit_callbacks(execute=True):
        client = person()
        signs_in(PASSWORD)
        signs_in(ANSWER)
        account = User.objects.get(username=PERSON.username)
        finish_account(account)
        client.force_login(account)
        factories.invitation(PERSON)
        assert type_everywhere(client) > 20
        type_everywhere(Client(raise_request_exception=False))
        officer = Client(raise_request_exception=False)
        officer.force_login(factories.officer())
        type_everywhere(officer)
        assert {400, 403, 404, 405, 413, 429, 500, 503} <= meets_errors()
        send_due()
        deliver_messages()
    assert mail.outbox
    assert heard == []
    assert astray() == []
    assert redis.llen("celery") > 0
    assert astray_in(redis) == []


@shared_task
def remember(name: str) -> str:
    return name


def leak_to_the_log() -> None:
    logging.getLogger("accounts").warning("%s signed in", PERSON.username)


def leak_to_an_address() -> None:
    Client().get("/leak/")


def leak_to_an_e_mail() -> None:
    send_mail("News", f"Dear {PERSON.given_names}", None, [EMAIL])


def leak_to_a_task() -> None:
    remember.delay(EMAIL)


def leak_to_the_cache() -> None:
    caches["default"].set("newest", PERSON.username)


def leak_to_a_key_of_the_cache() -> None:
    caches["default"].set(f"tries-of-{PERSON.username}", 1)


def leak_to_an_error_page() -> None:
    Client().get("/told/")


urlpatterns += [
    path("leak/", lambda _request: redirect(f"/en/?name={PERSON.family_name}")),
    path("told/", lambda _request: HttpResponse(f"Sorry, {PERSON.given_names}", status=500)),
]


@pytest.mark.parametrize(
    ("leak", "place"),
    [
        (leak_to_the_log, "log"),
        (leak_to_an_address, "address"),
        (leak_to_an_e_mail, "e-mail"),
        (leak_to_a_task, "task message"),
        (leak_to_an_error_page, "error page"),
    ],
)
def test_a_leak_planted_on_purpose_sets_the_alarm_off(leak: Callable[[], None], place: str) -> None:
    with listening(CANARIES, pages=True) as heard:
        leak()
    assert place in {told.partition(":")[0] for told in heard}


def test_a_password_left_in_a_session_sets_the_alarm_off(client: Client) -> None:
    assert astray() == []
    client.post("/forgetful/", {"password": PASSWORD})
    assert len(astray()) == 1


@pytest.mark.parametrize("leak", [leak_to_a_task, leak_to_the_cache, leak_to_a_key_of_the_cache])
@pytest.mark.unguarded("personal data")
def test_a_leak_planted_in_redis_is_found_there(redis: Redis, leak: Callable[[], None]) -> None:
    assert astray_in(redis) == []
    leak()
    assert len(astray_in(redis)) == 1


@pytest.mark.parametrize("address", ["/en/account/sessions/stay/", "/en/account/prove/"])
def test_a_next_page_that_is_a_word_is_no_error(client: Client, address: str) -> None:
    client.force_login(factories.account(PERSON))
    typed = {"next": "Zorblattine", "password": factories.PASSWORD}
    assert client.post(address, typed).headers["Location"].startswith("/en/account/")
