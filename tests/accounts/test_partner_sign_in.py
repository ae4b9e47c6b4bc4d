"""Signing in and up with a sign-in partner, and everything that can go wrong on the way."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django import Settings

from accounts.joining import partners
from accounts.models import AccountEvent, Tally, User
from accounts.signed_in.sessions import IDLE
from partner.institutions import INSTITUTIONS
from tests import factories
from tests.accounts.ended import PAGE, age
from tests.accounts.stand_in_partner import DISCOVERY, KEYS, OTHER_KEY, TOKEN, StandIn, standing_in
from tests.personas import AMARA

pytestmark = pytest.mark.django_db

CHOOSE = "/en/account/partners/choose/"
RETURN = "/en/account/partners/maple-ridge/return/"
ASKED = "/en/account/messages/"


@pytest.fixture
def partner(settings: Settings, tmp_path: Path) -> Iterator[StandIn]:
    """A partner that answers well until the test tells it otherwise."""
    (tmp_path / "client-secret").write_text("our secret")
    with standing_in() as found:
        settings.PARTNER_URL = settings.PARTNER_BACK_CHANNEL = found.url
        settings.PARTNER_STATE = str(tmp_path)
        yield found


def go(client: Client, asked: str = ASKED) -> Any:
    """Choose Maple Ridge on the list."""
    return client.post(CHOOSE, {"institution": "maple-ridge", "next": asked})


def question(response: Any) -> dict[str, str]:
    """What the browser is sent to the partner with."""
    return {name: values[0] for name, values in parse_qs(urlsplit(response["Location"]).query).items()}


def come_back(client: Client, partner: StandIn, **answer: str) -> Any:
    """Go to the partner, agree there, and return."""
    asked = question(go(client))
    partner.nonce = asked["nonce"]
    return client.get(RETURN, {"code": "code-of-the-partner", "state": asked["state"], **answer})


def test_both_sides_know_the_same_institutions() -> None:
    assert dict(partners.INSTITUTIONS) == dict(INSTITUTIONS)
    assert all("simul" in name for names in INSTITUTIONS.values() for name in names.values())
    assert all(set(names) == {"en", "fr"} for names in INSTITUTIONS.values())


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Northern Lantern Bank (simulated)"), ("fr", "Banque de la Lanterne du Nord (simulée)")],
)
def test_the_list_names_the_institutions_in_the_readers_language(
    client: Client, partner: StandIn, language: str, name: str
) -> None:
    assert name in client.get(CHOOSE.replace("/en/", f"/{language}/")).content.decode()


def test_the_first_time_makes_an_account_without_a_password(client: Client, partner: StandIn) -> None:
    assert come_back(client, partner)["Location"] == ASKED
    made = User.objects.get()
    assert made.username.startswith("partner-")
    assert not made.has_usable_password()
    assert (made.email, made.given_names, made.family_name) == ("", "", "")
    assert int(client.session["_auth_user_id"]) == made.pk
    assert AccountEvent.objects.filter(account=made, kind="signed_up").exists()


def test_the_second_time_opens_the_same_account(client: Client, partner: StandIn) -> None:
    come_back(client, partner)
    other_browser = Client()
    assert come_back(other_browser, partner)["Location"] == ASKED
    assert User.objects.count() == 1
    assert other_browser.session["_auth_user_id"] == client.session["_auth_user_id"]


def test_another_customer_gets_another_account(client: Client, partner: StandIn) -> None:
    come_back(client, partner)
    partner.subject = "subject-of-somebody-else"
    come_back(Client(), partner)
    assert User.objects.count() == 2


def test_nothing_of_the_partners_is_kept_but_the_subject(client: Client, partner: StandIn) -> None:
    partner.claims = {"name": "Quentin Canary", "email": "canary@example.org", "email_verified": True}
    come_back(client, partner)
    come_back(Client(), partner)
    link = SocialAccount.objects.get()
    assert (link.provider, link.uid) == ("maple-ridge", partner.subject)
    assert "anary" not in str(link.extra_data)
    assert User.objects.get().email == ""


def test_an_address_equal_to_an_existing_accounts_links_nothing(client: Client, partner: StandIn) -> None:
    existing = factories.account(AMARA)
    partner.claims = {"email": existing.email, "email_verified": True}
    come_back(client, partner)
    assert client.session["_auth_user_id"] != str(existing.pk)
    assert not SocialAccount.objects.filter(user=existing).exists()


def test_the_question_to_the_partner_is_a_code_flow_with_pkce_and_nothing_but_the_subject(
    client: Client, partner: StandIn
) -> None:
    response = go(client)
    assert response["Location"].startswith(f"{partner.url}/authorize/?")
    asked = question(response)
    assert (asked["response_type"], asked["scope"], asked["code_challenge_method"]) == (
        "code",
        "openid",
        "S256",
    )
    assert asked["client_id"] == "maple-ridge"
    assert asked["redirect_uri"] == f"http://testserver{RETURN}"
    assert len(asked["state"]) >= 16
    assert len(asked["nonce"]) == 64


def test_the_code_is_exchanged_with_our_secret_and_the_verifier(client: Client, partner: StandIn) -> None:
    come_back(client, partner)
    told = partner.told[0]
    assert told["authorization"].startswith("Basic ")
    assert "code_verifier=" in told["body"]
    assert "our+secret" not in told["body"]


def test_the_page_speaks_french_to_the_partner_too(client: Client, partner: StandIn) -> None:
    response = client.post(CHOOSE.replace("/en/", "/fr/"), {"institution": "tidewater"})
    asked = question(response)
    assert asked["ui_locales"] == "fr"
    assert "/fr/account/partners/tidewater/return/" in asked["redirect_uri"]


def test_a_page_of_another_website_is_not_kept(client: Client, partner: StandIn) -> None:
    asked = question(go(client, "https://evil.example/"))
    partner.nonce = asked["nonce"]
    response = client.get(RETURN, {"code": "a", "state": asked["state"]})
    assert response["Location"] == "/en/account/"


def test_only_the_pages_that_lead_there_let_a_form_go_to_the_partner(
    client: Client, partner: StandIn
) -> None:
    assert partner.url in client.get(CHOOSE)["Content-Security-Policy"]
    assert partner.url not in client.get("/en/account/login/")["Content-Security-Policy"]
    assert partner.url not in client.get("/en/")["Content-Security-Policy"]


def test_the_sign_in_page_leads_to_the_list_and_keeps_the_page_asked_for(
    client: Client, partner: StandIn
) -> None:
    page = client.get(f"/en/account/login/?next={ASKED}").content.decode()
    assert f"{CHOOSE}?next={ASKED.replace('/', '%2F')}" in page


def test_nothing_chosen_is_said_on_the_page(client: Client, partner: StandIn) -> None:
    page = client.post(CHOOSE, {"next": ASKED}).content.decode()
    assert "Choose an institution, or use a key instead." in page
    assert f'value="{ASKED}"' in page


def test_a_portal_without_partners_has_no_such_pages(client: Client, settings: Settings) -> None:
    settings.PARTNER_URL = ""
    assert client.get(CHOOSE).status_code == 404
    assert client.get(RETURN).status_code == 404
    assert "sign-in partner" not in client.get("/en/account/login/").content.decode()


def test_an_unknown_institution_is_not_found(client: Client, partner: StandIn) -> None:
    assert client.get("/en/account/partners/no-such-bank/return/").status_code == 404


def require_trouble(response: Any, status: int, words: str) -> None:
    """The page says what happened, offers the key, keeps the page that was asked for; nobody is signed in."""
    page = response.content.decode()
    assert response.status_code == status, page
    assert words in page
    assert f"/en/account/login/?next={ASKED.replace('/', '%2F')}" in page
    assert not response.wsgi_request.user.is_authenticated
    assert not User.objects.exists()


UNPROVED = "could not confirm that it is you"

RUBBISH: dict[str, Callable[[StandIn], object]] = {
    "the nonce of another sign-in": lambda partner: partner.claims.update(nonce="another"),
    "no nonce": lambda partner: partner.without.add("nonce"),
    "another issuer": lambda partner: partner.claims.update(iss="https://evil.example"),
    "meant for another client": lambda partner: partner.claims.update(aud="tidewater"),
    "no longer valid": lambda partner: partner.claims.update(exp=1_700_000_000),
    "no end": lambda partner: partner.without.add("exp"),
    "no subject": lambda partner: partner.without.add("sub"),
    "an empty subject": lambda partner: partner.claims.update(sub=""),
    "a subject too long": lambda partner: partner.claims.update(sub="s" * 500),
    "signed by another key": lambda partner: partner.signing.update(key=OTHER_KEY),
    "not signed": lambda partner: partner.signing.update(key=None, algorithm="none"),
    "signed by a shared secret": lambda partner: partner.signing.update(key="s" * 64, algorithm="HS256"),
    "no id_token": lambda partner: partner.instead.update({TOKEN: (200, b'{"access_token": "a"}')}),
    "an id_token that is none": lambda partner: partner.instead.update(
        {TOKEN: (200, b'{"access_token": "a", "id_token": [7]}')}
    ),
    "a code refused": lambda partner: partner.instead.update({TOKEN: (400, b'{"error": "invalid_grant"}')}),
    "a token that is no JSON": lambda partner: partner.instead.update({TOKEN: (200, b"{")}),
    "a token that is a list": lambda partner: partner.instead.update({TOKEN: (200, b'["access_token"]')}),
    "no keys": lambda partner: partner.instead.update({KEYS: (200, b"{}")}),
    "keys that are none": lambda partner: partner.instead.update({KEYS: (200, b'{"keys": [{"kty": 3}]}')}),
    "keys that are a text": lambda partner: partner.instead.update({KEYS: (200, b'"keys"')}),
}


@pytest.mark.parametrize("what", RUBBISH)
def test_an_answer_that_does_not_hold_is_refused(client: Client, partner: StandIn, what: str) -> None:
    asked = question(go(client))
    partner.nonce = asked["nonce"]
    RUBBISH[what](partner)
    response = client.get(RETURN, {"code": "a", "state": asked["state"]})
    require_trouble(response, 502, UNPROVED)


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"[]",
        b"{}",
        b'{"issuer": 3}',
        b'{"issuer": "URL", "authorization_endpoint": "https://evil.example/authorize"}',
        b'{"issuer": "URL", "authorization_endpoint": "URL.evil.example/", "token_endpoint": "URL/token/"}',
    ],
)
def test_a_discovery_document_that_does_not_hold_is_refused(
    client: Client, partner: StandIn, body: bytes
) -> None:
    partner.instead[DISCOVERY] = (200, body.replace(b"URL", partner.url.encode()))
    require_trouble(go(client), 502, UNPROVED)


def test_a_partner_with_an_error_of_its_own_does_not_answer(client: Client, partner: StandIn) -> None:
    partner.instead[DISCOVERY] = (500, b"oops")
    require_trouble(go(client), 503, "Maple Ridge Credit Union (simulated) does not answer")


def test_a_partner_that_sends_us_elsewhere_is_not_followed(client: Client, partner: StandIn) -> None:
    partner.instead[DISCOVERY] = (302, b"")
    require_trouble(go(client), 502, UNPROVED)


def test_a_partner_that_is_down_is_said_before_anybody_leaves(
    client: Client, partner: StandIn, settings: Settings
) -> None:
    settings.PARTNER_URL = settings.PARTNER_BACK_CHANNEL = "http://127.0.0.1:9"
    require_trouble(go(client), 503, "does not answer")


def test_a_partner_that_went_down_meanwhile_is_said_on_the_return(
    client: Client, partner: StandIn, settings: Settings
) -> None:
    asked = question(go(client))
    settings.PARTNER_BACK_CHANNEL = "http://127.0.0.1:9"
    require_trouble(client.get(RETURN, {"code": "a", "state": asked["state"]}), 503, "does not answer")


def test_a_slow_partner_is_not_waited_for(client: Client, partner: StandIn, settings: Settings) -> None:
    assert settings.SOCIALACCOUNT_REQUESTS_TIMEOUT <= 3
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 0.1
    partner.pause = 0.5
    require_trouble(go(client), 503, "does not answer")


def test_a_cancelled_consent_is_no_error(client: Client, partner: StandIn) -> None:
    asked = question(go(client))
    response = client.get(RETURN, {"error": "access_denied", "state": asked["state"]})
    require_trouble(response, 200, "You cancelled the sign-in")


def test_an_error_that_the_partner_names_is_told(client: Client, partner: StandIn) -> None:
    asked = question(go(client))
    response = client.get(RETURN, {"error": "server_error", "state": asked["state"]})
    require_trouble(response, 502, UNPROVED)


@pytest.mark.parametrize("state", ["", "made-up"])
def test_a_return_that_nobody_began_is_refused(client: Client, partner: StandIn, state: str) -> None:
    go(client)
    require_trouble(client.get(RETURN, {"code": "a", "state": state}), 400, "This sign-in is over")


def test_a_return_of_another_browsers_sign_in_is_refused(client: Client, partner: StandIn) -> None:
    asked = question(go(Client()))
    go(client)
    require_trouble(client.get(RETURN, {"code": "a", "state": asked["state"]}), 400, "This sign-in is over")


def test_a_return_of_another_institutions_sign_in_is_refused(client: Client, partner: StandIn) -> None:
    asked = question(go(client))
    other = RETURN.replace("maple-ridge", "tidewater")
    require_trouble(client.get(other, {"code": "a", "state": asked["state"]}), 400, "This sign-in is over")


def test_a_return_works_once(client: Client, partner: StandIn) -> None:
    asked = question(go(client))
    partner.nonce = asked["nonce"]
    answer = {"code": "a", "state": asked["state"]}
    assert client.get(RETURN, answer)["Location"] == ASKED
    User.objects.all().delete()
    assert "This sign-in is over" in client.get(RETURN, answer).content.decode()
    assert len(partner.told) == 1


def test_accounts_by_partners_are_limited_like_those_by_keys(client: Client, partner: StandIn) -> None:
    for number in range(20):
        partner.subject = f"subject {number}"
        assert come_back(Client(), partner).status_code == 302
    partner.subject = "one too many"
    assert come_back(client, partner).status_code == 429
    assert User.objects.count() == 20
    assert Tally.objects.exists()


def linked(client: Client, partner: StandIn) -> User:
    """Amara, whose account the partner's customer opens as well; nobody is signed in."""
    amara = factories.account(AMARA)
    amara.email_codes = False  # the partner looks after the second factor
    amara.set_unusable_password()
    amara.save()
    SocialAccount.objects.create(user=amara, provider="maple-ridge", uid=partner.subject)
    return amara


def test_the_list_of_sessions_names_the_device_that_came_by_a_partner(partner: StandIn) -> None:
    client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    linked(client, partner)
    come_back(client, partner)
    assert "Firefox on Linux" in client.get("/en/account/sessions/").content.decode()


def test_a_session_that_somebody_planted_before_is_not_the_one_that_is_signed_in(
    client: Client, partner: StandIn, settings: Settings
) -> None:
    linked(client, partner)
    client.get(CHOOSE)
    asked = question(go(client))
    partner.nonce = asked["nonce"]
    planted, token = client.session.session_key, client.cookies[settings.CSRF_COOKIE_NAME].value
    client.get(RETURN, {"code": "a", "state": asked["state"]})
    assert client.session.session_key != planted
    assert client.cookies[settings.CSRF_COOKIE_NAME].value != token
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = str(planted)
    assert thief.get("/en/account/sessions/").status_code == 302


def test_what_was_typed_before_the_end_is_there_after_signing_in_with_a_partner(
    client: Client, partner: StandIn
) -> None:
    factories.draft(AMARA)
    linked(client, partner)
    come_back(client, partner)
    age(client, seen=IDLE)
    kept = client.post(PAGE, {"family_name": "Typed-Late"})
    assert kept["Location"] == f"/en/account/login/?next={PAGE}"
    come_back(client, partner)
    page = client.get(PAGE).content.decode()
    assert "This is what you had typed. It is not saved yet." in page
    assert "Typed-Late" in page
