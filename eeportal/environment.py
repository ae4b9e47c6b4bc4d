"""Read the environment: each variable once, typed, with one clear sentence when it makes no sense."""

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}

RELAXED = (
    "This is development over plain HTTP, so cookies are relaxed: without Secure and without the prefix __Host-. "
    "Set EEPORTAL_ENV=production where others can reach the portal."
)

# A client that dies must not keep the server's session alive, and nobody waits for a lock for ever.
SESSION_LIMITS = (
    "-c client_connection_check_interval=5s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
)


class Environment:
    """Typed reading of a mapping of variables (the process's own unless told)."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self.variables = os.environ if variables is None else variables

    def text(self, name: str, default: str = "") -> str:
        """The variable's text without surrounding blanks, or `default` when it is unset or empty."""
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        """True or False; anything but 1/0, true/false, yes/no, on/off is refused."""
        raw = self.variables.get(name)
        if raw is None:
            return default
        word = raw.strip().lower()
        if word not in YES | NO:
            raise ImproperlyConfigured(f"{name} is {raw!r}. Set it to 1 or 0.")
        return word in YES

    def number(self, name: str, default: int) -> int:
        """A whole number, or `default` when the variable is unset or empty."""
        raw = self.text(name)
        if not raw:
            return default
        try:
            return int(raw)
        except ValueError:
            raise ImproperlyConfigured(f"{name} is {raw!r}. Set it to a whole number.") from None

    def words(self, name: str, default: str = "") -> list[str]:
        """The parts of a comma-separated list, without empty ones."""
        return [word.strip() for word in self.text(name, default).split(",") if word.strip()]


def database(url: str, *, variable: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's description of the PostgreSQL database at `url`.

    `url` is postgresql://user:password@host:port/name?option=value; a socket's folder goes into
    the option `host`. Connections are kept for a minute and live under the limits above.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(
            f"{variable} must look like postgresql://user:password@host:5432/name: "
            "the portal runs on PostgreSQL only."
        )
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    port = options.pop("port", "") or str(parts.port or "")
    options.setdefault("connect_timeout", 5)
    options["options"] = f"{SESSION_LIMITS} {options.get('options', '')}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def replica(url: str) -> dict[str, Any]:
    """Django's description of a replica of the database: it is only read, and nobody waits long for it."""
    described = database(url, variable="DATABASE_REPLICA_URL")
    options = described["OPTIONS"]
    options["connect_timeout"] = 2
    options["options"] += " -c default_transaction_read_only=on -c statement_timeout=5s"
    return described | {"TEST": {"MIRROR": "default"}}
