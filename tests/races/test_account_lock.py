"""A candidate acts while a job that holds their place in the pool has a message for them: neither waits for ever."""

from collections.abc import Callable, Sequence
from threading import Event

import pytest
from django.db import OperationalError, transaction

from accounts.models import Message, User
from accounts.services import post_message
from profiles import services as profiles
from profiles.models import PoolEntry
from tests import factories
from tests.factories import AT
from tests.personas import AMARA
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 20


def acting_and_told(lock: Callable[[int], object]) -> Sequence[object]:
    """The candidate locks the account and then wants the place in the pool; the job has that and tells the account."""
    profile = factories.profile(AMARA)
    locked, held = Event(), Event()

    @transaction.atomic
    def candidate() -> None:
        lock(profile.account_id)
        locked.set()
        assert held.wait(SECONDS)
        PoolEntry.objects.select_for_update().get(pk=profile.pk)

    @transaction.atomic
    def job() -> None:
        PoolEntry.objects.select_for_update().get(pk=profile.pk)
        held.set()
        assert locked.wait(SECONDS)
        post_message(account_id=profile.account_id, kind="profile_expired", details={}, at=AT)

    return at_once(candidate, job)


def test_a_candidate_and_a_job_that_tells_them_something_both_come_to_their_end() -> None:
    assert acting_and_told(profiles.lock_account) == [None, None]
    assert Message.objects.filter(kind="profile_expired").count() == 1


def test_with_the_accounts_key_locked_one_of_them_would_be_thrown_out() -> None:
    def with_its_key(account_id: int) -> None:
        User.objects.select_for_update().get(pk=account_id)

    told = acting_and_told(with_its_key)
    assert [isinstance(one, OperationalError) and "deadlock" in str(one) for one in told].count(True) == 1
