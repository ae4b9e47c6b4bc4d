"""The same form twenty times at once, each on a connection of its own: one effect, one place to arrive, no error."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Message, Role
from draws.models import Round
from lifecycle.models import Transition
from profiles.models import Draft, Profile
from profiles.services import open_update, save_answers
from tests import factories
from tests.factories import AT
from tests.personas import AMARA
from tests.profiles.reading import filled_in
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 20
DRAFT = "/en/account/draft/"


@dataclass(frozen=True)
class Form:
    """What is sent, and what must have come about once: a row of the log, and a message."""

    address: str
    told: dict[str, Any]
    move: tuple[str, str]
    message: str = ""


def sent_at_once(client: Client, form: Form) -> set[str]:
    """Send a form many times at once from one session; return where the answers led, or their status."""
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    browsers = [Client(raise_request_exception=False) for _click in range(CLICKS)]
    for browser in browsers:
        browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    answers: Any = at_once(*[partial(browser.post, form.address, form.told) for browser in browsers])
    return {answer.headers.get("Location", str(answer.status_code)) for answer in answers}


def submitting(client: Client) -> Form:
    factories.draft(AMARA)
    told = filled_in(client.get(f"{DRAFT}sign/")) | {"declared": "on", "signed_as": AMARA.signature}
    return Form(f"{DRAFT}sign/", told, ("draft", "submit"), "profile_in_pool")


def submitting_an_update(client: Client) -> Form:
    draft = open_update(profile=factories.profile(AMARA), at=AT)
    save_answers(draft=draft, changes={"settlement_funds_cad": 26000}, at=AT)
    told = filled_in(client.get(f"{DRAFT}sign/")) | {"declared": "on", "signed_as": AMARA.signature}
    return Form(f"{DRAFT}sign/", told, ("draft", "submit"), "profile_updated")


def redeeming(_client: Client) -> Form:
    told = {"way": "code", "code": factories.reference_code(AMARA)}
    return Form("/en/account/start/", told, ("draft", "start"))


def declining(_client: Client) -> Form:
    held = factories.invitation(AMARA)
    return Form(
        f"/en/account/invitations/{held.pk}/decline/", {}, ("invitation", "decline"), "invitation_declined"
    )


def withdrawing(_client: Client) -> Form:
    number = factories.profile(AMARA).number
    return Form(f"/en/account/profiles/{number}/withdraw/", {}, ("profile", "withdraw"), "profile_withdrawn")


def discarding(client: Client) -> Form:
    factories.draft(AMARA)
    return Form(f"{DRAFT}discard/", filled_in(client.get(f"{DRAFT}discard/")), ("draft", "discard"))


def updating(_client: Client) -> Form:
    number = factories.profile(AMARA).number
    return Form(f"/en/account/profiles/{number}/update/", {}, ("draft", "start"))


@pytest.mark.parametrize(
    "making",
    [submitting, submitting_an_update, redeeming, declining, withdrawing, discarding, updating],
    ids=lambda made: made.__name__,
)
def test_twenty_clicks_are_one(client: Client, making: Callable[[Client], Form]) -> None:
    client.force_login(factories.account(AMARA))
    form = making(client)
    before = moves_of(form)
    places = sent_at_once(client, form)
    assert len(places) == 1, places
    assert next(iter(places)).startswith("/en/")
    assert moves_of(form) - before == 1
    if form.message:
        assert Message.objects.filter(kind=form.message).count() == 1
    assert Draft.objects.open().count() <= 1
    assert Profile.objects.count() <= 1


def moves_of(form: Form) -> int:
    machine, event = form.move
    return Transition.objects.filter(machine=machine, event=event).count()


def test_twenty_plans_of_one_round_are_one(client: Client) -> None:
    client.force_login(factories.officer("otto", Role.OFFICER))
    address = "/en/admin/draws/round/add/"
    told = filled_in(client.get(address)) | {"round_type": "general", "size": "10"}
    assert len(sent_at_once(client, Form(address, told, ("round", "plan")))) == 1
    assert Round.objects.count() == 1
