"""A nomination: told, confirmed by the province, accepted or not, and what each leads to."""

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Message, OfficerAction, Role, User
from lifecycle.tables import NominationState, ProfileState
from profiles import ageing, claims, nominating, services
from profiles.errors import (
    CertificateImpossible,
    CertificateOver,
    NominationLapsed,
    NominationNotOpen,
    NominationUnknown,
    ProfileLocked,
)
from profiles.models import Nomination, PoolEntry, Profile, Submission
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, EMEKA, Persona

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
ONTARIO = {"nominated": True, "province": "ON"}
NO = {"nominated": False, "province": None}


def staff(province: str = "ON") -> User:
    found = factories.officer(f"staff-{province}", Role.PROVINCIAL_STAFF)
    User.objects.filter(pk=found.pk).update(province=province)
    return User.objects.get(pk=found.pk)


def claimed(persona: Persona = AMARA, **differences: Any) -> Nomination:
    differences = {"plans": {"provinces": ["ON"], "shared_with": []}, "nomination": ONTARIO, **differences}
    return Nomination.objects.get(profile=factories.profile(persona, **differences))


def confirmed(persona: Persona = AMARA, *, expires_on: date | None = None, **differences: Any) -> Nomination:
    profile = claimed(persona, **differences).profile
    return confirm(profile, expires_on=expires_on)


def confirm(profile: Profile, *, code: str | None = None, by: User | None = None, **days: Any) -> Nomination:
    return nominating.confirm(
        staff=by or staff(),
        number=profile.number,
        code=code or profile.validation_code,
        at=AT + DAY,
        **{"issued_on": AT.date(), "expires_on": None, **days},
    )


def updated(profile: Profile, claim: dict[str, Any]) -> Profile:
    draft = services.open_update(profile=profile, at=AT + 3 * DAY)
    services.save_answers(draft=draft, changes={"nomination": claim}, at=AT + 3 * DAY)
    return services.submit(draft=draft, signed_as=AMARA.signature, at=AT + 3 * DAY)


def state(nomination: Nomination) -> str:
    return Nomination.objects.get(pk=nomination.pk).state


def test_a_claim_tells_the_province_when_the_profile_is_sent() -> None:
    assert claimed().state == NominationState.TOLD


def test_no_claim_tells_nobody() -> None:
    factories.profile(AMARA)
    assert not Nomination.objects.exists()


def test_a_claim_alone_earns_no_points() -> None:
    without = PoolEntry.objects.get(profile=factories.profile(BEN)).score
    services.withdraw(profile=Profile.objects.get(), at=AT)
    assert PoolEntry.objects.get(profile=claimed(BEN).profile).score == without


def test_a_nomination_written_into_a_draft_is_only_a_claim() -> None:
    written = {"province": "ON", "issued_on": "2026-01-05", "expires_on": None}
    profile = factories.profile(AMARA, provincial_nomination=written, nomination=ONTARIO)
    assert Submission.objects.get(profile=profile).facts["provincial_nomination"] is None
    assert Nomination.objects.get().state == NominationState.TOLD


def test_the_right_pair_confirms_and_tells_the_candidate_the_deadline() -> None:
    held = confirmed()
    assert (held.state, held.deadline) == (NominationState.CONFIRMED, AT + 31 * DAY)
    assert Message.objects.filter(kind="nomination_confirmed").count() == 1
    assert OfficerAction.objects.get(verb="nominated").about.endswith(held.profile.number)


def test_the_code_of_another_profile_confirms_nothing() -> None:
    held, other = claimed(AMARA), claimed(BEN)
    with pytest.raises(NominationUnknown):
        confirm(held.profile, code=other.profile.validation_code)
    assert state(held) == state(other) == NominationState.TOLD


def test_another_province_confirms_nothing() -> None:
    held = claimed(plans={"provinces": ["all"], "shared_with": []})
    with pytest.raises(NominationUnknown):
        confirm(held.profile, by=staff("AB"))
    assert confirm(held.profile).state == NominationState.CONFIRMED


def test_a_province_that_was_not_ticked_sees_and_confirms_nothing() -> None:
    held = claimed(plans={"provinces": ["AB"], "shared_with": []})
    assert not nominating.waiting_for(staff(), AT)
    with pytest.raises(NominationUnknown):
        confirm(held.profile)


def test_a_province_sees_the_claims_told_to_it_and_no_others() -> None:
    told = claimed(AMARA)
    claimed(BEN, nomination={"nominated": True, "province": "AB"}, plans={"provinces": ["all"]})
    assert list(nominating.waiting_for(staff(), AT)) == [told]


def test_who_lost_the_role_sees_no_claims_any_more() -> None:
    claimed()
    former = staff()
    former.role = ""
    assert not nominating.waiting_for(former, AT)


def test_confirming_twice_is_refused_the_second_time() -> None:
    held = confirmed()
    with pytest.raises(NominationUnknown):
        confirm(held.profile)
    assert Message.objects.filter(kind="nomination_confirmed").count() == 1


@pytest.mark.parametrize("days", [{"issued_on": AT.date() + 2 * DAY}, {"expires_on": AT.date()}])
def test_a_certificate_that_cannot_be_is_refused(days: dict[str, Any]) -> None:
    held = claimed()
    with pytest.raises(CertificateImpossible):
        confirm(held.profile, **days)


def test_accepting_adds_six_hundred_points_and_keeps_the_tie_break() -> None:
    held = confirmed()
    before = PoolEntry.objects.get()
    nominating.accept(nomination=held, at=AT + 2 * DAY)
    entry = PoolEntry.objects.get()
    assert (entry.score, entry.submitted_at, entry.programs & 8) == (before.score + 600, AT, 8)
    assert Message.objects.get(kind="nomination_accepted").details["score"] == entry.score


def test_accepting_appends_a_submission_with_the_nomination_and_all_that_was_told() -> None:
    held = confirmed()
    nominating.accept(nomination=held, at=AT + 2 * DAY)
    first, second = Submission.objects.order_by("sequence")
    assert second.facts["provincial_nomination"] == claims.facts_of(Nomination.objects.get())
    assert (second.personal, second.signed_as) == (first.personal, first.signed_as)


def test_accepting_twice_is_once() -> None:
    held = confirmed()
    nominating.accept(nomination=held, at=AT + 2 * DAY)
    nominating.accept(nomination=held, at=AT + 3 * DAY)
    assert Submission.objects.count() == 2


def test_a_nomination_can_be_accepted_a_second_before_its_deadline() -> None:
    held = confirmed()
    assert nominating.accept(nomination=held, at=AT + 31 * DAY - SECOND).state == NominationState.ACCEPTED


def test_a_nomination_cannot_be_accepted_at_its_deadline_though_the_job_is_late() -> None:
    held = confirmed()
    with pytest.raises(NominationLapsed):
        nominating.accept(nomination=held, at=AT + 31 * DAY)
    assert Submission.objects.count() == 1


def test_a_nomination_whose_certificate_ended_cannot_be_accepted() -> None:
    held = confirmed(expires_on=AT.date() + 5 * DAY)
    with pytest.raises(CertificateOver):
        nominating.accept(nomination=held, at=AT + 6 * DAY)


def test_a_claim_cannot_be_accepted_before_the_province_confirmed_it() -> None:
    with pytest.raises(NominationNotOpen):
        nominating.accept(nomination=claimed(), at=AT + DAY)


def test_an_invited_candidate_cannot_accept() -> None:
    held = confirmed()
    factories.published_round(at=AT + DAY, size=100)
    with pytest.raises(ProfileLocked):
        nominating.accept(nomination=held, at=AT + 2 * DAY)


def test_not_accepting_leaves_the_profile_as_it_is() -> None:
    held = confirmed()
    before = PoolEntry.objects.values().get()
    nominating.refuse(nomination=held, at=AT + 2 * DAY)
    nominating.refuse(nomination=held, at=AT + 2 * DAY)
    assert state(held) == NominationState.REFUSED
    assert PoolEntry.objects.values().get() == before
    assert Message.objects.filter(kind="nomination_refused").count() == 1


def test_a_nomination_that_is_not_answered_lapses_once_and_the_candidate_hears_of_it() -> None:
    held = confirmed()
    assert nominating.lapse_nominations(at=AT + 31 * DAY - SECOND) == 0
    assert nominating.lapse_nominations(at=AT + 31 * DAY) == 1
    assert nominating.lapse_nominations(at=AT + 31 * DAY) == 0
    assert state(held) == NominationState.LAPSED
    assert Message.objects.filter(kind="nomination_lapsed").count() == 1
    assert PoolEntry.objects.get().state == ProfileState.IN_POOL


def test_an_update_begun_after_a_refusal_asks_the_claim_anew() -> None:
    held = confirmed()
    nominating.refuse(nomination=held, at=AT + 2 * DAY)
    draft = services.open_update(profile=held.profile, at=AT + 3 * DAY)
    assert draft.answers["nomination"] == NO
    updated(held.profile, ONTARIO)
    assert Nomination.objects.filter(state=NominationState.TOLD).count() == 1


@pytest.mark.parametrize("answered", [NO, {"nominated": True, "province": "AB"}])
def test_an_accepted_nomination_is_dropped_when_it_is_no_longer_stated(answered: dict[str, Any]) -> None:
    held = confirmed()
    nominating.accept(nomination=held, at=AT + 2 * DAY)
    with_it = PoolEntry.objects.get().score
    updated(held.profile, answered)
    assert state(held) == NominationState.DROPPED
    assert PoolEntry.objects.get().score == with_it - 600


def test_an_update_that_still_states_it_keeps_an_accepted_nomination() -> None:
    held = confirmed()
    nominating.accept(nomination=held, at=AT + 2 * DAY)
    with_it = PoolEntry.objects.get().score
    updated(held.profile, ONTARIO)
    assert (state(held), PoolEntry.objects.get().score) == (NominationState.ACCEPTED, with_it)


def test_an_update_begun_before_the_acceptance_keeps_the_nomination() -> None:
    held = confirmed()
    draft = services.open_update(profile=held.profile, at=AT + DAY)
    nominating.accept(nomination=held, at=AT + 2 * DAY)
    with_it = PoolEntry.objects.get().score
    services.submit(draft=draft, signed_as=AMARA.signature, at=AT + 3 * DAY)
    assert PoolEntry.objects.get().score == with_it


def test_withdrawing_the_profile_drops_the_claim() -> None:
    held = claimed()
    services.withdraw(profile=held.profile, at=AT + DAY)
    assert state(held) == NominationState.DROPPED


def test_a_nominee_who_meets_no_program_is_not_in_the_pool() -> None:
    held = confirmed(EMEKA)
    nominating.accept(nomination=held, at=AT + 2 * DAY)
    entry = PoolEntry.objects.get()
    assert (entry.state, entry.programs) == (ProfileState.INELIGIBLE, 8)


def test_the_points_end_with_the_certificate() -> None:
    held = confirmed(expires_on=AT.date() + 20 * DAY)
    nominating.accept(nomination=held, at=AT + 2 * DAY)
    with_it = PoolEntry.objects.get().score
    ageing.assess_due(at=AT + 21 * DAY)
    assert PoolEntry.objects.get().score == with_it - 600
    assert "nomination_ends" in Message.objects.get(kind="score_changed").details["causes"]
