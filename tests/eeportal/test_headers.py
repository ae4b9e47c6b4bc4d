"""The headers that protect a page stand on every answer: of every address, for everybody, errors included."""

from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.conf import settings as told
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import path

from eeportal import headers, health
from eeportal.urls import handler400, handler500
from eeportal.urls import urlpatterns as portals
from tests import factories
from tests.eeportal.addresses import every_address
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
LOGIN = "/en/account/login/"
OWN = ("style-src", "script-src", "img-src", "font-src", "connect-src")
NONE = ("default-src", "object-src", "base-uri", "frame-ancestors")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("broken on purpose")


def away(request: HttpRequest) -> HttpResponse:
    raise OperationalError("away on purpose")


urlpatterns = [path("broken/", broken), path("away/", away), *portals]
__all__ = ["handler400", "handler500", "urlpatterns"]


def policy_of(response: HttpResponseBase) -> dict[str, str]:
    told = response.headers.get("Content-Security-Policy", "")
    return dict(part.strip().split(" ", 1) for part in told.split(";") if part.strip())


def faults(response: HttpResponseBase) -> list[str]:
    """What is missing or too wide in an answer's headers."""
    policy = policy_of(response)
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Robots-Tag": "noindex, nofollow",
        **headers.ALWAYS,
    }
    found = [name for name, value in wanted.items() if response.headers.get(name) != value]
    found += [name for name in OWN if policy.get(name) != "'self'"]
    found += [name for name in NONE if policy.get(name) != "'none'"]
    found += [] if policy.get("form-action", "").split()[:1] == ["'self'"] else ["form-action"]
    found += ["unsafe"] if "unsafe" in str(policy) or "*" in str(policy) else []
    return found


def stored_by_caches(response: HttpResponseBase) -> bool:
    return "no-store" not in response.headers.get("Cache-Control", "")


def is_public_file(address: str, response: HttpResponseBase) -> bool:
    """Whether an answer is a file for other programs, the same for everybody."""
    return (
        address.startswith(headers.PUBLIC_FILES)
        and "Set-Cookie" not in response.headers
        and not response.cookies
    )


@pytest.fixture
def visitors() -> dict[str, Client]:
    """Nobody, a candidate and an officer."""
    clients = {name: Client(raise_request_exception=False) for name in ("nobody", "candidate", "officer")}
    clients["candidate"].force_login(factories.account(AMARA))
    clients["officer"].force_login(factories.officer())
    return clients


def asked_without_effect(client: Client, method: str, address: str) -> HttpResponseBase:
    """The answer; whatever it changed is as before, a session that it ended too."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, address)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


@pytest.mark.parametrize(
    "method",
    ["GET", pytest.param("POST", marks=pytest.mark.slow), pytest.param("PUT", marks=pytest.mark.slow)],
)
def test_every_address_answers_everybody_with_the_headers(visitors: dict[str, Client], method: str) -> None:
    bad: dict[str, Any] = {}
    for address in every_address():
        for name, client in visitors.items():
            response = asked_without_effect(client, method, address)
            missing = faults(response)
            if name != "nobody" and stored_by_caches(response) and not is_public_file(address, response):
                missing.append("no-store")
            if missing:
                bad[f"{method} {address} as {name}: {response.status_code}"] = missing
    assert not bad


def test_the_walk_meets_pages_refusals_and_redirects(visitors: dict[str, Client]) -> None:
    clients = visitors.values()
    met = {client.get(address).status_code for address in every_address() for client in clients}
    assert {200, 302, 403, 404} <= met


def errors() -> Iterator[tuple[int, dict[str, Any]]]:
    yield 400, {"path": LOGIN, "HTTP_HOST": "evil.example"}
    yield 400, {"path": LOGIN, "HTTP_HOST": "localhost'; DROP TABLE x; --"}
    yield 404, {"path": "/en/nowhere/"}
    yield 404, {"path": "/static/nowhere.css"}
    yield 405, {"path": "/en/account/messages/", "method": "PUT"}
    yield 405, {"path": "/healthz", "method": "POST"}
    yield 413, {"path": LOGIN, "method": "POST", "data": b"x" * 3_000_000}
    yield 500, {"path": "/broken/"}
    yield 503, {"path": "/away/"}
    yield 302, {"path": "/"}
    yield 200, {"path": "/static/css/portal.css"}
    yield 200, {"path": "/en/"}


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(("status", "asked"), list(errors()))
def test_answers_of_every_kind_have_the_headers(
    visitors: dict[str, Client], status: int, asked: dict[str, Any], signed_in: bool
) -> None:
    client = visitors["candidate" if signed_in else "nobody"]
    if asked["path"] == "/en/account/messages/":
        client = visitors["candidate"]
    response = client.generic(**{"method": "GET", **asked})
    response.close()
    assert (response.status_code, faults(response)) == (status, [])
    if signed_in and status != 200:
        assert not stored_by_caches(response) or asked["path"] == "/healthz"


def test_a_form_without_its_token_is_refused_with_the_headers() -> None:
    response = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "heron", "password": "x"})
    assert (response.status_code, faults(response)) == (403, [])


def test_a_try_over_the_limit_is_refused_with_the_headers(client: Client) -> None:
    for _try in range(11):
        response = client.post(LOGIN, {"login": "heron", "password": "x"})
    assert (response.status_code, faults(response)) == (429, [])


@pytest.mark.parametrize("up", [True, False])
def test_the_health_page_has_the_headers(monkeypatch: pytest.MonkeyPatch, up: bool) -> None:
    monkeypatch.setattr(health, "broker_tells", lambda: {"broker": up})
    response = Client().get("/healthz")
    assert (response.status_code, faults(response)) == (200 if up else 503, [])
    assert not stored_by_caches(response)


def test_a_style_sheet_may_be_kept_by_whoever_is_signed_in(visitors: dict[str, Client]) -> None:
    assert not stored_by_caches(visitors["candidate"].get("/en/"))
    sheet = visitors["candidate"].get("/static/css/portal.css")
    assert stored_by_caches(sheet)
    sheet.close()


def test_on_plain_http_production_only_leads_to_https_with_the_headers(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    plain = Client().get(LOGIN)
    assert (plain.status_code, plain.headers["Location"]) == (301, f"https://testserver{LOGIN}")
    assert faults(plain) == []
    secure = Client().get(LOGIN, secure=True)
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert Client().get("/healthz").status_code != 301


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "Forwarded"])
@pytest.mark.parametrize("address", ["/", LOGIN, "/en/nowhere/", "/en/account/", "/en/admin/"])
def test_a_host_told_by_a_header_is_never_repeated(header: str, address: str) -> None:
    response = Client().get(address, headers={header: "evil.example"})
    assert "evil.example" not in str(response.headers) + response.content.decode()


@pytest.mark.parametrize("address", ["/", LOGIN, "/en/nowhere/", "/static/css/portal.css", "/healthz"])
def test_an_unknown_host_is_refused_and_never_repeated(address: str) -> None:
    response = Client().get(address, headers={"host": "evil.example"})
    assert response.status_code == 400 or address in {"/static/css/portal.css", "/healthz"}
    assert "evil.example" not in str(response.headers) + b"".join(response).decode()
    response.close()


def test_no_cookie_goes_to_scripts_or_other_sites(client: Client) -> None:
    client.get(LOGIN)
    client.post(LOGIN, {"login": factories.account(AMARA).username, "password": factories.PASSWORD})
    client.post("/i18n/setlang/", {"language": "fr", "next": "/fr/"})
    names = {told.SESSION_COOKIE_NAME, told.CSRF_COOKIE_NAME, told.LANGUAGE_COOKIE_NAME}
    assert names <= set(client.cookies)
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["domain"]) == (
            True,
            "Lax",
            "/",
            "",
        )


def test_without_the_first_middleware_a_refused_host_answers_bare(settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "PrivacyHeaders" not in name]
    assert "Permissions-Policy" in faults(Client().get(LOGIN, headers={"host": "evil.example"}))
