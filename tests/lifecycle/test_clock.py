"""One clock, forwards only, the same for every process."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from lifecycle import clock
from lifecycle.errors import ClockOnlyForwards

pytestmark = pytest.mark.django_db


def test_the_portals_clock_begins_as_the_real_one() -> None:
    assert clock.offset() == timedelta(0)


def test_moving_the_clock_adds_up() -> None:
    clock.travel(timedelta(days=61))
    clock.travel(timedelta(hours=12))
    assert clock.offset() == timedelta(days=61, hours=12)
    assert clock.now() - clock.real_now() >= timedelta(days=61, hours=11, minutes=59)


@pytest.mark.parametrize("step", [timedelta(0), timedelta(seconds=-1), timedelta(days=40_000), timedelta.max])
def test_the_clock_does_not_go_back_stand_still_or_leave_the_century(step: timedelta) -> None:
    with pytest.raises(ClockOnlyForwards):
        clock.travel(step)
    assert clock.offset() == timedelta(0)


def test_the_database_refuses_to_change_a_past_move_of_the_clock() -> None:
    clock.travel(timedelta(days=1))
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE lifecycle_clocktravel SET \"offset\" = interval '0'")
