"""A job that is running already is left alone by the next one; a dead one does not hold the others up."""

from threading import Event

import pytest
from django.db import connection

from lifecycle.jobs import only_one
from lifecycle.schedule import Job
from profiles import ageing
from tests.factories import AT
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_second_run_of_a_job_leaves_at_once() -> None:
    first_runs, second_left = Event(), Event()

    def first() -> bool:
        with only_one(Job.ASSESS_DUE) as alone:
            first_runs.set()
            assert second_left.wait(20)
            return alone

    def second() -> int:
        assert first_runs.wait(20)
        count = ageing.assess_due(at=AT)
        second_left.set()
        return count

    assert at_once(first, second) == [True, 0]


def test_a_job_whose_process_died_can_run_again() -> None:
    def dies() -> None:
        with only_one(Job.ASSESS_DUE) as alone:
            assert alone
            connection.close()
            raise AssertionError("the process is gone")

    at_once(dies)
    with only_one(Job.ASSESS_DUE) as alone:
        assert alone
