"""The settings follow the environment, and refuse a production that would be unsafe."""

import runpy
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from eeportal.environment import Environment, database
from eeportal.launch.places import CHECKOUT

SAFE = {
    "EEPORTAL_ENV": "production",
    "EEPORTAL_SECRET_KEY": "s3cret-" * 10,
    "EEPORTAL_HOSTS": "portal.example",
    "DATABASE_URL": "postgresql://portal:secret@db.example:5432/portal",
    "REDIS_URL": "redis://redis.example:6379/0",
    "EEPORTAL_EMAIL_HOST": "mail.example",
}


def settings_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    for name in (*SAFE, "EEPORTAL_DEBUG", "EEPORTAL_DEMO"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(CHECKOUT / "eeportal" / "settings.py"))


def test_without_any_variable_they_make_a_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings_with(monkeypatch)
    assert (made["DEMO"], made["DEBUG"], made["PRODUCTION"]) == (True, False, False)
    assert "localhost" in made["ALLOWED_HOSTS"]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("EEPORTAL_DEBUG", "1"),
        ("EEPORTAL_DEMO", "1"),
        ("EEPORTAL_SECRET_KEY", ""),
        ("EEPORTAL_SECRET_KEY", "too short"),
        ("EEPORTAL_HOSTS", ""),
        ("DATABASE_URL", ""),
        ("REDIS_URL", ""),
        ("EEPORTAL_EMAIL_HOST", ""),
    ],
)
def test_production_refuses_what_is_unsafe(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"Not fit for production: {variable}"):
        settings_with(monkeypatch, **{**SAFE, variable: value})


def test_an_unknown_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="development or production"):
        settings_with(monkeypatch, EEPORTAL_ENV="staging")


def test_production_keeps_its_cookies_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings_with(monkeypatch, **SAFE)
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert made[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert made[f"{cookie}_COOKIE_SECURE"]
        assert made[f"{cookie}_COOKIE_HTTPONLY"]
        assert made[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
    assert made["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert made["SECURE_SSL_REDIRECT"]


def test_a_database_address_is_read_with_its_escapes() -> None:
    read = database("postgresql://us%40er:p%2Fw@db.example:6543/na%20me?sslmode=require")
    told = {name: read[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")}
    assert told == {"USER": "us@er", "PASSWORD": "p/w", "HOST": "db.example", "PORT": "6543", "NAME": "na me"}
    assert read["OPTIONS"]["sslmode"] == "require"


def test_a_sockets_folder_can_have_a_space() -> None:
    assert database("postgresql://me@/portal?host=%2Fmy%20state%2Fsocket")["HOST"] == "/my state/socket"


def test_sessions_of_the_database_have_limits() -> None:
    options = database("postgresql://me@/portal?options=-c%20synchronous_commit%3Doff")["OPTIONS"]["options"]
    for limit in ("client_connection_check_interval", "lock_timeout", "idle_in_transaction_session_timeout"):
        assert f"-c {limit}=" in options
    assert options.endswith("-c synchronous_commit=off")


@pytest.mark.parametrize(
    "url", ["sqlite:///portal", "mysql://me@host/portal", "postgresql://host", "nonsense"]
)
def test_only_postgresql_is_accepted(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PostgreSQL only"):
        database(url)


def test_a_flag_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="Set it to 1 or 0"):
        Environment({"X": "perhaps"}).flag("X", default=False)


@pytest.mark.parametrize(("raw", "read"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_a_flag_is_read(raw: str, read: bool) -> None:
    assert Environment({"X": raw}).flag("X", default=not read) is read


def test_a_number_that_is_none_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="whole number"):
        Environment({"X": "many"}).number("X", 5)


@pytest.mark.django_db
def test_every_page_carries_the_headers_that_protect_it() -> None:
    headers = Client().get("/nowhere").headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    own = ("style-src", "script-src", "img-src", "font-src", "connect-src", "form-action")
    none = ("default-src", "base-uri", "frame-ancestors")
    assert policy == {**dict.fromkeys(own, "'self'"), **dict.fromkeys(none, "'none'")}
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("spoken", "address"), [("fr-CA,fr;q=0.9", "/fr/"), ("en-CA", "/en/"), ("de", "/en/")]
)
def test_the_root_leads_to_the_readers_language(spoken: str, address: str) -> None:
    response = Client().get("/", headers={"accept-language": spoken})
    assert (response.status_code, response.headers["Location"]) == (302, address)
