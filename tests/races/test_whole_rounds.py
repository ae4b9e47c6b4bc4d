"""Large rounds: one order however the pool is stored, and a cost that does not grow with their size."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice

import pytest

from draws import services
from draws.models import Invitation, Round
from draws.running.digests import Line, digest_of
from draws.running.selecting import instruction_of, ranked_sql
from lifecycle import clock
from rules.selection import select
from tests.factories import AT
from tests.races.crowd import at_once
from tests.races.pools import candidates, make_pool, queued_round
from tests.races.test_killed_worker import execute, start_worker
from tests.unguarded import without_triggers

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ORDERS, POOL, SIZE = 10, 8_000, 2_000
BETTER_AND_LEFT_OUT = """
    SELECT count(*) FROM pool, (SELECT profile_id, score, submitted_at FROM draws_invitation
        JOIN pool USING (profile_id, score) ORDER BY rank DESC LIMIT 1) AS last
    WHERE pool.state = 'in_pool' AND pool.programs & 7 <> 0
      AND (-pool.score, pool.submitted_at, pool.profile_id) < (-last.score, last.submitted_at, last.profile_id)
"""
MEASURED = """
import json, re, sys
from pathlib import Path
import django
django.setup()
import psutil
from django.db import connection
from draws import services
from lifecycle import clock

heard = 0
def listen(execute, *arguments):
    global heard
    heard += 1
    return execute(*arguments)

for round_id in map(int, sys.argv[1:]):
    before, heard = psutil.Process().memory_info().rss, 0
    began = clock.real_now()
    with connection.execute_wrapper(listen):
        services.run(round_id=round_id, at=clock.now())
    seconds = (clock.real_now() - began).total_seconds()
    peak = 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
    print(json.dumps({"statements": heard, "growth": max(peak - before, 0), "seconds": seconds}))
"""
MEBIBYTES = 1024 * 1024
STATEMENTS, GROWTH = 25, 150 * MEBIBYTES


@contextmanager
def loaded_in_many_orders() -> Iterator[Iterator[int]]:
    """Give ways of storing the same pool: with each number that is drawn, the pool lies there anew in another order."""
    make_pool(POOL)
    execute("CREATE TABLE original AS SELECT * FROM pool")

    def load() -> Iterator[int]:
        for number in range(ORDERS):
            execute("DELETE FROM draws_invitation; DELETE FROM pool")
            execute(f"INSERT INTO pool SELECT * FROM original ORDER BY md5('{number} ' || profile_id)")
            yield number + 1

    with without_triggers("pool", "draws_invitation"):
        yield load()
        execute("DELETE FROM draws_invitation")
    execute("DROP TABLE original")


def reference_digest(held: Round) -> str:
    """The SHA-256 of the list that the reference gives for the pool as it is."""
    pool = {one.id: one for one in candidates()}
    chosen = select(list(pool.values()), instruction_of(held)).invited
    return digest_of(
        Line(rank, key, pool[key].score, pool[key].submitted_at, what) for key, rank, what in chosen
    )


def test_a_pool_that_is_stored_in_ten_orders_gives_one_list_and_leaves_out_nobody_better() -> None:
    digests, expected = set(), set()
    with loaded_in_many_orders() as orders:
        for number in orders:
            held = queued_round(SIZE, number)
            expected.add(reference_digest(held))
            at_once(*[partial(services.run, round_id=held.pk, at=AT)] * 2)
            held.refresh_from_db()
            digests.add(held.digest)
            last = Invitation.objects.select_related("profile").latest("rank")
            assert (last.rank, last.score, last.profile.submitted_at) == (
                SIZE,
                held.cutoff,
                held.tie_break_at,
            )
            assert execute(BETTER_AND_LEFT_OUT) == [(0,)]
    assert digests == expected
    assert len(digests) == 1


def test_without_the_candidates_number_in_the_order_there_would_be_several_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As the rows lie is how a database orders equals when nothing tells them apart."""
    loose = ranked_sql().replace(
        "ORDER BY score DESC, submitted_at, profile_id", "ORDER BY score DESC, submitted_at, ctid"
    )
    monkeypatch.setattr(services, "ranked_sql", lambda: loose)
    digests = set()
    with loaded_in_many_orders() as orders:
        for number in islice(orders, 3):
            digests.add(services.run(round_id=queued_round(SIZE, number).pk, at=AT).digest)
    assert len(digests) > 1


@pytest.mark.unguarded("clock")
def test_a_round_of_5000_of_250000_is_the_references_and_takes_no_more_statements_than_one_of_50() -> None:
    make_pool(250_000, clock.now())
    rounds = [queued_round(size, number) for number, size in enumerate((50, 5_000), 1)]
    whole = select(candidates(), instruction_of(Round(round_type="general", size=5_050)))
    few, many = measured(*rounds)
    print(f"a round of 5,000 of 250,000: {many}")
    assert few["statements"] == many["statements"] <= STATEMENTS
    assert many["growth"] <= GROWTH
    listed = Invitation.objects.order_by("round__number", "rank")
    assert [(key, what) for key, what in listed.values_list("profile_id", "invited_as")] == [
        (key, what) for key, _rank, what in whole.invited
    ]
    done = Round.objects.get(pk=rounds[1].pk)
    assert (done.cutoff, done.tie_break_at, done.issued) == (whole.cutoff, whole.tie_break_at, 5_000)


def measured(*rounds: Round) -> list[dict[str, float]]:
    """Run rounds one after the other in a worker's own process; return what each of them took."""
    worker = start_worker(MEASURED, *[str(held.pk) for held in rounds], stdout=subprocess.PIPE)
    told, _nothing = worker.communicate(timeout=120)
    return [json.loads(line) for line in told.splitlines()]


def test_a_round_is_quick_also_when_the_database_believes_that_the_pool_is_empty() -> None:
    """As after a large load in the midst of which it was counted; joined row by row this took minutes on 250,000."""
    make_pool(20_000)
    queued = queued_round(2_000)
    execute(
        "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', 'pool', "
        "'relpages', 3000::int, 'reltuples', 0::real)"
    )
    execute("SET statement_timeout = '10s'")
    try:
        assert services.run(round_id=queued.pk, at=AT).issued == 2_000
    finally:
        execute("RESET statement_timeout")
