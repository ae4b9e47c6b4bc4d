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
from accounts.models import Tally
from tests import factories
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
LOGIN = "/en/account/login/"
WAYS = "/en/account/recover"
KNOWN, UNKNOWN = AMARA.username, "heron"
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
ROUNDS = 20
NOISE = 0.020
"""Seconds: what a network hides."""

ASKED: dict[str, tuple[str, Callable[[str], dict[str, str]]]] = {
    "sign-in": (LOGIN, lambda name: {"login": name, "password": "not the right one"}),
    "password": (f"{WAYS}/password/", lambda name: {"username": name}),
    "second factor": (
        f"{WAYS}/second-factor/",
        lambda name: {"username": name, "password": "not the right one"},
    ),
    "answers": (f"{WAYS}/answers/", lambda name: {"username": name, "password": "not the right one"}),
    "mailbox": (f"{WAYS}/e-mail/", lambda name: {"username": name, "password": "not the right one"}),
    "username": (f"{WAYS}/username/", lambda name: {"email": f"{name}@example.org"}),
}


def answer(asked: str, name: str) -> tuple[int, str, str]:
    """Status, where it leads and what stands there, once the tokens and what was typed are taken out."""
    address, typed = ASKED[asked]
    client = Client()
    response = client.post(address, typed(name))
    leads_to = response.headers.get("Location", "")
    page = client.get(leads_to) if leads_to else response
    text = TOKENS.sub("", page.content.decode()).replace(name, "…")
    return response.status_code, leads_to, text


@pytest.mark.parametrize("asked", ASKED)
def test_a_known_and_an_unknown_name_get_the_same_answer(asked: str) -> None:
    factories.account(AMARA)
    assert answer(asked, KNOWN) == answer(asked, UNKNOWN)


@pytest.mark.parametrize("asked", ["sign-in", "password"])
def test_a_known_and_an_unknown_name_are_limited_alike(asked: str) -> None:
    factories.account(AMARA)
    address, typed = ASKED[asked]
    told = {
        name: [Client(REMOTE_ADDR="192.0.2.9").post(address, typed(name)).status_code for _try in range(12)]
        for name in (KNOWN, UNKNOWN)
    }
    assert told[KNOWN] == told[UNKNOWN]


@pytest.fixture
def _slow_hasher(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed as in production, but for fewer turns: still many times what else a page takes."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 150_000)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]


def median_times(asked: str) -> dict[str, float]:
    """Median seconds of the quicker half of the answers for each name: the slower half met other work."""
    address, typed = ASKED[asked]
    taken: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    client = Client()
    for _round in range(ROUNDS):
        for name, times in random.sample(list(taken.items()), 2):
            Tally.objects.all().delete()
            client.cookies.clear()
            before = time.perf_counter()
            client.post(address, typed(name))
            times.append(time.perf_counter() - before)
    return {name: statistics.median(sorted(times)[: ROUNDS // 2]) for name, times in taken.items()}


@pytest.mark.slow
@pytest.mark.usefixtures("_slow_hasher")
@pytest.mark.parametrize("asked", ASKED)
def test_a_known_and_an_unknown_name_take_the_same_time(asked: str) -> None:
    factories.account(AMARA)
    medians = median_times(asked)
    assert abs(medians[KNOWN] - medians[UNKNOWN]) < max(NOISE, 0.1 * medians[UNKNOWN]), medians


@pytest.mark.slow
@pytest.mark.usefixtures("_slow_hasher")
def test_without_the_hash_for_nobody_an_unknown_name_is_answered_sooner(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.account(AMARA)
    monkeypatch.setattr(
        "allauth.account.auth_backends.AuthenticationBackend._mitigate_timing_attack",
        lambda _self, _typed: None,
    )
    medians = median_times("sign-in")
    assert medians[KNOWN] - medians[UNKNOWN] > NOISE


@pytest.mark.slow
def test_without_the_pause_a_known_address_is_answered_later(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.account(AMARA)
    monkeypatch.setattr(same_time, "SECONDS", 0.0)
    medians = median_times("username")
    assert medians[KNOWN] > 1.2 * medians[UNKNOWN]
