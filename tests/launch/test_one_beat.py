"""However many beats are started, one sends what is due; when it ends, in whatever way, another takes over."""

from collections.abc import Iterator

import pytest
from celery.beat import Scheduler
from django.db import connection, connections

from eeportal import one_beat
from eeportal.heartbeats import EVERY, PulsingScheduler
from eeportal.one_beat import Turn
from tests.launch.processes import wait_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def turns() -> Iterator[list[Turn]]:
    made = [Turn(), Turn()]
    yield made
    for turn in made:
        turn.give_up()


def test_the_first_has_the_turn_and_keeps_it_and_the_second_waits(turns: list[Turn]) -> None:
    first, second = turns
    assert [first.is_ours(), second.is_ours(), first.is_ours(), second.is_ours()] == [
        True,
        False,
        True,
        False,
    ]


def test_the_second_takes_over_when_the_first_stops(turns: list[Turn]) -> None:
    first, second = turns
    assert first.is_ours()
    first.give_up()
    assert wait_for(second.is_ours, 5)


@pytest.mark.django_db(transaction=True)
def test_the_second_takes_over_when_the_first_dies_and_the_first_notices(turns: list[Turn]) -> None:
    first, second = turns
    assert first.is_ours()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s",
            [one_beat.KEY],
        )
    assert wait_for(second.is_ours, 5)
    assert not first.is_ours()


def test_without_the_database_nobody_has_the_turn(turns: list[Turn], monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = {"dbname": "none", "host": "127.0.0.1", "port": "1"}
    monkeypatch.setattr(connections["default"], "get_connection_params", lambda: nowhere)
    assert not turns[0].is_ours()


def schedulers(monkeypatch: pytest.MonkeyPatch) -> tuple[list[PulsingScheduler], list[Scheduler]]:
    sent: list[Scheduler] = []

    def tick(scheduler: Scheduler) -> float:
        sent.append(scheduler)
        return 300.0

    monkeypatch.setattr(Scheduler, "tick", tick)
    return [PulsingScheduler.__new__(PulsingScheduler) for _number in range(2)], sent


def test_of_two_schedulers_one_sends(monkeypatch: pytest.MonkeyPatch) -> None:
    (first, second), sent = schedulers(monkeypatch)
    assert [one.tick() for one in (first, second, first, second)] == [EVERY] * 4
    assert sent == [first, first]
    first.turn.give_up()
    assert wait_for(lambda: second.tick() and second in sent, 5)
    second.turn.give_up()


def test_without_the_guard_both_would_send(monkeypatch: pytest.MonkeyPatch) -> None:
    (first, second), sent = schedulers(monkeypatch)
    monkeypatch.setattr(Turn, "is_ours", lambda _turn: True)
    first.tick(), second.tick()
    assert sent == [first, second]
