"""/healthz tells of each part whether it is up, to anybody, even when the database is down."""

import json
import time
from collections.abc import Iterator

import pytest
from celery.beat import Scheduler
from django.db import connections
from django.test import Client
from pytest_django.fixtures import Settings
from redis import Redis

from eeportal import heartbeats
from eeportal.celery import app
from tests.accounts.stand_in_partner import StandIn, standing_in

NOWHERE = "redis://127.0.0.1:1/0"


def told(status: int) -> dict[str, str]:
    response = Client().get("/healthz", headers={"host": "an-unknown-host"})
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Cache-Control"] == "no-store"
    body: dict[str, str] = json.loads(response.content)
    return body


@pytest.fixture
def broker(redis_url: str, settings: Settings) -> Redis:
    settings.REDIS_URL = redis_url
    client = Redis.from_url(redis_url)
    client.flushdb()
    return client


@pytest.mark.django_db
def test_without_a_broker_only_the_database_is_up() -> None:
    assert told(503) == {"database": "up", "broker": "down", "worker": "down", "beat": "down"}


@pytest.mark.django_db
def test_a_broker_without_worker_and_beat_is_up_alone(broker: Redis) -> None:
    assert told(503) == {"database": "up", "broker": "up", "worker": "down", "beat": "down"}
    broker.close()


@pytest.mark.django_db
def test_all_is_well_when_worker_and_beat_show_that_they_live(broker: Redis) -> None:
    heartbeats.pulse("worker")
    heartbeats.pulse("beat")
    assert told(200) == {"database": "up", "broker": "up", "worker": "up", "beat": "up"}
    broker.close()


@pytest.mark.django_db
def test_a_sign_of_life_vanishes_by_itself(broker: Redis) -> None:
    heartbeats.pulse("worker")
    assert 0 < broker.ttl(heartbeats.key("worker")) <= heartbeats.LASTS
    broker.close()


@pytest.mark.django_db
def test_the_scheduler_shows_that_it_lives(broker: Redis, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Scheduler, "tick", lambda _self: 300.0)
    scheduler = heartbeats.PulsingScheduler.__new__(heartbeats.PulsingScheduler)
    assert scheduler.tick() <= heartbeats.EVERY
    assert broker.exists(heartbeats.key("beat"))
    scheduler.turn.give_up()
    broker.close()


def test_it_answers_while_the_database_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"dbname": "none", "host": "127.0.0.1", "port": "1"}
    monkeypatch.setattr(connections["default"], "get_connection_params", lambda: nowhere)
    assert told(503)["database"] == "down"


@pytest.mark.django_db
def test_it_answers_while_the_broker_is_down(settings: Settings) -> None:
    settings.REDIS_URL = NOWHERE
    assert told(503)["broker"] == "down"


@pytest.fixture
def partner(settings: Settings) -> Iterator[StandIn]:
    """A partner that says that it is up until the test tells it otherwise."""
    with standing_in() as found:
        found.instead["/healthz"] = (200, b"up")
        settings.PARTNER_URL = settings.PARTNER_BACK_CHANNEL = found.url
        yield found


@pytest.fixture
def all_else_up(broker: Redis) -> Iterator[None]:
    heartbeats.pulse("worker")
    heartbeats.pulse("beat")
    yield
    broker.close()


ALL = {"database": "up", "broker": "up", "worker": "up", "beat": "up"}


@pytest.mark.django_db
def test_it_names_the_sign_in_partner(all_else_up: None, partner: StandIn) -> None:
    assert told(200) == {**ALL, "partner": "up"}


@pytest.mark.django_db
def test_a_partner_that_is_down_makes_nobody_unwell(all_else_up: None, settings: Settings) -> None:
    settings.PARTNER_URL = settings.PARTNER_BACK_CHANNEL = "http://127.0.0.1:9"
    assert told(200) == {**ALL, "partner": "down"}


@pytest.mark.django_db
@pytest.mark.parametrize("answer", [(503, b""), (404, b""), (302, b"")])
def test_a_partner_with_a_trouble_of_its_own_is_down(
    all_else_up: None, partner: StandIn, answer: tuple[int, bytes]
) -> None:
    partner.instead["/healthz"] = answer
    assert told(200)["partner"] == "down"


@pytest.mark.django_db
def test_a_slow_partner_is_not_waited_for(all_else_up: None, partner: StandIn) -> None:
    partner.pause = 5
    began = time.perf_counter()
    assert told(200)["partner"] == "down"
    assert time.perf_counter() - began < 3


def test_a_sign_of_life_without_a_broker_harms_nobody(settings: Settings) -> None:
    settings.REDIS_URL = NOWHERE
    heartbeats.pulse("worker")


def test_it_can_only_be_read() -> None:
    response = Client().post("/healthz")
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_the_worker_shows_its_life_from_the_loop_that_takes_messages() -> None:
    assert heartbeats.WorkerPulse in app.steps["consumer"]
