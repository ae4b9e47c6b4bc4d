"""/readyz: may this process be sent traffic? Asked of each web process before and while it serves."""

import json
from functools import cache
from pathlib import Path

import psycopg
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.http import JsonResponse

from eeportal import direct

PARTS = ("database", "migrations", "static")
CAN_WRITE = "SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off'"
APPLIED = "SELECT app, name FROM django_migrations"


def answer() -> JsonResponse:
    """200 when pages can be made and forms saved, else 503; 'ready' or 'not ready' for each part, within seconds.

    ``database``: it answers and can be written to. ``migrations``: every one that this code knows is applied; those
    of a newer release do no harm. ``static``: the names of the style sheets and scripts are there. The broker, the
    worker and beat are not asked: pages do without them for a while.
    """
    parts = {**database_and_migrations(), "static": static_files_are_named()}
    body = {name: "ready" if parts[name] else "not ready" for name in PARTS}
    response = JsonResponse(body, status=200 if all(parts.values()) else 503)
    response.headers["Cache-Control"] = "no-store"
    return response


def database_and_migrations() -> dict[str, bool]:
    """Whether the database can be written to, and knows every migration of this code; by a connection of its own."""
    try:
        with direct.connect(options="-c statement_timeout=2s") as connection:
            can_write = bool((connection.execute(CAN_WRITE).fetchone() or [False])[0])
            applied = {(str(app), str(name)) for app, name in connection.execute(APPLIED)}
    except psycopg.errors.UndefinedTable:
        return {"database": True, "migrations": False}
    except psycopg.Error:
        return {"database": False, "migrations": False}
    return {"database": can_write, "migrations": migrations_of_this_code() <= applied}


@cache
def migrations_of_this_code() -> frozenset[tuple[str, str]]:
    """Every migration that this code brings along: (app, name)."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def static_files_are_named() -> bool:
    """Whether the manifest that pages look static files up in is there; in development pages need none."""
    if not settings.PRODUCTION:
        return True
    manifest = Path(str(settings.STATIC_ROOT)) / "staticfiles.json"
    try:
        return bool(json.loads(manifest.read_text())["paths"])
    except (OSError, ValueError, KeyError):
        return False
