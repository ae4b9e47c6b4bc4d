"""What the partner, a website of its own, demands of whoever asks it for a sign-in."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest

from tests.partner.process import Partner
from tests.partner.visitor import RETURN, Visitor, asked, code_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.xdist_group("partner")]


@pytest.fixture
def visitor(partner: Partner) -> Visitor:
    return Visitor(partner, "192.0.2.1")


def test_a_sign_in_as_the_portal_asks_for_it_goes_on(visitor: Visitor) -> None:
    back = visitor.agree()
    assert back.headers["Location"].startswith(f"{RETURN}?code=")
    answer = visitor.exchange(code_in(back))
    assert "id_token" in answer.json()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"code_challenge": ""}, "no proof key"),
        ({"code_challenge_method": ""}, "no proof key"),
        ({"code_challenge_method": "plain"}, "no proof key"),
        ({"code_challenge": "too-short"}, "no proof key"),
        ({"redirect_uri": "https://evil.example/"}, "not registered"),
        ({"redirect_uri": ""}, "not registered"),
        ({"redirect_uri": RETURN.rstrip("/")}, "not registered"),
        ({"redirect_uri": f"{RETURN}?next=https://evil.example/"}, "not registered"),
        ({"redirect_uri": RETURN.replace("localhost:8000", "127.0.0.1:9999")}, "not registered"),
        ({"redirect_uri": RETURN.replace("localhost", "LOCALHOST")}, "not registered"),
        ({"redirect_uri": RETURN.replace("tidewater", "maple-ridge")}, "not registered"),
        ({"client_id": "no-such-institution"}, "not registered"),
        ({"client_id": ""}, "not registered"),
        ({"response_type": "token"}, "does not offer"),
        ({"prompt": "none"}, "does not offer"),
        ({"prompt": "login"}, "does not offer"),
    ],
)
def test_another_request_is_refused_with_a_page(
    visitor: Visitor, changes: dict[str, str], words: str
) -> None:
    page = visitor.ask(**changes)
    assert page.status_code == 400
    assert "This sign-in cannot go on" in page.text
    assert words in page.text
    assert "evil" not in "".join(re.findall("(?:href|action)=[^>]*", page.text))


def test_a_request_is_refused_after_signing_in_too(visitor: Visitor) -> None:
    visitor.agree()
    visitor.sign_in("aspen", "only-a-rehearsal")
    assert visitor.ask(code_challenge="").status_code == 400


def test_a_request_that_says_something_twice_is_refused(visitor: Visitor) -> None:
    page = visitor.get(f"/authorize/?{urlencode(asked())}&{urlencode({'state': 'another'})}")
    assert (page.status_code, "twice" in page.text) == (400, True)


def test_a_request_by_post_is_held_to_the_same(visitor: Visitor) -> None:
    onward = visitor.post("/authorize/", **asked(code_challenge=""))
    assert visitor.get(onward.headers["Location"]).status_code == 400


def test_a_code_without_the_secret_behind_its_challenge_gives_nothing(visitor: Visitor) -> None:
    code = code_in(visitor.agree())
    assert visitor.exchange(code, "w" * 43).json()["error"] == "invalid_grant"
    assert "id_token" not in visitor.exchange(code, "").text


def test_a_code_for_another_address_gives_nothing(visitor: Visitor) -> None:
    code = code_in(visitor.agree())
    assert "id_token" not in visitor.exchange(code, redirect_uri=RETURN.replace("/en/", "/fr/")).text


@pytest.mark.parametrize("secret", ["guessed", "g" * 43])
def test_who_is_not_the_portal_gets_nothing_for_a_code_and_leaves_it_good(
    visitor: Visitor, secret: str
) -> None:
    code = code_in(visitor.agree())
    refused = visitor.exchange(code, secret=secret)
    assert (refused.status_code, refused.json()) == (401, {"error": "invalid_client"})
    assert "id_token" in visitor.exchange(code).json()


@pytest.mark.parametrize("authorization", ["", "Basic", "Basic %%%", "Basic Og==", "Bearer abc"])
def test_an_exchange_without_a_secret_is_refused(visitor: Visitor, authorization: str) -> None:
    visitor.session.headers["Authorization"] = authorization
    assert visitor.post("/token/", grant_type="authorization_code").status_code == 401
    assert visitor.get("/token/").status_code == 405


def test_of_20_exchanges_at_once_of_one_code_one_gives_something(visitor: Visitor) -> None:
    code = code_in(visitor.agree())
    with ThreadPoolExecutor(20) as crowd:
        told = Counter(answer.status_code for answer in crowd.map(visitor.exchange, [code] * 20))
    assert told == {200: 1, 400: 19}


def test_a_consent_of_another_institutions_customer_is_not_taken(visitor: Visitor) -> None:
    visitor.sign_in("aspen", "only-a-rehearsal")
    signed = visitor.ask().text.split('name="request" value="')[1].split('"')[0]
    maple = {"client_id": "maple-ridge", "redirect_uri": RETURN.replace("tidewater", "maple-ridge")}
    visitor.sign_in("aspen", "only-a-rehearsal", **maple)
    visitor.ask(**maple)
    back = visitor.post("/authorize/", request=signed, scopes="openid", action="grant")
    assert "code=" not in back.headers.get("Location", "")


def test_a_made_up_consent_is_refused(visitor: Visitor) -> None:
    visitor.sign_in("aspen", "only-a-rehearsal")
    visitor.ask()
    assert visitor.post("/authorize/", request="made:up", action="grant").status_code == 403


@pytest.mark.parametrize(
    "onward",
    ["https://evil.example/authorize/?client_id=tidewater", "//evil.example/authorize/?client_id=tidewater",
     "/i18n/setlang/?client_id=tidewater", "\\\\evil.example/?client_id=tidewater", ""],
)  # fmt: skip
def test_a_sign_in_leads_nowhere_but_back_to_the_request(visitor: Visitor, onward: str) -> None:
    page = visitor.get(f"/sign-in/?{urlencode({'next': onward})}")
    assert page.headers["Location"] == "/"
    typed = {"name": "aspen", "password": "only-a-rehearsal"}
    visitor.get("/")
    assert visitor.post(f"/sign-in/?{urlencode({'next': onward})}", **typed).headers["Location"] == "/"


def test_a_new_sign_in_gets_a_new_session(visitor: Visitor) -> None:
    visitor.sign_in("aspen", "only-a-rehearsal")
    first = visitor.session.cookies["eeportal_partner_session"]
    visitor.sign_in("birch", "only-a-rehearsal")
    assert visitor.session.cookies["eeportal_partner_session"] != first


def test_a_form_without_its_token_is_refused_with_a_page(partner: Partner) -> None:
    stranger = Visitor(partner, "192.0.2.2")
    page = stranger.post(f"/sign-in/?{urlencode({'next': '/authorize/?client_id=tidewater'})}", name="aspen")
    assert (page.status_code, "This page is too old" in page.text) == (403, True)


def test_a_page_that_is_not_there_is_said_in_the_partners_own_look(visitor: Visitor) -> None:
    page = visitor.get("/nowhere/")
    assert (page.status_code, "Page not found" in page.text) == (404, True)


def test_it_says_that_it_is_up(visitor: Visitor) -> None:
    assert visitor.get("/healthz").status_code == 200
