"""The database or Redis away: a page that says so and when to come back; nothing is lost, then all is as before."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from celery.contrib.django.task import DjangoTask
from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import Client
from kombu.exceptions import OperationalError as BrokerAway
from redis.exceptions import ConnectionError as RedisAway

from draws import services
from draws.models import Round
from draws.tasks import run_round
from eeportal.outages import server_error
from lifecycle.tables import RoundState
from profiles.models import Draft
from tests import factories
from tests.draws.desk import planned_round
from tests.factories import AT
from tests.personas import AMARA
from tests.profiles.reading import filled_in, words_of

PAGES = (
    "/en/",
    "/fr/",
    "/en/rounds/",
    "/en/account/login/",
    "/en/account/",
    "/en/account/draft/",
    "/en/admin/",
)
NOWHERE = {"dbname": "none", "host": "127.0.0.1", "port": "1", "connect_timeout": 1}


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    client.raise_request_exception = False
    return client


@contextmanager
def database_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cut the connection, and let no new one come about."""
    connection.close()
    with monkeypatch.context() as patched:
        patched.setattr(connections["default"], "get_connection_params", lambda: NOWHERE)
        yield
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_without_the_database_every_page_says_that_the_portal_is_away_and_when_to_come_back(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.draft(AMARA)
    before = [amara.get(page).status_code for page in PAGES]
    with database_away(monkeypatch):
        for page in PAGES:
            answer = amara.get(page)
            assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30"), page
            assert ("not available just now" in words_of(answer)) != page.startswith("/fr/")
            assert "OperationalError" not in answer.content.decode()
    assert [amara.get(page).status_code for page in PAGES] == before


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_into_an_outage_is_sent_again_afterwards_and_nothing_is_lost(
    amara: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.draft(AMARA)
    before = Draft.objects.get().answers
    told = filled_in(amara.get("/en/account/draft/plans/")) | {"settlement_funds_cad": "31000"}
    with database_away(monkeypatch):
        assert amara.post("/en/account/draft/plans/", told).status_code == 503
    assert Draft.objects.get().answers == before
    assert amara.post("/en/account/draft/plans/", told).status_code == 302
    assert Draft.objects.get().answers["settlement_funds_cad"] == 31000


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_database_cut_is_replaced_unnoticed(amara: Client) -> None:
    amara.get("/en/rounds/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    other = connections.create_connection("default")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [process])
    other.close()
    close_old_connections()  # as a server does between two requests, and the test's client does not
    assert amara.get("/en/rounds/").status_code == 200


def answered(error: Exception) -> HttpResponse:
    try:
        raise error
    except type(error):
        return server_error(HttpRequest())


@pytest.mark.parametrize("error", [OperationalError(), InterfaceError(), RedisAway()])
def test_what_is_away_for_a_while_is_told_as_that(error: Exception) -> None:
    answer = answered(error)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_an_error_of_ours_is_told_as_one() -> None:
    answer = answered(ValueError())
    assert answer.status_code == 500
    assert "Retry-After" not in answer.headers


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("error", [BrokerAway(), RedisAway(), OSError()])
def test_a_round_starts_though_the_doorbell_is_broken_and_the_schedule_finds_it(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    planned = planned_round(size=5)

    def away(*_told: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(DjangoTask, "delay", away)
    services.queue(planned=planned, officer_id=None, at=AT)
    run_round.delay_on_commit(planned.pk)
    assert list(Round.objects.queued()) == [planned]
    assert services.run(round_id=planned.pk, at=AT).state == RoundState.COMPLETED
