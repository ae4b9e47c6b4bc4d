"""Attacks on accounts as somebody would try them: led astray, planted sessions, forms forged, filled or mailed."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from accounts.factors.fresh_proof import PROVED_AT
from accounts.models import User
from accounts.recovering.recovery import send_due
from accounts.signed_in.sessions import IDLE
from lifecycle import clock
from tests import factories
from tests.accounts.ended import PAGE, age, browser, sign_in, with_cookie
from tests.accounts.signing import BEGIN, LOGIN, SECOND, SIGN_UP, emailed_code, finish, open_key
from tests.accounts.ways import WAYS, owner
from tests.factories import PASSWORD
from tests.personas import AMARA

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "https://evil.example/", "//evil.example/", "///evil.example/", "/\\evil.example/", "\\\\evil.example/",
    "/\t/evil.example/", "https:evil.example", "http:///evil.example/", "javascript:alert(1)",
    "//evil.example\\@testserver/", "https://testserver@evil.example/", "https://testserver.evil.example/",
)  # fmt: skip
LINK = "/en/account/partners/link/"


def by_signing_in(address: str) -> Any:
    client = Client()
    client.post(LOGIN, {"login": AMARA.username, "password": PASSWORD, "next": address})
    return client.post("/en/account/login/second/email/", {"code": emailed_code()})


def by_signing_up(address: str) -> Any:
    client = Client()
    client.get(SIGN_UP, {"next": address})
    open_key(client)
    finish(client)
    client.post(f"{SECOND}email/", {"code": emailed_code()})
    return client.post(f"{SECOND}codes/")


def by_proving(address: str) -> Any:
    return browser().post("/en/account/prove/", {"password": PASSWORD, "next": address})


def by_staying(address: str) -> Any:
    return browser().post("/en/account/sessions/stay/", {"next": address})


def by_changing_the_language(address: str) -> Any:
    return browser().post("/i18n/setlang/", {"language": "fr", "next": address})


def by_a_form_kept(address: str) -> Any:
    client = browser()
    age(client, seen=IDLE)
    kept = client.post(
        PAGE, {"family_name": "A"}, headers={"Referer": urljoin("http://testserver/", address)}
    )
    onward = kept["Location"]
    assert onward.startswith(LOGIN)
    return client.post(onward, {"login": AMARA.username, "password": PASSWORD, "next": address})


def by_throwing_away(address: str) -> Any:
    return browser().post("/en/account/kept/throw-away/", {"path": address})


WAYS_ON = (
    by_signing_in,
    by_signing_up,
    by_proving,
    by_staying,
    by_changing_the_language,
    by_a_form_kept,
    by_throwing_away,
)


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("way_on", WAYS_ON)
def test_nothing_that_leads_on_leads_to_another_site(way_on: Callable[[str], Any], address: str) -> None:
    factories.account(AMARA)
    arrived = urljoin("http://testserver/", way_on(address).headers.get("Location", "/").replace("\\", "/"))
    assert (urlsplit(arrived).scheme, urlsplit(arrived).netloc) == ("http", "testserver")


@pytest.mark.parametrize("way_on", [by_signing_in, by_signing_up, by_proving, by_staying])
def test_the_same_ways_lead_to_a_page_of_the_portal(way_on: Callable[[str], Any]) -> None:
    factories.account(AMARA)
    assert way_on("/en/account/messages/")["Location"] == "/en/account/messages/"


def test_a_session_that_somebody_planted_is_never_the_one_that_is_signed_in(client: Client) -> None:
    factories.account(AMARA)
    client.post(LOGIN, {"login": AMARA.username, "password": PASSWORD})
    planted = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    client.post("/en/account/login/second/email/", {"code": emailed_code()})
    assert client.get("/en/account/sessions/").status_code == 200
    assert with_cookie(planted).get("/en/account/sessions/").status_code == 302


def test_a_session_planted_before_signing_up_is_not_the_new_accounts(client: Client) -> None:
    client.post(f"{SIGN_UP}terms/")
    client.post(f"{SIGN_UP}username/", {"username": "blue-heron"})
    planted = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    client.post(f"{SIGN_UP}password/", {"password1": PASSWORD, "password2": PASSWORD})
    assert client.get(f"{BEGIN}question/").status_code == 200
    assert with_cookie(planted).get(f"{BEGIN}question/").status_code == 302


def test_signing_in_as_somebody_else_takes_no_proof_along(client: Client) -> None:
    client = browser()
    client.post("/en/account/prove/", {"password": PASSWORD})
    assert PROVED_AT in client.session
    other = factories.officer("olive")
    client.force_login(other)
    assert PROVED_AT not in client.session


@pytest.mark.parametrize("address", [LINK, "/en/account/partners/choose/", "/en/account/partners/1/unlink/"])
def test_no_other_site_can_make_a_browser_link_or_unlink_a_partner(settings: Settings, address: str) -> None:
    settings.PARTNER_URL = settings.PARTNER_BACK_CHANNEL = "http://127.0.0.1:9"
    client = Client(enforce_csrf_checks=True)
    amara = factories.account(AMARA)
    link = SocialAccount.objects.create(user=amara, provider="tidewater", uid="one", pk=1)
    client.force_login(amara)
    session = client.session
    session[PROVED_AT] = clock.real_now().isoformat()
    session.save()
    crossing = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    forged = client.post(address, {"institution": "maple-ridge"}, headers=crossing)
    assert forged.status_code == 403
    client.get(address, {"institution": "maple-ridge"})
    assert "socialaccount_states" not in client.session
    assert SocialAccount.objects.get() == link


FILLED_IN = {
    "is_staff": "on", "is_superuser": "on", "role": "administrator", "is_active": "", "id": "1", "pk": "1",
    "email_codes": "", "details_at": "2026-01-01", "terms_accepted_at": "2026-01-01", "user_permissions": "1",
    "groups": "1", "password": "pbkdf2$",
}  # fmt: skip


def rights_of(username: str) -> dict[str, Any]:
    account = User.objects.get(username=username)
    return {
        name: getattr(account, name)
        for name in ("is_staff", "is_superuser", "role", "is_active", "email_codes", "email", "password")
    }


def test_no_form_of_the_account_takes_a_field_that_it_does_not_ask() -> None:
    client = browser()
    client.post("/en/account/prove/", {"password": PASSWORD})
    before = rights_of(AMARA.username)
    told = {"family_name": "Heron", "given_names": "Blue", "language": "fr", "email": "new@example.org"}
    for page in ("settings/change/", "settings/email/", "begin/details/", "begin/terms/", "sessions/stay/"):
        client.post(f"/en/account/{page}", FILLED_IN | told | {"username": "root"})
    assert rights_of(AMARA.username) == before


def test_signing_up_takes_no_field_that_it_does_not_ask(client: Client) -> None:
    client.post(f"{SIGN_UP}terms/", FILLED_IN)
    client.post(f"{SIGN_UP}username/", FILLED_IN | {"username": "blue-heron"})
    client.post(f"{SIGN_UP}password/", FILLED_IN | {"password1": PASSWORD, "password2": PASSWORD})
    client.post(f"{BEGIN}question/", FILLED_IN)
    made = User.objects.get()
    assert (made.is_staff, made.is_superuser, made.role, made.is_active) == (False, False, "", True)
    assert (made.terms_accepted_at, made.details_at) == (None, None)


def test_links_in_e_mails_lead_to_the_portal_whatever_host_a_request_names(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    owner()
    named = {
        "X-Forwarded-Host": "evil.example",
        "Forwarded": "host=evil.example",
        "X-Host": "evil.example",
        "X-Forwarded-Server": "evil.example",
        "Origin": "https://evil.example",
        "Referer": "https://evil.example/",
    }
    client.post(f"{WAYS}username/", {"email": "amara@example.org"}, headers=named)
    client.post("/en/rounds/updates/", {"email": "amara@example.org"}, headers=named)
    client.post(LOGIN, {"login": AMARA.username, "password": PASSWORD}, headers=named)
    send_due()
    links = re.findall(r"https?://[^/\s]+", "\n".join(str(mail.body) for mail in mailoutbox))
    assert len(mailoutbox) >= 3
    assert set(links) == {django_settings.EEPORTAL_BASE_URL}


def test_a_request_for_another_host_sends_no_e_mail(client: Client, mailoutbox: list[EmailMessage]) -> None:
    owner()
    asked = client.post(f"{WAYS}username/", {"email": "amara@example.org"}, headers={"Host": "evil.example"})
    send_due()
    assert (asked.status_code, mailoutbox) == (400, [])


def test_hidden_fields_of_a_kept_form_change_nothing_by_themselves() -> None:
    client = browser()
    age(client, seen=IDLE)
    planted = FILLED_IN | {"family_name": "Typed-Late", "next": "https://evil.example/", "action": "delete"}
    client.post("/en/account/settings/change/", planted)
    page = client.get(sign_in(client, onward="/en/account/settings/change/")).content.decode()
    assert "Typed-Late" in page
    assert not re.search(r"<form[^>]*action=\"[^\"]*evil", page)
    assert rights_of(AMARA.username)["role"] == ""
    assert User.objects.get().family_name != "Typed-Late"
