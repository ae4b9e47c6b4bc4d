"""What a candidate does with drafts and profiles."""

import re
from datetime import timedelta

import pytest

from accounts.models import Message
from lifecycle.tables import DraftState, ProfileState
from profiles import services
from profiles.errors import (
    AlreadyHasProfile,
    DraftChangedElsewhere,
    DraftIncomplete,
    DraftLapsed,
    ProfileOver,
    SignatureDiffers,
)
from profiles.models import Assessment, Draft, PoolEntry, Profile, Submission
from rules import facts
from rules.assessment import assess
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, EMEKA

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_submitting_freezes_the_facts_scores_them_and_enters_the_pool() -> None:
    profile = factories.profile(AMARA)
    entry, submission = PoolEntry.objects.get(), Submission.objects.get()
    result = assess(facts.parse(submission.facts))
    assert (entry.state, entry.score, entry.submitted_at) == (ProfileState.IN_POOL, result.total, AT)
    assert entry.expires_at.isoformat() == "2027-09-24T00:00:00+00:00"
    assert Assessment.objects.get().lines == list(result.lines)
    assert re.fullmatch(r"E\d{9}", profile.number)
    assert Message.objects.get().kind == "profile_in_pool"


def test_submitting_twice_is_once() -> None:
    draft = factories.draft(AMARA)
    first = services.submit(draft=draft, signed_as=AMARA.signature, at=AT)
    again = services.submit(draft=Draft.objects.get(pk=draft.pk), signed_as=AMARA.signature, at=AT + DAY)
    assert again == first
    assert (Profile.objects.count(), Submission.objects.count(), Message.objects.count()) == (1, 1, 1)


def test_a_candidate_who_meets_no_program_is_told_and_stays_out_of_the_pool() -> None:
    factories.profile(EMEKA)
    assert PoolEntry.objects.get().state == ProfileState.INELIGIBLE
    assert Message.objects.get().kind == "profile_ineligible"


def test_an_ineligible_profile_corrected_enters_the_pool_with_its_first_time() -> None:
    profile = factories.profile(EMEKA)
    draft = services.open_update(profile=profile, at=AT + DAY)
    services.save_answers(draft=draft, changes=AMARA.facts(AT.date()), at=AT + DAY)
    services.submit(draft=draft, signed_as=EMEKA.signature, at=AT + 2 * DAY)
    entry = PoolEntry.objects.get()
    assert (entry.state, entry.submitted_at) == (ProfileState.IN_POOL, AT)


def test_an_update_scores_anew_and_keeps_number_code_and_tie_break_time() -> None:
    profile = factories.profile(AMARA)
    before = PoolEntry.objects.get().score
    draft = services.open_update(profile=profile, at=AT + DAY)
    better = AMARA.facts(AT.date())["language_tests"]
    better[0]["scores"] = {"listening": 8.5, "reading": 8.0, "writing": 7.5, "speaking": 7.5}
    services.save_answers(draft=draft, changes={"language_tests": better}, at=AT + DAY)
    updated = services.submit(draft=draft, signed_as=AMARA.signature, at=AT + 2 * DAY)
    entry = PoolEntry.objects.get()
    assert (updated.number, entry.submitted_at, entry.score > before) == (profile.number, AT, True)
    assert list(Submission.objects.values_list("sequence", flat=True)) == [1, 2]


def test_the_signature_must_be_the_name_but_forgives_case_and_blanks() -> None:
    draft = factories.draft(AMARA)
    with pytest.raises(SignatureDiffers):
        services.submit(draft=draft, signed_as="Somebody Else", at=AT)
    assert services.submit(draft=draft, signed_as=f"  {AMARA.signature.upper()} ", at=AT)


def test_missing_answers_are_named_and_nothing_is_sent() -> None:
    draft = factories.empty_draft(AMARA)
    with pytest.raises(DraftIncomplete):
        services.submit(draft=draft, signed_as=AMARA.signature, at=AT)
    assert not Profile.objects.exists()


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), 400 * DAY])
def test_from_its_deadline_on_a_draft_takes_neither_answers_nor_signature(late: timedelta) -> None:
    draft = factories.draft(AMARA)
    at = AT + 60 * DAY + late
    with pytest.raises(DraftLapsed):
        services.save_answers(draft=draft, changes={"family_size": 2}, at=at)
    with pytest.raises(DraftLapsed):
        services.submit(draft=draft, signed_as=AMARA.signature, at=at)


def test_one_second_before_the_deadline_a_draft_can_be_submitted() -> None:
    draft = factories.draft(AMARA)
    assert services.submit(draft=draft, signed_as=AMARA.signature, at=AT + 60 * DAY - timedelta(seconds=1))


def test_a_stale_page_does_not_overwrite_what_another_window_saved() -> None:
    draft = factories.draft(AMARA)
    seen = services.fingerprint(draft.answers, ["family_size"])
    services.save_answers(draft=draft, changes={"family_size": 3}, at=AT, seen=seen)
    with pytest.raises(DraftChangedElsewhere):
        services.save_answers(draft=draft, changes={"family_size": 4}, at=AT, seen=seen)
    assert Draft.objects.get().answers["family_size"] == 3


def test_opening_a_draft_again_returns_the_open_one() -> None:
    draft = factories.draft(AMARA)
    assert services.open_draft(account_id=draft.account_id, at=AT + DAY) == draft


def test_opening_a_draft_after_the_old_one_lapsed_begins_a_new_one_even_when_the_job_is_late() -> None:
    draft = factories.draft(AMARA)
    new = services.open_draft(account_id=draft.account_id, at=AT + 60 * DAY)
    assert new != draft
    assert Draft.objects.get(pk=draft.pk).state == DraftState.LAPSED


def test_one_live_profile_a_person() -> None:
    profile = factories.profile(AMARA)
    with pytest.raises(AlreadyHasProfile):
        services.open_draft(account_id=profile.account_id, at=AT + DAY)


def test_after_withdrawing_a_new_profile_gets_a_new_number_code_and_time() -> None:
    old = factories.profile(AMARA)
    services.withdraw(profile=old, at=AT + DAY)
    assert PoolEntry.objects.get(pk=old.pk).state == ProfileState.WITHDRAWN
    new = factories.profile(AMARA, at=AT + 2 * DAY)
    assert (new.number, new.validation_code) != (old.number, old.validation_code)
    assert PoolEntry.objects.get(pk=new.pk).submitted_at == AT + 2 * DAY


def test_a_profile_that_is_over_can_be_neither_updated_nor_withdrawn() -> None:
    profile = factories.profile(AMARA)
    for step in (services.open_update, services.withdraw):
        with pytest.raises(ProfileOver):
            step(profile=profile, at=profile.expires_at)


def test_withdrawing_throws_away_an_update_that_was_being_written() -> None:
    profile = factories.profile(AMARA)
    services.open_update(profile=profile, at=AT)
    services.withdraw(profile=profile, at=AT + DAY)
    assert not Draft.objects.open().exists()
