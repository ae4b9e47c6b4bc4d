"""Nominations and reminders when everything comes at the same instant: each thing happens once."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from accounts.models import Message
from lifecycle.errors import DomainError
from lifecycle.tables import NominationState
from profiles import nominating, reminding, services
from profiles.errors import NominationNotOpen, NominationUnknown
from profiles.models import Nomination, PoolEntry, Submission
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA
from tests.profiles.test_nominating import claimed, confirm, confirmed, staff
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)
TIMES = 6


def test_accepting_many_times_at_once_is_once() -> None:
    held = confirmed()
    before = PoolEntry.objects.get().score
    at_once(*[partial(nominating.accept, nomination=held, at=AT + 2 * DAY)] * TIMES)
    assert Submission.objects.count() == 2
    assert PoolEntry.objects.get().score == before + 600
    assert Message.objects.filter(kind="nomination_accepted").count() == 1


def test_of_accepting_and_refusing_at_once_one_holds_and_the_facts_agree() -> None:
    held = confirmed()

    def tried(act: Callable[..., Nomination]) -> None:
        try:
            act(nomination=held, at=AT + 2 * DAY)
        except NominationNotOpen:
            return

    at_once(*[partial(tried, act) for act in (nominating.accept, nominating.refuse) * 3])
    accepted = Nomination.objects.get().state == NominationState.ACCEPTED
    assert Submission.objects.count() == (2 if accepted else 1)
    assert Message.objects.filter(kind__in=["nomination_accepted", "nomination_refused"]).count() == 1


def test_confirming_many_times_at_once_is_once() -> None:
    profile, clerk = claimed().profile, staff()

    def tried() -> None:
        try:
            confirm(profile, by=clerk)
        except NominationUnknown:
            return

    at_once(*[tried] * TIMES)
    assert Nomination.objects.get().state == NominationState.CONFIRMED
    assert Message.objects.filter(kind="nomination_confirmed").count() == 1


def test_accepting_and_withdrawing_at_once_leave_one_order_of_the_two() -> None:
    held = confirmed()

    def accepted() -> None:
        try:
            nominating.accept(nomination=held, at=AT + 2 * DAY)
        except DomainError:
            return

    at_once(accepted, partial(services.withdraw, profile=held.profile, at=AT + 2 * DAY))
    assert PoolEntry.objects.get().state == "withdrawn"
    assert Nomination.objects.get().state == NominationState.DROPPED


def test_reminders_that_run_at_once_say_each_thing_once() -> None:
    ends = [factories.draft(persona).deadline for persona in (AMARA, BEN, DIVYA)]
    at_once(*[partial(reminding.remind_candidates, at=ends[0] - DAY)] * TIMES)
    assert Message.objects.filter(kind="draft_lapses_soon").count() == 3
