"""The settings follow the environment, and refuse a production that would be unsafe."""

import os
import runpy
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from eeportal.environment import Environment, database
from eeportal.launch.places import CHECKOUT

SAFE = {
    "EEPORTAL_ENV": "production",
    "EEPORTAL_SECRET_KEY": "s3cret-0f-th1s-TEST_which-1s-n0wh3re-else-and-l0ng-enough",
    "EEPORTAL_HOSTS": "portal.example",
    "EEPORTAL_BASE_URL": "https://portal.example",
    "DATABASE_URL": "postgresql://portal:secret@db.example:5432/portal",
    "REDIS_URL": "redis://redis.example:6379/0",
    "EEPORTAL_EMAIL_HOST": "mail.example",
}


def settings_with(monkeypatch: pytest.MonkeyPatch, **variables: str) -> dict[str, Any]:
    for name in (
        *SAFE,
        "EEPORTAL_DEBUG",
        "EEPORTAL_DEMO",
        "EEPORTAL_BEHIND_PROXY",
        "EEPORTAL_PROXIES",
        "EEPORTAL_FOUR_EYES",
    ):
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
        ("EEPORTAL_METRICS_TOKEN", "short"),
        ("EEPORTAL_DEMO", "1"),
        ("EEPORTAL_SECRET_KEY", ""),
        ("EEPORTAL_SECRET_KEY", "too short"),
        ("EEPORTAL_HOSTS", ""),
        ("EEPORTAL_BASE_URL", ""),
        ("EEPORTAL_BASE_URL", "http://portal.example"),
        ("DATABASE_URL", ""),
        ("REDIS_URL", ""),
        ("EEPORTAL_EMAIL_HOST", ""),
        ("EEPORTAL_PARTNER_URL", "http://localhost:8001"),
    ],
)
def test_production_refuses_what_is_unsafe(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"Not fit for production: {variable}"):
        settings_with(monkeypatch, **{**SAFE, variable: value})


def test_a_round_takes_two_people_in_production_and_one_in_the_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings_with(monkeypatch, **SAFE)["EEPORTAL_FOUR_EYES"] is True
    assert settings_with(monkeypatch)["EEPORTAL_FOUR_EYES"] is False
    assert settings_with(monkeypatch, EEPORTAL_DEMO="0")["EEPORTAL_FOUR_EYES"] is True
    assert settings_with(monkeypatch, **SAFE, EEPORTAL_FOUR_EYES="0")["EEPORTAL_FOUR_EYES"] is False
    assert settings_with(monkeypatch, EEPORTAL_FOUR_EYES="1")["EEPORTAL_FOUR_EYES"] is True


def test_an_unknown_environment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="development or production"):
        settings_with(monkeypatch, EEPORTAL_ENV="staging")


def test_production_keeps_its_cookies_to_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings_with(monkeypatch, **SAFE)
    assert made["DEVICE_COOKIE_NAME"].startswith("__Host-")
    for cookie in ("SESSION", "CSRF", "LANGUAGE"):
        assert made[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
        assert made[f"{cookie}_COOKIE_SECURE"]
        assert made[f"{cookie}_COOKIE_HTTPONLY"]
        assert made[f"{cookie}_COOKIE_SAMESITE"] == "Lax"
    assert made["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert made["SECURE_SSL_REDIRECT"]


def test_production_sends_real_e_mail_and_has_no_demo(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings_with(monkeypatch, **SAFE)
    assert (made["DEMO"], made["DEBUG"]) == (False, False)
    assert made["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"


def test_plain_http_relaxes_the_cookies_of_development_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strict, relaxed = settings_with(monkeypatch, **SAFE), settings_with(monkeypatch)
    assert not relaxed["SESSION_COOKIE_SECURE"]
    for name in ("CONTENT_SECURITY_POLICY", "X_FRAME_OPTIONS", "SECURE_REFERRER_POLICY", "MIDDLEWARE"):
        assert relaxed[name] == strict[name]


@pytest.mark.parametrize(("variables", "proxies"), [({}, 0), ({"EEPORTAL_PROXIES": "2"}, 0)])
def test_without_a_proxy_no_forwarding_header_is_read(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], proxies: int
) -> None:
    made = settings_with(monkeypatch, **SAFE, **variables)
    assert made["EEPORTAL_PROXIES"] == proxies
    assert "SECURE_PROXY_SSL_HEADER" not in made


def test_behind_a_proxy_its_own_entry_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    made = settings_with(monkeypatch, **SAFE, EEPORTAL_BEHIND_PROXY="1")
    assert made["EEPORTAL_PROXIES"] == 1


@pytest.mark.parametrize("proxies", ["0", "-1"])
def test_behind_no_proxy_at_all_is_refused(monkeypatch: pytest.MonkeyPatch, proxies: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EEPORTAL_PROXIES"):
        settings_with(monkeypatch, **SAFE, EEPORTAL_BEHIND_PROXY="1", EEPORTAL_PROXIES=proxies)


def manage(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return python(str(CHECKOUT / "manage.py"), *arguments, **variables)


def python(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    ours = ("EEPORTAL_", "DJANGO_")
    cleared = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, env={**cleared, **variables}, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )


def test_the_check_before_deployment_is_silent() -> None:
    checked = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert checked.stdout == "System check identified no issues (0 silenced).\n"


def test_an_unsafe_production_does_not_start() -> None:
    refused = manage("check", **{**SAFE, "EEPORTAL_DEMO": "1"})
    assert refused.returncode != 0
    assert "Not fit for production: EEPORTAL_DEMO must be off" in refused.stderr


def load_the_web_server(**variables: str) -> str:
    return python("-c", "import eeportal.wsgi", **variables).stderr


def test_starting_over_plain_http_says_once_that_cookies_are_relaxed() -> None:
    assert load_the_web_server().count("cookies are relaxed") == 1


def test_starting_in_production_says_nothing_of_cookies() -> None:
    assert "cookies" not in load_the_web_server(**SAFE)


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
    none = ("default-src", "object-src", "base-uri", "frame-ancestors")
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
