"""The pool is scored anew while candidates send changes and a round runs: nobody keeps the score of old facts."""

from collections.abc import Sequence
from functools import partial

import pytest
from django.db import transaction
from django.db.models import F

from draws import services
from profiles import ageing, assessing, pool_lock, rescored, rescoring, tallying
from profiles.models import PoolEntry, Submission
from rules import facts
from rules.parameters import BOOK
from simulation import demo
from simulation.population.pool import Recipe
from tests.factories import AT
from tests.races.crowd import at_once
from tests.races.pools import queued_round

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SIZE = 90


@pytest.fixture
def keys() -> list[int]:
    """The candidates of a pool, each of whom holds a few points too many."""
    demo.make_pool(recipe=Recipe(3, AT.date(), SIZE), on_progress=lambda _more: None)
    PoolEntry.objects.update(score=F("score") + 5)
    return list(PoolEntry.objects.order_by("pk").values_list("pk", flat=True))


def send_changes(keys: Sequence[int]) -> None:
    """Each sends that they are older and have more funds: another score for most."""
    for key in keys:
        with transaction.atomic():
            pool_lock.share()
            entry = PoolEntry.objects.select_for_update().get(pk=key)
            if entry.state == "invited":
                continue
            (last,) = ageing.latest_of([entry])
            told = {**last.facts, "birth_date": "1981-02-03", "settlement_funds_cad": 90_000}
            sent = Submission.objects.create(
                profile_id=key, sequence=last.sequence + 1, submitted_at=AT, facts=told
            )
            result = assessing.as_sent(facts.parse({**told, "as_of": AT.date().isoformat()}))
            assessing.reassess([entry], [sent], [result], at=AT)


def wrong() -> list[int]:
    """Who in the pool holds another score than what they sent last gives."""
    entries = list(PoolEntry.objects.exclude(state="invited").order_by("pk"))
    results = assessing.results(ageing.latest_of(entries), AT.date(), next_change=False)
    pairs = zip(entries, results, strict=True)
    return [
        entry.pk
        for entry, result in pairs
        if (entry.score, entry.programs) != (result.total, result.program_bits)
    ]


def test_a_crowd_that_sends_changes_a_round_and_two_rescorings_end_with_everybody_right(
    keys: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rescoring, "CHUNK", 20)
    planned = queued_round(10)
    outcomes = at_once(
        partial(send_changes, keys[:40]),
        partial(send_changes, keys[30:70:2]),
        partial(services.run, round_id=planned.pk, at=AT),
        partial(rescoring.rescore, at=AT),
        partial(rescoring.rescore, at=AT),
    )
    assert not [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    rescoring.rescore(at=AT)
    assert wrong() == []
    assert tallying.differences() == []


def test_who_sends_a_change_after_being_looked_at_keeps_its_score(keys: list[int]) -> None:
    chunk = rescoring.Chunk(AT, BOOK, 0)
    send_changes(keys[:5])
    with transaction.atomic():
        chunk.look(rescoring.Summary(), dry_run=False)
    assert wrong() == []


def test_without_a_second_look_the_score_of_the_old_facts_would_come_back(keys: list[int]) -> None:
    chunk = rescoring.Chunk(AT, BOOK, 0)
    changes, _unsure = chunk.compare(chunk.columns)
    send_changes(keys[:5])
    with transaction.atomic():
        rescored.write(changes, at=AT)
    assert set(wrong()) & set(keys[:5])
