"""How many are in the pool at each score is kept by the database; it must be what counting the pool gives."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from draws import queries, services
from lifecycle import moves
from profiles import services as profile_services
from profiles import tallying
from profiles.models import PoolEntry, PoolTally
from tests import factories
from tests.factories import AT
from tests.races.pools import make_pool, queued_round

pytestmark = pytest.mark.django_db
SCORES = range(300, 551, 50)


def counted() -> dict[int, int]:
    rows = queries.in_pool(AT).values_list("score", flat=True)
    return {score: list(rows).count(score) for score in rows}


def tamper() -> None:
    """Change the pool behind the triggers' back."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE pool SET score = score + 1 WHERE score < 400")
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_submitted_profile_is_kept_at_its_score() -> None:
    entry = factories.profile().entry
    assert queries.pool_by_score(AT) == {entry.score: 1}


def test_a_withdrawn_profile_is_no_longer_kept() -> None:
    profile_services.withdraw(profile=factories.profile(), at=AT)
    assert queries.pool_by_score(AT) == {}


def test_a_round_takes_those_it_invites_off() -> None:
    make_pool(400)
    services.run(round_id=queued_round(150).pk, at=AT)
    assert sum(queries.pool_by_score(AT).values()) == 250
    assert queries.pool_by_score(AT) == counted()


def test_a_round_keeps_one_change_a_score_that_it_invites_from() -> None:
    make_pool(400)
    before = PoolTally.objects.count()
    services.run(round_id=queued_round(150).pk, at=AT)
    cutoffs = set(PoolEntry.objects.filter(state="invited").values_list("score", flat=True))
    assert PoolTally.objects.count() - before == len(cutoffs)


def test_whose_time_is_over_is_left_out_before_the_job_comes() -> None:
    make_pool(60)
    over = PoolEntry.objects.order_by("expires_at")[20].expires_at
    remaining = queries.pool_by_score(over)
    assert 0 < sum(remaining.values()) < 60
    rows = PoolEntry.objects.filter(expires_at__gt=over).values_list("score", flat=True)
    assert remaining == {score: list(rows).count(score) for score in rows}


def test_an_update_that_moves_no_score_keeps_nothing() -> None:
    make_pool(10)
    before = PoolTally.objects.count()
    PoolEntry.objects.update(next_change_on=AT.date() + timedelta(days=3))
    assert PoolTally.objects.count() == before


def test_folding_keeps_the_sums_in_one_row_a_score() -> None:
    make_pool(50)
    PoolEntry.objects.update(score=F("score") + 1)
    before = queries.pool_by_score(AT)
    tallying.fold(least=1)
    assert queries.pool_by_score(AT) == before
    assert PoolTally.objects.count() == len(before)


def test_a_few_changes_are_not_folded() -> None:
    make_pool(5)
    assert tallying.fold() == 0


def test_what_changed_behind_the_portals_back_is_found_and_counted_anew() -> None:
    make_pool(300)
    tamper()
    assert tallying.differences()
    tallying.rebuild()
    assert tallying.differences() == []
    assert queries.pool_by_score(AT) == counted()


def test_the_command_checks_without_changing_anything() -> None:
    make_pool(300)
    tamper()
    with pytest.raises(CommandError):
        call_command("recount_pool", "--check", stdout=StringIO())
    assert tallying.differences()


def test_the_command_counts_anew() -> None:
    make_pool(300)
    tamper()
    call_command("recount_pool", stdout=StringIO())
    heard = StringIO()
    call_command("recount_pool", "--check", stdout=heard)
    assert "at every score" in heard.getvalue()


def test_emptying_the_pool_empties_what_is_kept() -> None:
    make_pool(5)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE pool")
    assert not PoolTally.objects.exists()


class WhateverHappens(TestCase):
    """Any sequence of changes of the pool leaves what counting would give."""

    @given(
        st.lists(
            st.tuples(
                st.sampled_from(
                    ["score", "become_ineligible", "become_eligible", "expire", "invite", "return"]
                ),
                st.sets(st.integers(0, 9), min_size=1),
                st.sampled_from(SCORES),
            ),
            max_size=8,
        )
    )
    def test_what_is_kept_is_what_is_there(self, steps: list[tuple[str, set[int], int]]) -> None:
        make_pool(10)
        keys = list(PoolEntry.objects.order_by("pk").values_list("pk", flat=True))
        for event, places, score in steps:
            chosen = [keys[place] for place in places]
            if event == "score":
                PoolEntry.objects.filter(pk__in=chosen).update(score=score)
            else:
                moves.move_many(PoolEntry, chosen, event, at=AT)
        assert tallying.differences() == []
        tallying.fold(least=1)
        assert tallying.differences() == []
