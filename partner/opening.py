"""Before the doors open: the database, its tables, the portal as a client of each institution, demo customers."""

import psycopg
from allauth.idp.oidc.models import Client
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from psycopg import sql

from partner import addresses, keeping
from partner.customers import make_demo_customers
from partner.institutions import INSTITUTIONS

PORTAL = "Express Entry simulator"


class CannotRun(Exception):
    """One sentence: why the partner cannot run here, and what to do."""


def prepare() -> None:
    """Make everything that is missing; safe to run again."""
    if not addresses.OWN_DATABASE:
        make_database()
    migrate()
    keeping.signing_key()
    register_portal()
    make_demo_customers(INSTITUTIONS)
    connection.close()


def make_database() -> None:
    """Make the partner's database beside the portal's, if it is missing. ``CannotRun`` when that is not allowed."""
    name = settings.DATABASES["default"]["NAME"]
    with psycopg.connect(addresses.PORTAL_DATABASE, autocommit=True) as server:
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return
        try:
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            raise CannotRun(
                f"The simulated sign-in partner does not run: it needs a database of its own, and the user of "
                f"DATABASE_URL may not make {name}. Make it, or name another one by PARTNER_DATABASE_URL."
            ) from None


def migrate() -> None:
    """Bring the tables up to date; quick when they are."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def register_portal() -> None:
    """Make the portal a client of every institution, with its addresses and the shared secret of today."""
    secret = make_password(keeping.secret(keeping.CLIENT_SECRET))
    for slug in INSTITUTIONS:
        Client.objects.update_or_create(
            id=slug,
            defaults={
                "name": PORTAL,
                "secret": secret,
                "type": Client.Type.CONFIDENTIAL,
                "scopes": "openid",
                "grant_types": Client.GrantType.AUTHORIZATION_CODE,
                "response_types": Client.ResponseType.CODE,
                "redirect_uris": "\n".join(return_addresses(slug)),
                "skip_consent": False,
            },
        )


def return_addresses(slug: str) -> list[str]:
    """Where the portal wants people sent back to, in both languages."""
    return [
        f"{origin}/{language}/account/partners/{slug}/return/"
        for origin in addresses.PORTAL
        for language, _name in settings.LANGUAGES
    ]
