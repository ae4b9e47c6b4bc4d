"""Linking a sign-in partner to an account that has a key, and unlinking."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from accounts.factors.fresh_proof import PROVED_AT
from accounts.models import AccountEvent, Message, User
from lifecycle import clock
from tests import factories
from tests.accounts.stand_in_partner import StandIn, standing_in
from tests.factories import PASSWORD
from tests.personas import AMARA, DIVYA

pytestmark = pytest.mark.django_db

PARTNERS = "/en/account/partners/"
LINK = "/en/account/partners/link/"
RETURN = "/en/account/partners/maple-ridge/return/"


@pytest.fixture
def partner(settings: Settings, tmp_path: Path) -> Iterator[StandIn]:
    """A partner that answers well."""
    (tmp_path / "client-secret").write_text("our secret")
    with standing_in() as found:
        settings.PARTNER_URL = settings.PARTNER_BACK_CHANNEL = found.url
        settings.PARTNER_STATE = str(tmp_path)
        yield found


@pytest.fixture
def amara(client: Client) -> User:
    """Amara, who has a key and is signed in."""
    account = factories.account(AMARA)
    client.force_login(account)
    return account


def prove(client: Client) -> None:
    """Type the password again."""
    client.post(f"/en/account/prove/?next={LINK}", {"password": PASSWORD, "next": LINK})


def ask(client: Client) -> Any:
    """Prove who asks, then ask to link Maple Ridge."""
    prove(client)
    return client.post(LINK, {"institution": "maple-ridge"})


def come_back(client: Client, partner: StandIn, leaving: Any) -> Any:
    """Agree at the partner and return from there."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(leaving["Location"]).query).items()}
    partner.nonce = asked["nonce"]
    return client.get(RETURN, {"code": "a", "state": asked["state"]}, follow=True)


def linked_to(account: User, subject: str = "subject-of-a-customer") -> SocialAccount:
    """A link as if made before."""
    return SocialAccount.objects.create(user=account, provider="maple-ridge", uid=subject)


def give_the_key_up(client: Client, account: User) -> None:
    """From now on the account has no password; its owner has just proved who they are."""
    account.set_unusable_password()
    account.save()
    client.force_login(account)
    session = client.session
    session[PROVED_AT] = clock.real_now().isoformat()
    session.save()


def kinds(account: User) -> list[str]:
    return list(AccountEvent.objects.filter(account=account).order_by("pk").values_list("kind", flat=True))


def test_linking_tells_the_owner(client: Client, amara: User, partner: StandIn) -> None:
    page = come_back(client, partner, ask(client)).content.decode()
    assert "Linked. You can now sign in with Maple Ridge Credit Union (simulated) as well." in page
    assert SocialAccount.objects.get().user_id == amara.pk
    assert "partner_linked" in kinds(amara)
    assert Message.objects.filter(account=amara, kind__contains="partner_linked").count() == 1


@pytest.mark.parametrize("address", [LINK, f"{PARTNERS}1/unlink/"])
def test_linking_and_unlinking_ask_for_the_password_first(
    client: Client, amara: User, partner: StandIn, address: str
) -> None:
    response = client.post(address, {"institution": "maple-ridge"})
    assert response["Location"].startswith("/en/account/prove/")
    page = client.post(response["Location"], {"password": "not the password"}).content.decode()
    assert "This is not your password." in page
    assert client.get(address)["Location"].startswith("/en/account/prove/")


def test_a_return_to_another_account_links_nothing(client: Client, amara: User, partner: StandIn) -> None:
    leaving = ask(client)
    client.logout()
    client.force_login(factories.account(DIVYA))
    come_back(client, partner, leaving)
    assert not SocialAccount.objects.exists()


def test_a_sign_in_that_was_begun_by_nobody_never_links_to_who_is_signed_in(
    client: Client, amara: User, partner: StandIn
) -> None:
    stranger = Client()
    leaving = stranger.post("/en/account/partners/choose/", {"institution": "maple-ridge"})
    come_back(client, partner, leaving)
    assert not SocialAccount.objects.exists()


def test_a_customer_of_another_account_is_refused(client: Client, amara: User, partner: StandIn) -> None:
    other = factories.account(DIVYA)
    linked_to(other)
    page = come_back(client, partner, ask(client)).content.decode()
    assert "already opens another account" in page
    assert SocialAccount.objects.get().user_id == other.pk
    assert "partner_linked" not in kinds(amara)


def test_a_cancelled_link_leads_back_to_the_account(client: Client, amara: User, partner: StandIn) -> None:
    asked = parse_qs(urlsplit(ask(client)["Location"]).query)
    page = client.get(RETURN, {"error": "access_denied", "state": asked["state"][0]}).content.decode()
    assert "You cancelled the sign-in" in page
    assert PARTNERS in page


def test_what_is_linked_already_is_not_offered_again(client: Client, amara: User, partner: StandIn) -> None:
    linked_to(amara)
    prove(client)
    page = client.get(LINK).content.decode()
    assert "Maple Ridge" not in page
    assert "Tidewater" in page


def test_unlinking_asks_once_and_tells_the_owner(client: Client, amara: User, partner: StandIn) -> None:
    link = linked_to(amara)
    address = f"{PARTNERS}{link.pk}/unlink/"
    prove(client)
    assert "Unlink Maple Ridge Credit Union (simulated)?" in client.get(address).content.decode()
    assert SocialAccount.objects.exists()
    assert "Unlinked: Maple Ridge" in client.post(address, follow=True).content.decode()
    assert not SocialAccount.objects.exists()
    assert "partner_unlinked" in kinds(amara)
    assert Message.objects.filter(account=amara, kind__contains="partner_unlinked").count() == 1


def test_the_last_credential_stays(client: Client, amara: User, partner: StandIn) -> None:
    give_the_key_up(client, amara)
    link = linked_to(amara)
    page = client.post(f"{PARTNERS}{link.pk}/unlink/", follow=True).content.decode()
    assert "the only way into your account" in page
    assert "Your only way in" in page
    assert SocialAccount.objects.exists()


def test_of_two_links_one_can_go(client: Client, amara: User, partner: StandIn) -> None:
    give_the_key_up(client, amara)
    linked_to(amara, "one")
    second = linked_to(amara, "two")
    client.post(f"{PARTNERS}{second.pk}/unlink/")
    assert SocialAccount.objects.get().uid == "one"


def test_somebody_elses_link_is_not_found(client: Client, amara: User, partner: StandIn) -> None:
    link = linked_to(factories.account(DIVYA))
    prove(client)
    assert client.post(f"{PARTNERS}{link.pk}/unlink/").status_code == 404
    assert SocialAccount.objects.exists()


@pytest.mark.parametrize("address", [PARTNERS, LINK, f"{PARTNERS}1/unlink/"])
def test_nobody_else_sees_these_pages(client: Client, partner: StandIn, address: str) -> None:
    assert client.get(address)["Location"] == f"/en/account/login/?next={address}"


def test_the_page_that_links_lets_its_form_go_to_the_partner(
    client: Client, amara: User, partner: StandIn
) -> None:
    prove(client)
    assert partner.url in client.get(LINK)["Content-Security-Policy"]
    assert partner.url not in client.get(PARTNERS)["Content-Security-Policy"]
