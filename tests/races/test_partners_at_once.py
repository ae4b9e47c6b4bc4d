"""Two links of an account without a password, unlinked at the same moment: one way in stays."""

from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db.models import QuerySet
from django.test import RequestFactory

from accounts.errors import LastCredential
from accounts.joining import partners
from accounts.models import User
from accounts.telling import events
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def two_links() -> list[SocialAccount]:
    """The two links of an account that has nothing else."""
    account = User.objects.create_user("partner-of-nobody")
    return [
        SocialAccount.objects.create(user=account, provider="tidewater", uid=uid) for uid in ("one", "two")
    ]


def unlink_both() -> list[object]:
    """Unlink both at once; what each deed ended with."""
    request = RequestFactory().get("/")
    first, second = two_links()
    return list(
        at_once(
            lambda: partners.unlink(linked=first, request=request),
            lambda: partners.unlink(linked=second, request=request),
        )
    )


def test_of_two_that_go_at_once_the_second_stays() -> None:
    ends = unlink_both()
    assert SocialAccount.objects.count() == 1
    assert sum(isinstance(end, LastCredential) for end in ends) == 1


def test_without_the_lock_both_would_go_and_nobody_could_get_in(monkeypatch: pytest.MonkeyPatch) -> None:
    both_judged = Barrier(2)

    def no_lock(self: "QuerySet[Any]", *_args: object, **_kwargs: object) -> "QuerySet[Any]":
        return self

    def record_when_both_are_judged(**_told: object) -> None:
        try:
            both_judged.wait(timeout=20)
        except BrokenBarrierError:
            pytest.fail("only one of the two was let go")

    monkeypatch.setattr(QuerySet, "select_for_update", no_lock)
    monkeypatch.setattr(events, "record", record_when_both_are_judged)
    assert unlink_both() == [None, None]
    assert not SocialAccount.objects.exists()
