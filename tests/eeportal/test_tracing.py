"""A request is followed by one id: in its answer, on its error page, in its log lines, and in the tasks it starts."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from celery import shared_task
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings
from redis import Redis

from eeportal.logs import FIELDS, JsonFormatter
from eeportal.urls import handler400, handler500
from eeportal.urls import urlpatterns as portals
from lifecycle import tracing
from tests import factories
from tests.eeportal.live_redis import as_broker_and_cache
from tests.personas import AMARA

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
THEIRS = "0123456789abcdef0123456789abcdef"


def broken(_request: HttpRequest) -> HttpResponse:
    raise ValueError("anything")


def away(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("anything")


def noting(_request: HttpRequest) -> HttpResponse:
    logging.getLogger("draws").warning("on the way")
    remember.delay()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse()


urlpatterns = [path("broken/<int:number>/", broken), path("away/", away), path("noting/", noting), *portals]
__all__ = ["handler400", "handler500", "urlpatterns"]


@shared_task
def remember() -> None:
    logging.getLogger("draws").warning("in the task")


@shared_task
def fail() -> None:
    raise ValueError("anything")


class Lines(logging.Handler):
    """The log as production writes it, one object a line."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.setFormatter(JsonFormatter())
        self.told: list[dict[str, Any]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(json.loads(self.format(record)))

    def of(self, logger: str) -> list[dict[str, Any]]:
        return [line for line in self.told if line["logger"] == logger]


@pytest.fixture
def lines() -> Iterator[Lines]:
    ear, root = Lines(), logging.getLogger()
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.INFO)
    yield ear
    root.setLevel(before)
    root.removeHandler(ear)


def asked(address: str, **headers: str) -> Any:
    return Client(raise_request_exception=False).get(address, headers=headers)


@pytest.mark.parametrize("address", ["/en/", "/healthz", "/static/none.css", "/nowhere/", "/broken/1/"])
def test_every_answer_tells_its_id_and_no_two_the_same(address: str) -> None:
    first, second = (asked(address).headers["X-Request-ID"] for _time in range(2))
    assert re.fullmatch(r"[0-9a-f]{16}", first)
    assert first != second


def test_what_a_visitor_calls_a_request_is_not_believed() -> None:
    assert asked("/en/", x_request_id=THEIRS).headers["X-Request-ID"] != THEIRS


@pytest.mark.parametrize("told", [THEIRS, "0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdef"])
def test_what_our_proxy_calls_a_request_is_kept(told: str, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    assert asked("/en/", x_request_id=told).headers["X-Request-ID"] == told


@pytest.mark.parametrize("told", ["", "amara", THEIRS.upper(), THEIRS + "\n", THEIRS * 2, "<b>", "0" * 15])
def test_an_id_of_another_form_is_replaced_even_behind_a_proxy(told: str, settings: Settings) -> None:
    settings.BEHIND_PROXY = True
    assert asked("/en/", x_request_id=told).headers["X-Request-ID"] != told


@pytest.mark.parametrize(("address", "status"), [("/broken/1/", 500), ("/away/", 503)])
def test_an_error_page_tells_the_reference_by_which_its_lines_are_found(
    address: str, status: int, lines: Lines
) -> None:
    answer = asked(address)
    reference = answer.headers["X-Request-ID"]
    assert answer.status_code == status
    assert f"<code>{reference}</code>" in answer.content.decode()
    assert reference in {line.get("request") for line in lines.of("django.request")}


def test_every_line_of_a_request_holds_its_id(lines: Lines) -> None:
    reference = asked("/noting/").headers["X-Request-ID"]
    assert {line["request"] for line in lines.of("draws") + lines.of("eeportal.access")} == {reference}


def test_what_django_writes_when_a_request_is_over_holds_its_id_too(lines: Lines) -> None:
    reference = asked("/nowhere/").headers["X-Request-ID"]
    assert {line["request"] for line in lines.of("django.request")} == {reference}


def test_a_request_leaves_one_line_with_route_status_seconds_and_statements(lines: Lines) -> None:
    asked("/en/rounds/7/?name=anything")
    (line,) = lines.of("eeportal.access")
    assert (line["method"], line["route"], line["status_code"]) == ("GET", "draws:round", 404)
    assert line["seconds"] >= 0
    assert line["queries"] >= 1
    assert "anything" not in str(lines.told)


def test_no_line_holds_an_address_with_somebodys_number(client: Client, lines: Lines) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.account(AMARA))
    client.get(f"/en/account/profiles/{profile.number}/score/")
    client.get(f"/en/account/profiles/{profile.number}/nothing/")
    client.delete(f"/en/account/profiles/{profile.number}/score/")
    asked(f"/broken/{profile.pk}/")
    assert len(lines.of("django.request")) >= 2
    assert str(profile.number) not in str(lines.told)
    assert f"/{profile.pk}/" not in str(lines.told)


def test_what_machines_ask_every_few_seconds_is_not_written_down(lines: Lines) -> None:
    for address in ("/healthz", "/static/none.css"):
        asked(address)
    assert lines.of("eeportal.access") == []


def test_nothing_is_left_of_a_request_when_it_is_over() -> None:
    asked("/en/")
    assert tracing.told() == {}


@pytest.fixture
def redis(redis_url: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Redis]:
    with as_broker_and_cache(redis_url, settings, monkeypatch) as client:
        yield client


def test_the_message_of_a_task_carries_the_id_of_the_request(redis: Redis) -> None:
    reference = asked("/noting/").headers["X-Request-ID"]
    (message,) = redis.lrange("celery", 0, -1)
    assert json.loads(message)["headers"]["request_id"] == reference


def test_a_task_that_no_request_started_carries_none(redis: Redis) -> None:
    remember.delay()
    (message,) = redis.lrange("celery", 0, -1)
    assert "request_id" not in json.loads(message)["headers"]


def test_every_line_of_a_task_holds_its_run_and_the_request_that_started_it(lines: Lines) -> None:
    remember.apply(task_id="one-run", headers={"request_id": THEIRS})
    told = lines.of("draws") + lines.of("eeportal.tasks")
    assert {(line["run"], line["request"]) for line in told} == {("one-run", THEIRS)}


def test_a_task_of_beat_has_a_run_and_no_request(lines: Lines) -> None:
    remember.apply(task_id="one-run")
    (line,) = lines.of("draws")
    assert line["run"] == "one-run"
    assert "request" not in line


def test_a_task_that_failed_is_found_by_its_run(lines: Lines) -> None:
    fail.apply(task_id="one-run")
    ended = next(line for line in lines.of("eeportal.tasks"))
    assert (ended["outcome"], ended["run"]) == ("failed", "one-run")
    assert {line["run"] for line in lines.of("celery.app.trace")} == {"one-run"}
    assert "anything" not in str(lines.told)


def test_a_line_says_nothing_but_named_fields(lines: Lines) -> None:
    asked("/noting/")
    known = {"at", "level", "logger", "message", "request", "run", "error", "places", *FIELDS}
    assert set().union(*lines.told) <= known
