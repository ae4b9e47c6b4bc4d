"""Whether an account exists is told by nothing: not by a status, a word, a header, an e-mail page or the time taken."""

import random
import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client

from accounts.limiting import same_time
from accounts.models import Subscription, Tally
from tests import factories
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
LOGIN = "/en/account/login/"
WAYS = "/en/account/recover"
KNOWN, UNKNOWN = AMARA.username, "heron"
WRONG = "not the right one"
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
NOISE = 0.020
"""Seconds: what a network hides."""

ASKED: dict[str, tuple[str, Callable[[str], list[dict[str, str]]]]] = {
    "sign-in": (LOGIN, lambda name: [{"login": name, "password": WRONG}]),
    "password": (f"{WAYS}/password/", lambda name: [{"username": name}]),
    "code for a password": (f"{WAYS}/password/", lambda name: [{"username": name}, {"code": "000000"}]),
    "another code": (f"{WAYS}/password/", lambda name: [{"username": name}, {"again": "yes"}]),
    "second factor": (f"{WAYS}/second-factor/", lambda name: [{"username": name, "password": WRONG}]),
    "answers": (f"{WAYS}/answers/", lambda name: [{"username": name, "password": WRONG}]),
    "mailbox": (f"{WAYS}/e-mail/", lambda name: [{"username": name, "password": WRONG}]),
    "username": (f"{WAYS}/username/", lambda name: [{"email": f"{name}@example.org"}]),
    "subscription": ("/en/rounds/updates/", lambda name: [{"email": f"{name}@example.org"}]),
}
"""Where a name or an address is typed, and the forms that are sent there one after another: the last one counts."""


@pytest.fixture(autouse=True)
def _amara() -> None:
    """Amara is known: her account, and her address among those who get the updates about rounds."""
    email = factories.account(AMARA).email
    Subscription.objects.create(email=email, language="en", confirmed_at=factories.AT)


def sent(client: Client, asked: str, name: str) -> tuple[Any, float]:
    """Send the forms; return the last answer and the seconds that it took."""
    address, typed = ASKED[asked]
    *before, last = typed(name)
    for form in before:
        client.post(address, form)
    began = time.perf_counter()
    response = client.post(address, last)
    return response, time.perf_counter() - began


def answer(asked: str, name: str) -> tuple[int, str, str]:
    """Status, where it leads and what stands there, once the tokens and what was typed are taken out."""
    client = Client()
    response, _seconds = sent(client, asked, name)
    leads_to = response.headers.get("Location", "")
    page = client.get(leads_to) if leads_to else response
    text = TOKENS.sub("", page.content.decode()).replace(name, "…")
    return response.status_code, leads_to, text


@pytest.mark.parametrize("asked", ASKED)
def test_a_known_and_an_unknown_name_get_the_same_answer(asked: str) -> None:
    assert answer(asked, KNOWN) == answer(asked, UNKNOWN)


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["sign-in", "password", "username", "subscription"])
def test_a_known_and_an_unknown_name_are_limited_alike(asked: str) -> None:
    told = {
        name: [sent(Client(REMOTE_ADDR="192.0.2.9"), asked, name)[0].status_code for _try in range(12)]
        for name in (KNOWN, UNKNOWN)
    }
    assert told[KNOWN] == told[UNKNOWN]
    assert told[KNOWN][-1] == 429


@pytest.fixture
def _slow_hasher(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed as in production, but for fewer turns: still many times what else a page takes."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 150_000)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


def times(asked: str, tries: int) -> dict[str, list[float]]:
    """Seconds of so many answers for each name, in turns of which either is first, so that both meet the same noise."""
    taken: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    client = Client()
    for _try in range(tries):
        for name, seconds in random.sample(list(taken.items()), 2):
            Tally.objects.all().delete()
            Subscription.objects.filter(confirmed_at=None).delete()
            client.cookies.clear()
            seconds.append(sent(client, asked, name)[1])
    return taken


def gap(asked: str) -> float:
    """Seconds between the quickest answers to either name; tried until the noise hides them, five times at most."""
    known: list[float] = []
    unknown: list[float] = []
    for _batch in range(5):
        taken = times(asked, 6)
        known += taken[KNOWN]
        unknown += taken[UNKNOWN]
        if abs(min(known) - min(unknown)) < NOISE:
            break
    return min(known) - min(unknown)


@pytest.mark.usefixtures("_slow_hasher")
@pytest.mark.parametrize("asked", ASKED)
def test_the_quickest_answers_to_a_known_and_an_unknown_name_take_the_same_time(
    monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setattr(same_time, "SECONDS", 0.1)  # a shorter test; still longer than what there is to do
    assert abs(gap(asked)) < NOISE


@pytest.mark.slow
@pytest.mark.usefixtures("_slow_hasher")
@pytest.mark.parametrize("asked", ASKED)
def test_over_200_tries_a_known_and_an_unknown_name_take_the_same_time(
    monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setattr(same_time, "SECONDS", 0.1)  # as above
    known, unknown = map(statistics.median, times(asked, 200).values())
    assert abs(known - unknown) < NOISE


@pytest.mark.usefixtures("_slow_hasher")
def test_without_the_hash_for_nobody_an_unknown_name_is_answered_sooner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "allauth.account.auth_backends.AuthenticationBackend._mitigate_timing_attack",
        lambda _self, _typed: None,
    )
    assert gap("sign-in") > NOISE


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["username", "code for a password"])
def test_without_the_pause_a_known_name_is_answered_later(
    monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setattr(same_time, "SECONDS", 0.0)
    known, unknown = map(min, times(asked, 20).values())
    assert known > 1.2 * unknown
