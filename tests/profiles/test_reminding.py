"""Reminders: each at its time, each once, and none for what needs none."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Message
from accounts.telling.letters import paragraphs_of, subject_of
from draws.answers import decline
from draws.candidate.reminding import remind_invited
from lifecycle.jobs import know_all
from profiles import nominating, reminding, services
from profiles.models import PoolEntry, Profile, Reminder
from rules.deadlines import invitation_deadline
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, language_test
from tests.profiles.test_nominating import confirmed

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def told(kind: str) -> int:
    return Message.objects.filter(kind=kind).count()


def sent(kind: str) -> str:
    message = Message.objects.get(kind=kind)
    return " ".join([subject_of(kind, message.details), *paragraphs_of(kind, message.details)])


def expiring(**differences: Any) -> Profile:
    """Return a profile whose only language test counts for 36 days more."""
    old = language_test(AT.date(), "ielts_general", 8.0, 7.0, 7.0, 7.0, years_ago=1.9)
    return factories.profile(AMARA, language_tests=[old], **differences)


@pytest.mark.parametrize("days", [14, 7, 1])
def test_a_draft_is_reminded_of_from_so_many_days_before_it_lapses_and_once(days: int) -> None:
    ends = factories.draft(AMARA).deadline
    reminding.remind_candidates(at=ends - days * DAY - SECOND)
    before = told("draft_lapses_soon")
    assert reminding.remind_candidates(at=ends - days * DAY) == 1
    assert reminding.remind_candidates(at=ends - days * DAY + SECOND) == 0
    assert told("draft_lapses_soon") == before + 1


def test_a_draft_has_three_reminders_in_all() -> None:
    ends = factories.draft(AMARA).deadline
    for days in range(20, -1, -1):
        reminding.remind_candidates(at=ends - days * DAY)
    assert told("draft_lapses_soon") == 3


def test_a_portal_that_was_away_says_only_the_nearest_reminder() -> None:
    ends = factories.draft(AMARA).deadline
    assert reminding.remind_candidates(at=ends - 3 * DAY) == 1
    assert Reminder.objects.get().kind == "draft_7"


def test_a_draft_that_was_sent_or_discarded_is_not_reminded_of() -> None:
    draft = factories.draft(AMARA)
    services.discard_draft(draft=draft, at=AT)
    assert reminding.remind_candidates(at=draft.deadline - DAY) == 0


@pytest.mark.parametrize("days", [30, 7])
def test_a_profile_is_reminded_of_before_it_expires(days: int) -> None:
    ends = factories.profile(AMARA).expires_at
    reminding.remind_candidates(at=ends - days * DAY - SECOND)
    before = told("profile_expires_soon")
    reminding.remind_candidates(at=ends - days * DAY)
    reminding.remind_candidates(at=ends - days * DAY)
    assert told("profile_expires_soon") == before + 1


def test_a_withdrawn_profile_is_not_reminded_of() -> None:
    profile = factories.profile(AMARA)
    services.withdraw(profile=profile, at=AT)
    assert reminding.remind_candidates(at=profile.expires_at - DAY) == 0


def test_a_simulated_profile_gets_no_reminder() -> None:
    profile = factories.profile(AMARA)
    Profile.objects.update(simulated=True)
    assert reminding.remind_candidates(at=profile.expires_at - 20 * DAY) == 0


def test_who_will_leave_the_pool_is_told_the_day_and_the_reason_beforehand() -> None:
    expiring()
    day = PoolEntry.objects.get().next_change_on
    assert day is not None
    assert reminding.remind_candidates(at=AT + 10 * DAY) == 1
    letter = sent("eligibility_ends_soon")
    assert f"{day.day} " in letter
    assert "a language test is two years old" in letter
    assert "update your profile" in letter
    assert reminding.remind_candidates(at=AT + 11 * DAY) == 0


def test_a_change_further_off_than_thirty_days_is_not_told_yet() -> None:
    expiring()
    assert reminding.remind_candidates(at=AT) == 0


def test_who_loses_points_is_told_before_and_after() -> None:
    born = (AT - timedelta(days=30 * 365.2425 - 20)).date().isoformat()
    factories.profile(AMARA, birth_date=born)
    assert reminding.remind_candidates(at=AT + DAY) == 1
    assert "Why: your birthday." in sent("score_falls_soon")


def test_a_change_that_loses_nothing_is_not_reminded_of() -> None:
    factories.profile(DIVYA)
    entry = PoolEntry.objects.get()
    PoolEntry.objects.update(next_change_on=AT.date() + 5 * DAY)
    reminding.remind_candidates(at=AT)
    assert entry.score
    assert not Message.objects.filter(kind__in=["score_falls_soon", "eligibility_ends_soon"]).exists()


def test_the_same_loss_is_not_told_again_after_an_update_that_leaves_it() -> None:
    profile = expiring()
    reminding.remind_candidates(at=AT + 10 * DAY)
    draft = services.open_update(profile=profile, at=AT + 11 * DAY)
    services.submit(draft=draft, signed_as=AMARA.signature, at=AT + 11 * DAY)
    assert reminding.remind_candidates(at=AT + 12 * DAY) == 0


@pytest.mark.parametrize("days", [14, 7, 1])
def test_a_nomination_is_reminded_of_before_its_deadline(days: int) -> None:
    ends = confirmed().deadline
    assert ends is not None
    reminding.remind_candidates(at=ends - days * DAY - SECOND)
    before = told("nomination_ends_soon")
    reminding.remind_candidates(at=ends - days * DAY)
    reminding.remind_candidates(at=ends - days * DAY)
    assert told("nomination_ends_soon") == before + 1


def test_an_answered_nomination_is_not_reminded_of() -> None:
    held = confirmed()
    nominating.refuse(nomination=held, at=AT + 2 * DAY)
    assert reminding.remind_candidates(at=AT + 30 * DAY) == 0


@pytest.mark.parametrize("days", [14, 7, 1])
def test_an_invitation_is_reminded_of_before_its_deadline(days: int) -> None:
    invitation = factories.invitation(AMARA)
    ends = invitation_deadline(invitation.issued_at)
    remind_invited(at=ends - days * DAY - SECOND)
    before = told("invitation_ends_soon")
    assert remind_invited(at=ends - days * DAY) == 1
    assert remind_invited(at=ends - days * DAY) == 0
    assert told("invitation_ends_soon") == before + 1


def test_a_declined_invitation_is_not_reminded_of() -> None:
    invitation = factories.invitation(AMARA)
    decline(invitation=invitation, at=AT)
    assert remind_invited(at=invitation.expires_at - DAY) == 0


def test_the_queries_do_not_grow_with_the_reminders() -> None:
    ends = factories.draft(AMARA).deadline - DAY
    know_all()
    with CaptureQueriesContext(connection) as one:
        reminding.remind_candidates(at=ends)
    for persona in (BEN, DIVYA):
        factories.draft(persona)
    Reminder.objects.all().delete()
    with CaptureQueriesContext(connection) as three:
        assert reminding.remind_candidates(at=ends) == 3
    assert len(three) == len(one)
