"""A crowd changes the pool while its tallies are folded and counted anew: nothing is lost, nobody has to wait."""

from functools import partial

import pytest
from django.db import connection, transaction

from draws import services
from lifecycle import moves
from profiles import pool_lock, tallying
from profiles.models import PoolEntry, PoolTally
from tests.factories import AT
from tests.races.crowd import at_once
from tests.races.pools import make_pool, queued_round

pytestmark = pytest.mark.django_db(transaction=True)
SIZE, TURNS = 400, 6


def withdraw_each(keys: list[int]) -> None:
    """Candidates leave the pool one after the other, each in a transaction of its own."""
    for key in keys:
        with transaction.atomic():
            pool_lock.share()
            moves.move_many(PoolEntry, [key], "withdraw", at=AT)


def score_each(keys: list[int]) -> None:
    """Candidates of one hot score move to the next and back."""
    for key in keys:
        with transaction.atomic():
            pool_lock.share()
            PoolEntry.objects.filter(pk=key).update(score=400 + key % 2)


def fold_often() -> None:
    for _turn in range(TURNS * 5):
        tallying.fold(least=1)


def rebuild_often() -> None:
    for _turn in range(TURNS):
        tallying.rebuild()


def test_a_crowd_a_round_and_two_folds_lose_nothing() -> None:
    make_pool(SIZE)
    keys = list(PoolEntry.objects.order_by("pk").values_list("pk", flat=True))
    planned = queued_round(100)
    outcomes = at_once(
        partial(withdraw_each, keys[0:60]),
        partial(score_each, keys[60:130]),
        partial(score_each, keys[100:170]),
        partial(services.run, round_id=planned.pk, at=AT),
        fold_often,
        fold_often,
        rebuild_often,
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert tallying.differences() == []


def test_two_who_share_a_score_do_not_wait_for_each_other() -> None:
    make_pool(2)
    PoolEntry.objects.update(score=400)
    first, second = PoolEntry.objects.order_by("pk").values_list("pk", flat=True)

    def other() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        withdraw_each([second])
        return "left"

    with transaction.atomic():
        moves.move_many(PoolEntry, [first], "withdraw", at=AT)
        assert at_once(other) == ["left"]
    assert tallying.differences() == []


def test_a_fold_that_reads_first_and_deletes_afterwards_loses_what_came_between() -> None:
    make_pool(SIZE)
    keys = list(PoolEntry.objects.order_by("pk").values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT score, sum(change) FROM pool_tally GROUP BY score")
        sums = cursor.fetchall()
    at_once(partial(withdraw_each, keys[:20]))
    PoolTally.objects.all().delete()
    PoolTally.objects.bulk_create(PoolTally(score=score, change=change) for score, change in sums)
    assert sum(kept - counted for _score, kept, counted in tallying.differences()) == 20


def test_one_counter_a_score_makes_those_who_share_it_wait() -> None:
    make_pool(2)
    PoolEntry.objects.update(score=400)
    tallying.fold(least=1)
    counter = PoolTally.objects.get()

    def other() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '200ms'")
            cursor.execute("UPDATE pool_tally SET change = change - 1 WHERE id = %s", [counter.pk])
        return "left"

    with transaction.atomic():
        PoolTally.objects.filter(pk=counter.pk).update(change=1)
        (outcome,) = at_once(other)
    assert "lock timeout" in str(outcome)
