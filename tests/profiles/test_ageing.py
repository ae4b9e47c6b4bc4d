"""What time does to drafts and profiles."""

from datetime import UTC, datetime, time, timedelta

import pytest

from accounts.models import Message
from lifecycle.tables import DraftState, ProfileState
from profiles import ageing
from profiles.models import Assessment, Draft, PoolEntry
from rules import facts
from rules.assessment import assess
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def test_a_draft_lapses_at_sixty_days_and_not_a_second_before() -> None:
    draft = factories.draft(AMARA)
    assert ageing.lapse_drafts(at=draft.deadline - SECOND) == 0
    assert ageing.lapse_drafts(at=draft.deadline) == 1
    assert Draft.objects.get().state == DraftState.LAPSED
    assert Message.objects.get().kind == "draft_lapsed"
    assert ageing.lapse_drafts(at=draft.deadline) == 0


def test_a_profile_expires_twelve_months_after_its_first_submission() -> None:
    profile = factories.profile(AMARA)
    assert ageing.expire_profiles(at=profile.expires_at - SECOND) == 0
    assert ageing.expire_profiles(at=profile.expires_at) == 1
    assert PoolEntry.objects.get().state == ProfileState.EXPIRED
    assert Message.objects.filter(kind="profile_expired").count() == 1


def test_a_late_job_shows_no_stale_profile() -> None:
    profile = factories.profile(AMARA)
    assert PoolEntry.objects.get().state_at(profile.expires_at) == ProfileState.EXPIRED


def test_following_every_change_until_expiry_keeps_the_pool_equal_to_the_rules() -> None:
    profile = factories.profile(AMARA)
    document = profile.submissions.get().facts
    seen = 0
    while True:
        entry = PoolEntry.objects.get()
        if entry.next_change_on is None:
            break
        at = datetime.combine(entry.next_change_on, time(1), tzinfo=UTC)
        if at >= profile.expires_at:
            break
        assert ageing.assess_due(at=at) == 1
        seen += 1
        now = PoolEntry.objects.get()
        result = assess(facts.parse(document), at.date())
        assert (now.score, now.programs, now.as_of) == (result.total, result.program_bits, at.date())
    assert seen >= 1
    assert Assessment.objects.count() == seen + 1


def test_nothing_is_due_before_the_day_of_the_next_change() -> None:
    factories.profile(BEN)
    due = PoolEntry.objects.get().next_change_on
    assert due is not None
    eve = datetime.combine(due, time(0), tzinfo=UTC) - SECOND
    assert ageing.assess_due(at=eve) == 0


def test_a_test_that_expires_takes_the_profile_out_of_the_pool_and_says_so() -> None:
    test_expired = AMARA.facts(AT.date())
    test_expired["language_tests"][0]["date_taken"] = (AT - timedelta(days=700)).date().isoformat()
    factories.profile(AMARA, language_tests=test_expired["language_tests"])
    ageing.assess_due(at=AT + timedelta(days=40))
    assert PoolEntry.objects.get().state == ProfileState.INELIGIBLE
    assert Message.objects.filter(kind="profile_no_longer_eligible").count() == 1
