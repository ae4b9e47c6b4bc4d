"""Public pages read a replica where there is one; everybody's own pages, and every write, never do.

The replica here is a second connection to the same server; tests/recovery/test_streaming_replica.py has a real one.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.test import Client

from draws import services
from draws.models import Round
from eeportal import replica
from eeportal.environment import replica as described
from eeportal.replica import ALIAS, FEEDS, PUBLIC
from tests import factories
from tests.access.walking import known_addresses
from tests.draws.desk import planned_round, work
from tests.factories import AT
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
ROUNDS = "/en/rounds/"
"""The public page of all rounds."""


class Asked:
    """What was sent to each database."""

    def __init__(self) -> None:
        self.told: dict[str, list[str]] = {"default": [], ALIAS: []}

    def note(self, alias: str) -> Any:
        def one(execute: Any, sql: str, *more: Any) -> Any:
            self.told[alias].append(sql)
            return execute(sql, *more)

        return one


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[Asked]:
    """A second connection as the replica, and what is asked of both."""
    made = connections.create_connection("default")
    monkeypatch.setitem(connections.settings, ALIAS, connections.settings["default"])
    connections[ALIAS] = made
    found = Asked()
    with ExitStack() as held:
        for alias in found.told:
            held.enter_context(connections[alias].execute_wrapper(found.note(alias)))
        yield found
    made.close()
    del connections[ALIAS]


def reads_rounds(statements: list[str]) -> bool:
    return any('FROM "draws_round"' in sql for sql in statements)


def shown_round() -> Round:
    planned = planned_round(size=1)
    services.queue(planned=planned, officer_id=None, at=AT)
    return services.publish(completed=work(planned), officer_id=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_the_public_pages_read_the_rounds_from_the_replica(asked: Asked) -> None:
    number = shown_round().number
    for address in ("/en/", ROUNDS, f"/en/rounds/{number}/", "/feeds/ee_rounds_123_en.json"):
        asked.told["default"].clear()
        assert Client().get(address).status_code == 200, address
        assert not reads_rounds(asked.told["default"]), address


def test_such_a_page_tells_as_of_when_it_knows_the_rounds(asked: Asked) -> None:
    page = Client().get(ROUNDS).content.decode()
    assert reads_rounds(asked.told[ALIAS])
    assert "Rounds as of" in page


def test_without_a_replica_it_says_nothing_of_it(client: Client) -> None:
    assert "Rounds as of" not in client.get(ROUNDS).content.decode()


@pytest.mark.parametrize(
    "address", ["/en/account/", "/en/account/profiles/{number}/score/", "/en/admin/draws/round/"]
)
def test_what_is_somebodys_own_is_read_from_the_primary(asked: Asked, client: Client, address: str) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.officer() if "admin" in address else factories.account(AMARA))
    assert client.get(address.format(number=profile.number)).status_code == 200
    assert not [sql for sql in asked.told[ALIAS] if sql != replica.SEEN]


def test_sessions_and_the_clock_of_a_public_page_are_read_from_the_primary(
    asked: Asked, client: Client
) -> None:
    client.force_login(factories.account(AMARA))
    client.get(ROUNDS)
    assert {sql.split('FROM "')[1].split('"')[0] for sql in asked.told[ALIAS] if 'FROM "' in sql} <= {
        "draws_round"
    }


def test_a_form_is_never_served_from_the_replica(asked: Asked) -> None:
    assert Client().post(ROUNDS).status_code == 405
    assert asked.told[ALIAS] == []


def test_while_the_replica_is_away_the_primary_is_read_and_nobody_waits_again(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def away() -> None:
        tries.append(1)
        raise OperationalError("away")

    connections[ALIAS].close()
    monkeypatch.setattr(connections[ALIAS], "connect", away)
    visitor = Client()
    for _look in range(3):
        page = visitor.get(ROUNDS)
        assert page.status_code == 200
        assert "Rounds as of" not in page.content.decode()
    assert reads_rounds(asked.told["default"])
    assert len(tries) == 1


def test_a_replica_that_fails_on_the_way_is_made_up_for_by_the_primary(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(execute: Any, sql: str, *more: Any) -> Any:
        if 'FROM "draws_round"' in sql:
            raise OperationalError("canceling statement due to conflict with recovery")
        return execute(sql, *more)

    with connections[ALIAS].execute_wrapper(fail):
        page = Client().get(ROUNDS)
    assert page.status_code == 200
    assert "Rounds as of" not in page.content.decode()


@pytest.mark.parametrize(("behind", "used"), [(timedelta(seconds=59), True), (timedelta(seconds=61), False)])
def test_a_replica_that_is_too_far_behind_is_not_used(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, behind: timedelta, used: bool
) -> None:
    monkeypatch.setattr(replica, "SEEN", f"SELECT true, timestamptz '{(AT - behind).isoformat()}'")
    page = Client().get(ROUNDS).content.decode()
    assert ("Rounds as of" in page) == used
    assert reads_rounds(asked.told["default"]) != used


def test_every_public_route_is_one_that_anybody_may_look_at() -> None:
    names = {known.name for known in known_addresses()}
    assert not PUBLIC - names
    assert any(name.startswith(f"{FEEDS}:") or f":{FEEDS}:" in name for name in names)


def test_a_replica_is_only_read_and_never_migrated() -> None:
    router = replica.PublicPagesRouter()
    assert router.allow_migrate(ALIAS, "draws") is False
    assert router.allow_migrate("default", "draws") is None
    options = described("postgresql://reader@replica/eeportal")["OPTIONS"]["options"]
    assert "default_transaction_read_only=on" in options


def test_an_address_that_is_none_is_refused_by_its_own_name() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_REPLICA_URL must look like"):
        described("mysql://elsewhere/eeportal")
