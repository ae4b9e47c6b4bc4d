"""Two tabs of one session, the form opened in each, and ten clicks in either at the same moment; again and again.

Bar 6, beside test_sent_at_once.py. The clock runs here: every click comes at an instant of its own, and only the one
that has an effect leaves its instant behind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.test import Client

from accounts.models import Message, User
from draws import answers
from draws.models import Invitation
from lifecycle import clock, moves
from lifecycle.errors import LostRace
from lifecycle.models import Transition
from profiles.models import Draft, PoolEntry, Profile, Submission
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, Persona
from tests.profiles.reading import filled_in
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 20
REPEATS = 6
DRAFT = "/en/account/draft/"
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _clock_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks at the clock sees an instant that nobody has seen."""
    ticks = count(1)
    monkeypatch.setattr(clock, "real_now", lambda: AT + next(ticks) * MICROSECOND)


@dataclass(frozen=True)
class Deed:
    """A form as two tabs show it, what must come of it once, and the instants that it leaves behind."""

    address: str
    told: tuple[dict[str, Any], dict[str, Any]]
    move: tuple[str, str]
    message: str
    instants: Callable[[], set[datetime]]


def submitting(client: Client, who: Persona) -> Deed:
    factories.draft(who)
    pages = (filled_in(client.get(f"{DRAFT}sign/")) for _tab in range(2))
    first, second = ({**page, "declared": "on", "signed_as": who.signature} for page in pages)

    def instants() -> set[datetime]:
        held = Profile.objects.get(account__username=who.username)
        sent = Submission.objects.get(profile=held)
        return {held.submitted_at, sent.submitted_at, PoolEntry.objects.get(pk=held.pk).submitted_at}

    return Deed(f"{DRAFT}sign/", (first, second), ("draft", "submit"), "profile_in_pool", instants)


def redeeming(_client: Client, who: Persona) -> Deed:
    told = {"way": "code", "code": factories.reference_code(who)}

    def instants() -> set[datetime]:
        return {Draft.objects.get(account__username=who.username).started_at}

    return Deed("/en/account/start/", (told, told), ("draft", "start"), "", instants)


def declining(_client: Client, who: Persona) -> Deed:
    held = factories.invitation(who)
    address = f"/en/account/invitations/{held.pk}/decline/"
    return Deed(address, ({}, {}), ("invitation", "decline"), "invitation_declined", set)


def withdrawing(_client: Client, who: Persona) -> Deed:
    address = f"/en/account/profiles/{factories.profile(who).number}/withdraw/"
    return Deed(address, ({}, {}), ("profile", "withdraw"), "profile_withdrawn", set)


DEEDS = [submitting, redeeming, declining, withdrawing]


def people() -> Iterator[Persona]:
    """One persona after the other, each with an account and a passport of her own."""
    return (replace(AMARA, username=f"amara{number}") for number in count(1))


def clicked(client: Client, deed: Deed) -> set[str]:
    """Click ten times in each tab, all at once; return where the answers led, or their status."""
    browsers = [Client(raise_request_exception=False) for _click in range(CLICKS)]
    for browser in browsers:
        browser.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    clicks = [
        partial(browser.post, deed.address, deed.told[number % 2]) for number, browser in enumerate(browsers)
    ]
    found: Any = at_once(*clicks)
    return {answer.headers.get("Location", str(answer.status_code)) for answer in found}


def assert_done_once(making: Callable[[Client, Persona], Deed], who: Persona) -> None:
    account, client = factories.account(who), Client()
    client.force_login(account)
    deed = making(client, who)
    before = moves_of(deed)
    places = clicked(client, deed)
    assert len(places) == 1, places
    assert next(iter(places)).startswith("/en/")
    (logged,) = moves_of(deed) - before
    assert {logged} | deed.instants() | told_at(deed, account) == {logged}


def moves_of(deed: Deed) -> set[datetime]:
    machine, event = deed.move
    return set(Transition.objects.filter(machine=machine, event=event).values_list("at", flat=True))


def told_at(deed: Deed, account: User) -> set[datetime]:
    if not deed.message:
        return set()
    return {Message.objects.get(kind=deed.message, account=account).at}


@pytest.mark.parametrize("making", DEEDS, ids=lambda made: made.__name__)
def test_ten_clicks_in_each_of_two_tabs_have_one_effect_at_one_instant(
    making: Callable[[Client, Persona], Deed],
) -> None:
    assert_done_once(making, AMARA)


@pytest.mark.slow
@pytest.mark.parametrize("making", DEEDS, ids=lambda made: made.__name__)
def test_and_so_they_have_again_and_again(making: Callable[[Client, Persona], Deed]) -> None:
    """The bar asks for 50 repeats; these six of each take about eight seconds each on two cores."""
    for who, _again in zip(people(), range(REPEATS), strict=False):
        assert_done_once(making, who)


def test_of_two_tabs_that_save_at_once_one_saves_and_the_other_is_told(client: Client) -> None:
    client.force_login(factories.account(AMARA))
    factories.draft(AMARA)
    for funds in (30_000, 40_000, 50_000):
        shown = filled_in(client.get(f"{DRAFT}plans/"))
        told = tuple(shown | {"settlement_funds_cad": str(funds + tab)} for tab in range(2))
        tabs = [Client(), Client()]
        for tab in tabs:
            tab.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        found: Any = at_once(
            *[partial(tab.post, f"{DRAFT}plans/", typed) for tab, typed in zip(tabs, told, strict=True)]
        )
        assert sorted(answer.status_code for answer in found) == [200, 302]
        winner = next(number for number, answer in enumerate(found) if answer.status_code == 302)
        assert Draft.objects.get().answers["settlement_funds_cad"] == funds + winner
        loser = filled_in(found[1 - winner])
        assert loser["settlement_funds_cad"] == str(funds + 1 - winner)
        client.post(f"{DRAFT}plans/", {"forget": "yes"})


def test_twin_without_the_rows_lock_several_clicks_try_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock taken away and all held up once they have read: the move from the state read still lets one through,
    but the others are told that it was done already in place of where it led."""
    client, together = Client(), Barrier(CLICKS)
    client.force_login(factories.account(AMARA))
    deed = declining(client, AMARA)
    move = moves.move

    def late(thing: Any, event: str, **told: Any) -> None:
        if event == "decline":
            together.wait(timeout=20)
        move(thing, event, **told)

    monkeypatch.setattr(QuerySet, "select_for_update", lambda found, **_how: found)
    monkeypatch.setattr(moves, "move", late)
    found = at_once(*[partial(answers.decline, invitation=Invitation.objects.get(), at=AT)] * CLICKS)
    assert sum(isinstance(outcome, LostRace) for outcome in found) == CLICKS - 1
    assert len(moves_of(deed)) == 1
