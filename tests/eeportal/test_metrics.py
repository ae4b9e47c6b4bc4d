"""The numbers for Prometheus: who may read them, what they tell, and that they name nobody."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery import shared_task
from django.db import connections
from django.test import Client
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from pytest_django.fixtures import Settings

from eeportal import metrics_port
from eeportal.metrics_port import MetricsPort
from lifecycle import jobs
from lifecycle.models import JobState
from lifecycle.schedule import PLANS
from tests import factories
from tests.accounts import signing
from tests.conftest import INSTANT
from tests.draws.desk import planned_round
from tests.personas import AMARA, EVERYBODY

pytestmark = pytest.mark.django_db
TOKEN = "only-a-rehearsal-" * 2


@pytest.fixture
def token(settings: Settings) -> str:
    settings.EEPORTAL_METRICS_TOKEN = TOKEN
    return TOKEN


def told(headers: dict[str, str] | None = None) -> Any:
    return Client().get("/metrics", headers=headers or {"authorization": f"Bearer {TOKEN}"})


def figures() -> dict[str, dict[tuple[str, ...], float]]:
    """Name -> the values of its labels, in the order of their names -> number."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(told().content.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def test_without_a_token_in_the_settings_there_are_no_numbers() -> None:
    assert told({"authorization": "Bearer "}).status_code == 404
    assert told({"authorization": "Bearer None"}).status_code == 404


@pytest.mark.parametrize(
    "authorization", ["", "Bearer ", "Bearer wrong", TOKEN, f"Basic {TOKEN}", "Bearer ü"]
)
def test_without_the_token_nobody_reads_them(token: str, authorization: str) -> None:
    answer = told({"authorization": authorization})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.content == b""


def test_with_the_token_they_are_read_without_session_language_or_known_host(token: str) -> None:
    answer = told({"authorization": f"Bearer {token}", "host": "10.0.0.7"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sessionid" not in str(answer.cookies)


def test_answers_are_counted_by_the_routes_name_and_status(token: str) -> None:
    before = figures()["eeportal_requests_total"].get(("GET", "draws:round", "404"), 0)
    for number in (7_771, 7_772):
        Client().get(f"/en/rounds/{number}/")
    after = figures()
    assert after["eeportal_requests_total"]["GET", "draws:round", "404"] == before + 2
    assert not re.search("777[12]", told().content.decode())
    assert after["eeportal_request_seconds_count"]["draws:round",] >= 2


def test_addresses_and_methods_that_somebody_makes_up_make_no_series(token: str) -> None:
    Client().get("/en/one/")
    Client().generic("BREW", "/en/")
    figures()  # to ask is a request too
    before = len(figures()["eeportal_requests_total"])
    for number in range(5):
        Client().get(f"/en/made-up-{number}/")
        Client().generic(f"BREW{number}", "/en/")
    assert len(figures()["eeportal_requests_total"]) == before


@shared_task
def do() -> None:
    return None


@shared_task
def break_down() -> None:
    raise ValueError


def test_tasks_are_counted_by_outcome_and_timed(token: str) -> None:
    do.apply()
    break_down.apply()
    found = figures()
    assert found["eeportal_tasks_total"]["done", do.name] >= 1
    assert found["eeportal_tasks_total"]["failed", break_down.name] >= 1
    assert found["eeportal_task_seconds_count"][do.name,] >= 1


def test_a_task_that_is_called_like_a_function_is_not_counted(token: str) -> None:
    before = figures().get("eeportal_tasks_total", {}).get(("done", do.name), 0)
    do()
    assert figures().get("eeportal_tasks_total", {}).get(("done", do.name), 0) == before


def test_the_pool_the_rounds_and_what_waits_are_told(token: str) -> None:
    factories.invitation(AMARA)
    planned_round(size=5)
    found = figures()
    assert found["eeportal_database_up"][()] == 1
    assert found["eeportal_rounds"]["planned",] == 1
    assert found["eeportal_invitations_open"][()] == 1
    assert found["eeportal_messages_waiting"][()] >= 1
    assert found["eeportal_pool_profiles"][()] == 0


def test_each_job_tells_when_it_last_ended_well_and_whether_it_is_overdue(
    token: str, set_clock: Callable[[datetime], None]
) -> None:
    jobs.know_all()
    JobState.objects.update(known_since=INSTANT)
    found = figures()
    assert set(found["eeportal_job_overdue"]) == {(job.slug,) for job in PLANS}
    assert found["eeportal_job_overdue"]["run_due_rounds",] == 0
    set_clock(INSTANT + timedelta(hours=1))
    found = figures()
    assert found["eeportal_job_overdue"]["run_due_rounds",] == 1
    assert found["eeportal_job_seconds_since_good"]["run_due_rounds",] == 3600


def test_refusals_are_counted_by_the_limits_name(token: str, client: Client) -> None:
    for _try in range(11):
        client.post(signing.LOGIN, {"login": AMARA.username, "password": "wrong"})
    assert figures()["eeportal_refused_tries_total"]["sign_in",] >= 1


def test_no_label_names_anybody(token: str, client: Client) -> None:
    profile = factories.profile(AMARA)
    client.force_login(factories.account(AMARA))
    client.get(f"/en/account/profiles/{profile.number}/score/")
    page = told().content.decode()
    names = {word for person in EVERYBODY for word in (person.username, person.family_name)}
    assert not any(word in page for word in names | {str(profile.number)})


@pytest.mark.django_db(transaction=True)
def test_without_the_database_the_rest_is_still_told(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connections["default"].close()
    with monkeypatch.context() as patched:
        nowhere = {"dbname": "none", "host": "127.0.0.1", "port": "1", "connect_timeout": 1}
        patched.setattr(connections["default"], "get_connection_params", lambda: nowhere)
        found = figures()
        connections["default"].close()
    assert found["eeportal_database_up"][()] == 0
    assert found["eeportal_requests_total"]


def test_they_can_only_be_read(token: str) -> None:
    assert Client().post("/metrics").status_code == 405


def asked_on_the_port(path: str, authorization: str) -> tuple[str, bytes]:
    statuses: list[str] = []
    environ = {"PATH_INFO": path, "HTTP_AUTHORIZATION": authorization, "wsgi.input": io.BytesIO()}
    body = b"".join(metrics_port.application(environ, lambda status, _headers: statuses.append(status)))
    return statuses[0], body


@pytest.mark.parametrize(
    ("path", "authorization", "status"),
    [("/metrics", "", "401"), ("/metrics", "Bearer wrong", "401"), ("/", f"Bearer {TOKEN}", "404")],
)
def test_a_workers_port_is_as_closed(token: str, path: str, authorization: str, status: str) -> None:
    answered, body = asked_on_the_port(path, authorization)
    assert answered.startswith(status)
    assert body == b""


def test_a_worker_tells_what_it_counted(token: str) -> None:
    do.apply()
    status, body = asked_on_the_port("/metrics", f"Bearer {token}")
    assert status == "200 OK"
    assert f'task="{do.name}"'.encode() in body
    assert b"eeportal_pool_profiles" not in body


@pytest.mark.parametrize(
    ("given", "port", "open_"), [(TOKEN, 9_000, True), ("", 9_000, False), (TOKEN, 0, False)]
)
def test_a_worker_opens_its_port_only_with_a_token_and_a_number(
    settings: Settings, given: str, port: int, open_: bool
) -> None:
    settings.EEPORTAL_METRICS_TOKEN, settings.EEPORTAL_METRICS_PORT = given, port
    assert MetricsPort.include_if(MetricsPort.__new__(MetricsPort), None) is open_


@pytest.fixture(autouse=True)
def _numbers_stay_readable() -> Iterator[None]:
    """Whatever a test counts, the process's own registry can be read."""
    yield
    assert list(REGISTRY.collect())
