"""The jobs work by sets: as many statements a batch and as much memory however much is due."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from draws import answers
from draws.services import run
from lifecycle.jobs import know_all
from profiles import ageing, reminding
from profiles.models import PoolEntry, Submission
from rules import deadlines
from tests.factories import AT
from tests.personas import AMARA
from tests.races.pools import make_pool, queued_round

pytestmark = pytest.mark.django_db

BATCH = 50
YEARS = timedelta(days=800)
FACTS = {**AMARA.facts(AT.date()), "as_of": AT.date().isoformat()}
Prepared = Callable[[int], Callable[[], int]]

SENT_BY_ALL = """
    INSERT INTO profiles_submission (profile_id, sequence, submitted_at, facts, personal, signed_as)
    SELECT pool.profile_id, 1, sent.submitted_at, sent.facts, '{}', ''
    FROM pool, (SELECT * FROM profiles_submission LIMIT 1) AS sent
    WHERE NOT EXISTS (SELECT FROM profiles_submission AS mine WHERE mine.profile_id = pool.profile_id)
"""


def execute(sql: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


@pytest.fixture(autouse=True)
def _jobs_are_known(db: None) -> None:
    """As in every portal that has run before: what a first run writes once is not counted."""
    know_all()


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (ageing, reminding, answers):
        monkeypatch.setattr(module, "BATCH", BATCH)


def expiring(size: int) -> Callable[[], int]:
    make_pool(size)
    return lambda: ageing.expire_profiles(at=AT + YEARS)


def lapsing(size: int) -> Callable[[], int]:
    make_pool(size)
    run(round_id=queued_round(size).pk, at=AT)
    return lambda: answers.lapse_invitations(at=AT + YEARS)


def drafts(size: int) -> Callable[[], int]:
    make_pool(size)
    execute(
        "INSERT INTO profiles_draft (account_id, state, started_at, answers, unfinished, version)"
        " SELECT account_id, 'open', %(at)s, '{}', '{}', 1 FROM profiles_profile",
        at=AT,
    )
    return lambda: ageing.lapse_drafts(at=deadlines.draft_deadline(AT))


def reminded(size: int) -> Callable[[], int]:
    drafts(size)
    at = deadlines.draft_deadline(AT) - timedelta(days=3)
    return lambda: reminding.remind_candidates(at=at)


def assessed(size: int) -> Callable[[], int]:
    make_pool(size)
    first = PoolEntry.objects.order_by("pk")[0]
    Submission.objects.create(profile_id=first.pk, submitted_at=AT, facts=FACTS)
    execute(SENT_BY_ALL)
    PoolEntry.objects.update(next_change_on=AT.date())
    return lambda: ageing.assess_due(at=AT)


JOBS = [expiring, lapsing, drafts, reminded, assessed]


def statements(job: Callable[[], int], expected: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert job() == expected
    return len(captured)


@pytest.mark.parametrize("prepared", JOBS, ids=lambda prepared: prepared.__name__)
def test_a_batch_takes_the_same_statements_for_two_things_as_for_forty(prepared: Prepared) -> None:
    few = statements(prepared(2), 2)
    forget_everything()
    assert statements(prepared(40), 40) == few


@pytest.mark.slow
@pytest.mark.parametrize("prepared", JOBS, ids=lambda prepared: prepared.__name__)
def test_each_further_batch_takes_as_many_statements_as_the_one_before(prepared: Prepared) -> None:
    costs = []
    for batches in (1, 2, 4):
        costs.append(statements(prepared(batches * BATCH), batches * BATCH))
        forget_everything()
    assert costs[2] - costs[1] == 2 * (costs[1] - costs[0])


@pytest.fixture
def prompt_collector() -> Iterator[None]:
    """Collect cycles at once: how long garbage lies about is Python's choice, and no growth of a job.

    What other tests have left is set aside: Python looks through all only after a quarter as much has come on top.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.collect()
    gc.set_threshold(200, 1, 1)
    yield
    gc.set_threshold(*usual)
    gc.unfreeze()


@pytest.mark.slow
@pytest.mark.usefixtures("prompt_collector")
@pytest.mark.parametrize("prepared", JOBS, ids=lambda prepared: prepared.__name__)
def test_twenty_four_batches_take_no_more_memory_than_six(prepared: Prepared) -> None:
    peaks = []
    for batches in (1, 6, 24):
        job = prepared(batches * BATCH)
        tracemalloc.start()
        assert job() == batches * BATCH
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        forget_everything()
    assert peaks[2] < 1.5 * peaks[1]


def forget_everything() -> None:
    """Empty the tables that fill a job's plate; nothing of the portal could do that."""
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    execute(
        "TRUNCATE pool, profiles_profile, profiles_draft, lifecycle_transition, draws_round, accounts_user,"
        " lifecycle_jobrun CASCADE"
    )
    execute("SET CONSTRAINTS ALL DEFERRED")
