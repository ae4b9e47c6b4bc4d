"""Where things are, by the environment and worked out from it."""

from urllib.parse import urlsplit

from eeportal.environment import Environment

TWINS = {"localhost": "127.0.0.1", "127.0.0.1": "localhost"}


def origins(url: str) -> list[str]:
    """The origin of an address, and on this machine its other spelling, which people type as well."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    hosts = [parts.hostname or "", TWINS.get(parts.hostname or "")]
    return [f"{parts.scheme}://{host}{port}" for host in hosts if host]


def beside(database_url: str) -> str:
    """The address of the database with _partner added to its name, on the same server; nothing for nothing."""
    parts = urlsplit(database_url)
    return parts._replace(path=f"{parts.path}_partner").geturl() if database_url else ""


env = Environment()

PARTNER = env.text("EEPORTAL_PARTNER_URL", "http://localhost:8001")
PORTAL = origins(env.text("EEPORTAL_BASE_URL", "http://localhost:8000"))
PORTAL_DATABASE = env.text("DATABASE_URL")
OWN_DATABASE = env.text("PARTNER_DATABASE_URL")
