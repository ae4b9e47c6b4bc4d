"""A real web process with production's settings, behind a proxy that the test plays."""

import http.client
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.launch.test_settings import SAFE, manage
from tests.races.test_killed_worker import database_url
from tests.races.web import web_processes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of production's web processes."""
    variables = {
        **SAFE,
        "DATABASE_URL": database_url(),
        "EEPORTAL_DEMO": "0",
        "EEPORTAL_BEHIND_PROXY": "1",
        "EEPORTAL_STATIC_ROOT": str(tmp_path / "static"),
    }
    assert manage("collectstatic", "--noinput", **variables).returncode == 0
    with web_processes(headers=BY_TLS, **variables) as port:
        yield port


BY_TLS = {"Host": "portal.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


def answer(port: int, path: str, **headers: str) -> tuple[int, list[tuple[str, str]]]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path, headers=headers)
        told = connection.getresponse()
        told.read()
        return told.status, told.getheaders()


def test_production_answers_by_https_with_cookies_that_only_it_can_set(port: int) -> None:
    status, headers = answer(port, "/en/account/login/", **BY_TLS)
    assert status == 200
    assert dict(headers)["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    cookies = [value for name, value in headers if name == "Set-Cookie"]
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
        assert "Domain" not in cookie
    plain = {**BY_TLS, "X-Forwarded-Proto": "http"}
    status, headers = answer(port, "/en/account/login/", **plain)
    assert (status, dict(headers)["Location"]) == (301, "https://portal.example/en/account/login/")
    assert answer(port, "/en/", **{**BY_TLS, "Host": "evil.example"})[0] == 400
