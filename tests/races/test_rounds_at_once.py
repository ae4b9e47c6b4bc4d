"""Rounds against officers, workers and candidates at the same moment; each guard has a twin without it."""

from datetime import datetime
from functools import partial
from threading import Event

import pytest
from django.db import transaction

from draws import services
from draws.errors import RoundAlreadyStarted
from draws.models import Invitation, Round, Seen
from draws.running import seeing
from draws.running.selecting import instruction_of
from lifecycle import moves
from lifecycle.errors import DomainError
from lifecycle.models import Transition
from lifecycle.tables import RoundState
from profiles import ageing, pool_lock
from profiles import services as profiles
from profiles.models import PoolEntry, Profile
from rules.selection import select
from tests import factories
from tests.factories import AT
from tests.races.crowd import at_once, somebody_waits_for_a_lock
from tests.races.pools import candidates, make_pool, planned_round, queued_round
from tests.unguarded import without_triggers

LONG = 20

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_who_press_run_at_once_start_one_round() -> None:
    make_pool(200)
    planned = planned_round(50)

    def press() -> Round:
        own = Round.objects.get(pk=planned.pk)
        return services.queue(planned=own, officer_id=None, at=AT)

    outcomes = at_once(*[press] * 8)
    assert sum(isinstance(outcome, Round) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, RoundAlreadyStarted) for outcome in outcomes) == 7
    assert Transition.objects.filter(machine="round", event="queue").count() == 1


def test_two_workers_with_the_same_round_invite_once() -> None:
    make_pool(200)
    queued = queued_round(50)
    expected = select(candidates(), instruction_of(queued)).invited
    at_once(*[partial(services.run, round_id=queued.pk, at=AT)] * 4)
    assert (
        list(Invitation.objects.order_by("rank").values_list("profile_id", "rank", "invited_as")) == expected
    )
    assert Round.objects.get().state == RoundState.COMPLETED


def test_twin_without_the_look_at_the_state_two_workers_invite_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    make_pool(200)
    queued = queued_round(50)
    monkeypatch.setattr(services, "_waits", lambda found: True)
    monkeypatch.setattr(moves, "move", lambda *args, **rest: None)
    with without_triggers("draws_round"):
        at_once(*[partial(services.run, round_id=queued.pk, at=AT)] * 2)
    assert Invitation.objects.count() == 100


def _withdraw_the_best(count: int) -> list[partial[None]]:
    best = PoolEntry.objects.order_by("-score", "submitted_at", "profile_id").values_list("pk", flat=True)[
        :count
    ]
    chosen = Profile.objects.filter(pk__in=list(best)).order_by("pk")
    return [partial(profiles.withdraw, profile=profile, at=AT) for profile in chosen]


def _both_withdrawn_and_invited() -> int:
    return Invitation.objects.filter(profile__entry__state="withdrawn").count()


def test_who_withdraws_while_a_round_runs_is_invited_or_withdrawn_never_both() -> None:
    make_pool(400)
    for number in range(1, 6):
        queued = queued_round(20, number)
        outcomes = at_once(partial(services.run, round_id=queued.pk, at=AT), *_withdraw_the_best(6))
        assert all(outcome is None or isinstance(outcome, Round | DomainError) for outcome in outcomes), (
            outcomes
        )
        assert _both_withdrawn_and_invited() == 0
    assert Invitation.objects.count() == PoolEntry.objects.filter(state="invited").count() == 100


def _withdraw_the_best_while_a_round_comes() -> None:
    """Hold a withdrawal open, begin the round, and let both go on once the round waits."""
    queued = queued_round(3)
    (withdrawal,) = _withdraw_the_best(1)
    held = Event()

    def withdraw() -> None:
        with transaction.atomic():
            withdrawal()
            held.set()
            assert somebody_waits_for_a_lock()

    def run() -> None:
        assert held.wait(LONG)
        services.run(round_id=queued.pk, at=AT)

    at_once(withdraw, run)
    assert PoolEntry.objects.filter(state="withdrawn").count() == 1
    assert Invitation.objects.count() == 3


def test_a_round_that_comes_while_somebody_withdraws_waits_and_passes_them_over() -> None:
    make_pool(400)
    _withdraw_the_best_while_a_round_comes()
    assert _both_withdrawn_and_invited() == 0


def test_twin_without_the_pools_lock_somebody_is_both_withdrawn_and_invited(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_pool(400)
    monkeypatch.setattr(pool_lock, "share", lambda: None)
    _withdraw_the_best_while_a_round_comes()
    assert _both_withdrawn_and_invited() == 1


def test_officers_who_confirm_one_preview_at_once_start_one_round_and_one_preview_is_kept() -> None:
    make_pool(200)
    planned = planned_round(50)
    officers = [factories.officer(f"officer{number}").pk for number in range(4)]
    shown = services.preview(planned=planned, at=AT)
    confirmed = services.Confirmed(shown.token, shown.packed)

    def press(officer_id: int) -> Round:
        own = Round.objects.get(pk=planned.pk)
        return services.queue(planned=own, officer_id=officer_id, at=AT, confirmed=confirmed)

    outcomes = at_once(*[partial(press, officer_id) for officer_id in officers])
    assert sum(isinstance(outcome, Round) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, RoundAlreadyStarted) for outcome in outcomes) == 3
    assert Seen.objects.get().officer_id == Round.objects.get().queued_by_id


def test_two_workers_compare_a_round_with_its_preview_once() -> None:
    make_pool(200)
    planned = planned_round(50)
    shown = services.preview(planned=planned, at=AT)
    confirmed = services.Confirmed(shown.token, shown.packed)
    services.queue(planned=planned, officer_id=factories.officer().pk, at=AT, confirmed=confirmed)
    _withdraw_the_best(1)[0]()
    services.run(round_id=planned.pk, at=AT)
    assert at_once(*[seeing.compare_all] * 4).count(1) == 1
    assert (Seen.objects.get().entered, Seen.objects.get().left) == (1, 1)


def test_a_worker_that_still_assesses_when_another_has_run_the_round_leaves_its_result_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_pool(200)
    queued = queued_round(50)
    left = [1]

    def assess(at: datetime) -> int:
        if not left:
            return 0
        done = left.pop()
        services._run_at_once(queued.pk, at)
        return done

    monkeypatch.setattr(ageing, "assess_batch", assess)
    assert services.run(round_id=queued.pk, at=AT).issued == Invitation.objects.count() == 50
