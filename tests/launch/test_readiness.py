"""/readyz tells whether this process may be sent traffic, part by part, to anybody."""

import json
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from pytest_django.fixtures import Settings

from eeportal import readiness

READY = {"database": "ready", "migrations": "ready", "static": "ready"}


def told(status: int) -> dict[str, str]:
    response = Client().get("/readyz", headers={"host": "an-unknown-host"})
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    body: dict[str, str] = json.loads(response.content)
    return body


@pytest.mark.django_db
def test_a_migrated_database_that_takes_writes_makes_ready() -> None:
    assert told(200) == READY


def test_without_the_database_it_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"dbname": "none", "host": "127.0.0.1", "port": "1"}
    monkeypatch.setattr(connections["default"], "get_connection_params", lambda: nowhere)
    assert told(503) == READY | {"database": "not ready", "migrations": "not ready"}


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_can_only_be_read_is_not_ready() -> None:
    name = connection.settings_dict["NAME"]
    execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    try:
        assert told(503) == READY | {"database": "not ready"}
    finally:
        execute("SET default_transaction_read_only = off")
        execute(f'ALTER DATABASE "{name}" RESET default_transaction_read_only')


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_makes_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    newer = readiness.migrations_of_this_code() | {("draws", "9999_of_tomorrow")}
    monkeypatch.setattr(readiness, "migrations_of_this_code", lambda: newer)
    assert told(503) == READY | {"migrations": "not ready"}


@pytest.mark.django_db
def test_migrations_of_a_newer_release_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    older = frozenset(sorted(readiness.migrations_of_this_code())[:-1])
    monkeypatch.setattr(readiness, "migrations_of_this_code", lambda: older)
    assert told(200) == READY


@pytest.mark.django_db
@pytest.mark.parametrize("manifest", [None, "", "{}", '{"paths": {}}'])
def test_production_without_names_for_its_static_files_is_not_ready(
    settings: Settings, tmp_path: Path, manifest: str | None
) -> None:
    settings.PRODUCTION, settings.STATIC_ROOT = True, str(tmp_path)
    if manifest is not None:
        (tmp_path / "staticfiles.json").write_text(manifest)
    assert told(503) == READY | {"static": "not ready"}


@pytest.mark.django_db
def test_production_with_names_for_its_static_files_is_ready(settings: Settings, tmp_path: Path) -> None:
    settings.PRODUCTION, settings.STATIC_ROOT = True, str(tmp_path)
    (tmp_path / "staticfiles.json").write_text('{"paths": {"a.css": "a.123.css"}}')
    assert told(200) == READY


@pytest.mark.django_db
def test_it_does_without_the_broker(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert told(200) == READY


def test_it_can_only_be_read() -> None:
    response = Client().post("/readyz")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")
