"""The page of the account's details: what it shows, what it changes, and the proof that it asks for."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client

from accounts.factors import fresh_proof
from accounts.models import AccountEvent, Message, Recovery, User
from accounts.services import deliver_messages
from lifecycle import clock
from tests import factories
from tests.accounts.ways import code_in, owner
from tests.personas import AMARA, BEN
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db

PAGE = "/en/account/settings/"
GUARDED = (f"{PAGE}email/", f"{PAGE}email/code/", "/en/account/export/", "/en/account/close/")
Outbox = list[EmailMessage]


@pytest.fixture
def signed_in(client: Client) -> Client:
    client.force_login(owner())
    return client


def prove(client: Client, password: str = factories.PASSWORD, to: str = PAGE) -> str:
    return client.post("/en/account/prove/", {"password": password, "next": to}, follow=True).content.decode()


def test_the_page_leads_to_everything_that_can_be_changed(signed_in: Client) -> None:
    page = signed_in.get(PAGE).content.decode()
    for held in (AMARA.username, AMARA.family_name, "amara@example.org"):
        assert held in page
    for leads_to in ("/password/", "/second-factor/", "/questions/", "/partners/", "/sessions/", "/history/"):
        assert f'href="/en/account{leads_to}"' in page
    for address in ("/en/account/export/", "/en/account/close/"):
        assert f'href="{address}"' in page


def test_the_accounts_home_leads_to_it(signed_in: Client) -> None:
    assert f'href="{PAGE}"' in signed_in.get("/en/account/").content.decode()


def test_new_names_are_saved_and_the_owner_is_told(signed_in: Client) -> None:
    signed_in.post(f"{PAGE}change/", {"family_name": "Neu", "given_names": "", "language": "fr"})
    account = User.objects.get()
    assert (account.family_name, account.given_names, account.language) == ("Neu", "", "fr")
    assert AccountEvent.objects.filter(kind="details_changed").count() == 1
    assert Message.objects.filter(kind="notice_details_changed").count() == 1


def test_another_language_alone_is_no_change_of_security(signed_in: Client) -> None:
    same = {"family_name": AMARA.family_name, "given_names": AMARA.given_names, "language": "fr"}
    signed_in.post(f"{PAGE}change/", same)
    assert not AccountEvent.objects.filter(kind="details_changed").exists()


@pytest.mark.parametrize("address", GUARDED)
def test_what_can_harm_asks_for_the_password_first_and_leads_back(signed_in: Client, address: str) -> None:
    for answer in (signed_in.get(address), signed_in.post(address, {"username": AMARA.username})):
        assert answer.status_code == 302
        assert answer["Location"] == f"/en/account/prove/?next={address.replace('/', '%2F')}"
    assert User.objects.get().closed_at is None
    answer = signed_in.post("/en/account/prove/", {"password": factories.PASSWORD, "next": address})
    assert answer["Location"] == address


@pytest.mark.parametrize("address", GUARDED)
def test_a_proof_holds_for_a_quarter_of_an_hour(
    signed_in: Client, address: str, set_clock: Callable[[datetime], None]
) -> None:
    prove(signed_in)
    assert "/prove/" not in signed_in.get(address).headers.get("Location", "")
    set_clock(clock.real_now() + timedelta(minutes=15))
    assert "/prove/" in signed_in.get(address)["Location"]


def test_without_the_check_of_the_proof_an_open_session_would_be_enough(
    signed_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fresh_proof, "is_fresh", lambda _request: True)
    assert signed_in.post("/en/account/export/").status_code == 200


def test_a_wrong_password_is_no_proof_and_its_tries_are_limited(signed_in: Client) -> None:
    assert "This is not your password" in prove(signed_in, "wrong")
    assert "/prove/" in signed_in.get(GUARDED[0])["Location"]
    answers = [signed_in.post("/en/account/prove/", {"password": "wrong"}).status_code for _try in range(10)]
    assert answers[-1] == 429


def test_the_proof_leads_to_no_other_site(signed_in: Client) -> None:
    answer = signed_in.post(
        "/en/account/prove/", {"password": factories.PASSWORD, "next": "https://evil.example/"}
    )
    assert answer["Location"] == PAGE


def test_an_account_without_a_password_proves_itself_by_a_code(signed_in: Client, mailoutbox: Outbox) -> None:
    account = User.objects.get()
    account.set_unusable_password()
    account.save()
    signed_in.force_login(account)
    signed_in.post(f"/en/account/prove/?next={PAGE}", {"send": "yes"})
    answer = signed_in.post("/en/account/prove/", {"code": code_in(mailoutbox), "next": GUARDED[0]})
    assert answer["Location"] == GUARDED[0]


def test_an_address_is_changed_only_by_the_code_that_went_to_the_new_one(
    signed_in: Client, mailoutbox: Outbox
) -> None:
    prove(signed_in)
    signed_in.post(f"{PAGE}email/", {"email": "New@Example.org"})
    assert mailoutbox[-1].to == ["new@example.org"]
    wrong = signed_in.post(f"{PAGE}email/code/", {"code": "000000"}).content.decode()
    assert "This code is not right" in wrong
    assert User.objects.get().email == "amara@example.org"
    signed_in.post(f"{PAGE}email/code/", {"code": code_in(mailoutbox)})
    assert User.objects.get().email == "new@example.org"
    assert EmailAddress.objects.get().email == "new@example.org"
    assert EmailAddress.objects.get().verified


def test_both_addresses_are_told_of_the_change(signed_in: Client, mailoutbox: Outbox) -> None:
    prove(signed_in)
    signed_in.post(f"{PAGE}email/", {"email": "new@example.org"})
    signed_in.post(f"{PAGE}email/code/", {"code": code_in(mailoutbox)})
    mailoutbox.clear()
    deliver_messages()
    assert sorted(mail.to[0] for mail in mailoutbox) == ["amara@example.org", "new@example.org"]
    assert all("The e-mail address of your account was changed" in mail.body for mail in mailoutbox)


def test_an_address_of_another_account_is_refused_only_to_who_reads_it(
    signed_in: Client, mailoutbox: Outbox
) -> None:
    other = owner(BEN)
    prove(signed_in)
    asked = signed_in.post(f"{PAGE}email/", {"email": other.email}, follow=True).content.decode()
    assert "another account" not in asked
    page = signed_in.post(f"{PAGE}email/code/", {"code": code_in(mailoutbox)}).content.decode()
    assert "it already belongs to another account" in page
    assert User.objects.get(username=AMARA.username).email == "amara@example.org"


def test_a_way_back_that_waits_is_shown_and_refused_there(signed_in: Client) -> None:
    asked = Recovery.objects.create(
        account=User.objects.get(), lost="factor", effective_at=clock.real_now() + timedelta(hours=72)
    )
    assert "Lost second factor" in signed_in.get(PAGE).content.decode()
    address = f"{PAGE}ways-back/{asked.pk}/refuse/"
    assert signed_in.get(address).status_code == 405
    page = signed_in.post(address, follow=True).content.decode()
    assert "The way back was refused" in page
    assert "Lost second factor" not in page


def test_nobody_who_is_not_signed_in_sees_any_of_it(client: Client) -> None:
    for address in (PAGE, f"{PAGE}change/", "/en/account/prove/", *GUARDED):
        assert "/account/login/" in client.get(address)["Location"]


def test_the_export_is_an_attachment_that_nobody_stores_and_the_owner_is_told(signed_in: Client) -> None:
    prove(signed_in)
    assert "recovery_questions" in signed_in.get("/en/account/export/").content.decode()
    assert not AccountEvent.objects.filter(kind="data_exported").exists()
    answer = signed_in.post("/en/account/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="express-entry-account-2026-09-24.json"'
    assert "no-store" in answer["Cache-Control"]
    assert answer.json()["account"]["username"] == AMARA.username
    assert AccountEvent.objects.filter(kind="data_exported").count() == 1
    assert Message.objects.filter(kind="notice_data_exported").exists()


def test_an_account_is_closed_after_its_username_was_typed_and_then_says_farewell(signed_in: Client) -> None:
    prove(signed_in)
    page = signed_in.post("/en/account/close/", {"username": "amaro"}).content.decode()
    assert "This is not the username of this account" in page
    assert User.objects.get().closed_at is None
    farewell = signed_in.post("/en/account/close/", {"username": AMARA.username.upper()}, follow=True)
    assert "Your account is closed" in farewell.content.decode()
    assert User.objects.get().closed_at is not None
    assert signed_in.get("/en/account/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_ten_presses_of_the_button_at_once_close_once_and_none_of_them_fails(signed_in: Client) -> None:
    prove(signed_in)
    cookie = signed_in.cookies[settings.SESSION_COOKIE_NAME].value

    def press() -> object:
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
        return browser.post("/en/account/close/", {"username": AMARA.username}).status_code

    assert at_once(*[press] * 10) == [302] * 10
    assert Message.objects.filter(kind="notice_account_closed").count() == 1


def test_an_officer_reads_why_the_account_is_not_closed(client: Client) -> None:
    client.force_login(factories.officer())
    prove(client)
    page = client.get("/en/account/close/").content.decode()
    assert "cannot be closed by itself" in page
    answer = client.post("/en/account/close/", {"username": "olivia"}).content.decode()
    assert "cannot be closed by itself" in answer
    assert User.objects.get(username="olivia").closed_at is None
