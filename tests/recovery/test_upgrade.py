"""The migrations since the release before run on a filled, busy database, forwards and backwards, and lose nothing."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import psycopg
import pytest

from draws.models import Category, Round, RoundType
from draws.services import plan
from lifecycle import clock
from lifecycle.schedule import PLANS
from tests.architecture.released import BEFORE
from tests.races.pools import make_pool, queued_round
from tests.recovery.restoring import copied, worker

pytestmark = [pytest.mark.slow, pytest.mark.unguarded("clock"), pytest.mark.django_db(transaction=True)]
POOL = 20_000
LOCKS = "&options=-c%20lock_timeout%3D3s"
BACK = [f"call_command('migrate', '{app}', '{name}', verbosity=0)" for app, name in BEFORE.items()]
FORTH = "call_command('migrate', verbosity=0)"
SAME = (
    "SELECT profile_id, state, score, submitted_at, expires_at, programs, categories FROM pool ORDER BY 1",
    "SELECT number, state, size, round_type, category, planned_for, issued FROM draws_round ORDER BY 1",
    "SELECT id, machine, thing_id, source, event, target, at FROM lifecycle_transition ORDER BY 1",
)
"""What both releases know."""


@pytest.fixture
def copy() -> Iterator[str]:
    """The address of a filled copy of the database, in which a round waits and another is planned."""
    make_pool(POOL, clock.now())
    queued_round(10)
    french = Round(
        number=2, round_type=RoundType.CATEGORY, category=Category("french"), size=5,
        planned_for=clock.now() + timedelta(days=1),
    )  # fmt: skip
    plan(planned=french, officer_id=None, at=clock.now())
    with copied("older") as address:
        yield address + LOCKS


def migrate(database: str, *steps: str) -> None:
    code = "; ".join(["from django.core.management import call_command", *steps])
    assert worker(code, DATABASE_URL=database).wait(timeout=120) == 0


def told(database: str, *questions: str) -> list[list[Any]]:
    with psycopg.connect(database) as asked:
        return [asked.execute(question).fetchall() for question in questions]


def candidates_at_work(database: str, over: Event) -> None:
    """Read and change rows of the pool again and again, each in a short transaction, as candidates do."""
    with psycopg.connect(database, autocommit=True) as one:
        while not over.wait(0.02):
            one.execute("UPDATE pool SET as_of = as_of WHERE profile_id = (SELECT min(profile_id) FROM pool)")
            one.execute("SELECT count(*) FROM draws_round")


def test_a_filled_database_goes_back_and_forth_while_candidates_work(copy: str) -> None:
    before, over = told(copy, *SAME), Event()
    candidate = Thread(target=candidates_at_work, args=(copy, over))
    candidate.start()
    try:
        migrate(copy, *BACK)
        assert told(copy, *SAME) == before
        assert not told(copy, "SELECT 1 FROM pg_class WHERE relname = 'pool_tally'")[0]
        migrate(copy, FORTH)
    finally:
        over.set()
        candidate.join(timeout=20)
    assert told(copy, *SAME) == before
    check_what_was_derived(copy)


def check_what_was_derived(copy: str) -> None:
    """What the migrations made of the old data is what the services would have made."""
    kept, counted = told(
        copy,
        "SELECT score, sum(change) FROM pool_tally GROUP BY score HAVING sum(change) <> 0 ORDER BY 1",
        "SELECT score, count(*) FROM pool WHERE state = 'in_pool' GROUP BY score ORDER BY 1",
    )
    assert kept == counted
    (instructed,) = told(copy, "SELECT number, authority, category_version FROM draws_round ORDER BY 1")
    planned = Round.objects.order_by("number").values_list("number", "authority", "category_version")
    assert instructed == list(planned)
    (jobs,) = told(copy, "SELECT job FROM lifecycle_jobstate")
    assert {job for (job,) in jobs} <= {job.slug for job in PLANS}


def test_the_release_before_can_plan_a_round_on_the_new_schema(copy: str) -> None:
    values = {
        "number": "3", "round_type": "'general'", "programs": "0", "category": "''", "size": "1", "state": "'planned'",
        "planned_for": "'2027-01-01 00:00Z'", "assessed": "0", "parameters": "''", "digest": "''",
    }  # fmt: skip
    with psycopg.connect(copy) as old:
        old.execute(f"INSERT INTO draws_round ({', '.join(values)}) VALUES ({', '.join(values.values())})")
        old.execute(
            "INSERT INTO lifecycle_transition (machine, thing_id, source, event, target, at, real_at, cause) "
            "SELECT 'round', id, '', 'plan', 'planned', planned_for, planned_for, '' FROM draws_round WHERE number = 3"
        )
