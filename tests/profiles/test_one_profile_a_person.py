"""One live profile a person: a second account with the same passport waits until the first profile is over."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client

from lifecycle.tables import DraftState, ProfileState
from profiles import services
from profiles.errors import AnotherLiveProfile
from profiles.models import Draft, Profile
from profiles.models.submitted import ProfileQuerySet
from profiles.persons import person_key
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, EMEKA, Answers, Persona
from tests.profiles.reading import filled_in, words_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SIGN = "/en/account/draft/sign/"


def with_passport_of(other: Persona, persona: Persona = BEN) -> Answers:
    """Return who a persona is, holding the passport of another one."""
    identity, passport = (who.answers(AT.date())["identity"] for who in (persona, other))
    return {"identity": {**identity, "passport": passport["passport"]}}


def bens_draft(**more: Any) -> Draft:
    return factories.draft(BEN, **with_passport_of(AMARA), **more)


def submit(draft: Draft, persona: Persona = BEN, at: datetime = AT) -> Profile:
    return services.submit(draft=draft, signed_as=persona.signature, at=at)


def test_a_profile_knows_its_person_from_the_day_it_is_sent() -> None:
    assert factories.profile(AMARA).person == person_key(AMARA.answers(AT.date()))


def test_an_update_with_a_new_passport_moves_the_profile_to_its_key() -> None:
    profile = factories.profile(AMARA)
    draft = services.open_update(profile=profile, at=AT)
    services.save_answers(draft=draft, changes=with_passport_of(EMEKA, AMARA), at=AT)
    submit(draft, AMARA)
    profile.refresh_from_db()
    assert profile.person == person_key(EMEKA.answers(AT.date()))


def test_a_second_account_with_the_same_passport_cannot_send_while_the_first_profile_is_live() -> None:
    factories.profile(AMARA)
    draft = bens_draft()
    with pytest.raises(AnotherLiveProfile):
        submit(draft)
    draft.refresh_from_db()
    assert draft.state == DraftState.OPEN
    assert Profile.objects.count() == 1


def test_a_profile_that_meets_no_program_is_live_too() -> None:
    factories.profile(EMEKA)
    with pytest.raises(AnotherLiveProfile):
        submit(factories.draft(BEN, **with_passport_of(EMEKA)))


def test_an_update_cannot_take_the_passport_of_another_live_profile() -> None:
    factories.profile(AMARA)
    draft = services.open_update(profile=factories.profile(BEN), at=AT)
    services.save_answers(draft=draft, changes=with_passport_of(AMARA), at=AT)
    with pytest.raises(AnotherLiveProfile):
        submit(draft)


def test_once_the_first_profile_is_withdrawn_the_second_account_may_send() -> None:
    services.withdraw(profile=factories.profile(AMARA), at=AT)
    assert submit(bens_draft()).entry.state == ProfileState.IN_POOL


def test_once_the_first_profile_has_expired_the_second_account_may_send_though_the_job_is_late() -> None:
    first = factories.profile(AMARA)
    later = first.expires_at
    draft = services.open_draft(
        account_id=factories.account(BEN).pk,
        at=later,
        answers={**BEN.answers(later.date()), **with_passport_of(AMARA)},
    )
    first.entry.refresh_from_db()
    assert first.entry.state == ProfileState.IN_POOL
    assert submit(draft, at=later)


def test_who_is_refused_is_told_what_to_do_and_not_whose_profile_it_is(client: Client) -> None:
    first = factories.profile(AMARA)
    draft = bens_draft()
    client.force_login(draft.account)
    told = filled_in(client.get(SIGN)) | {"declared": "on", "signed_as": BEN.signature}
    page = client.post(SIGN, told)
    words = words_of(page)
    assert "another account has a live profile with this passport" in words
    assert "Withdraw that profile first, or correct the passport" in words
    assert 'href="/en/account/draft/passport/"' in page.content.decode()
    assert filled_in(page)["signed_as"] == BEN.signature
    for secret in (first.number, first.validation_code, AMARA.family_name, AMARA.username):
        assert secret not in page.content.decode()


def test_the_own_live_profile_is_no_other_account_s() -> None:
    profile = factories.profile(AMARA)
    draft = services.open_update(profile=profile, at=AT + DAY)
    assert submit(draft, AMARA, AT + DAY) == profile


def test_without_the_look_at_others_one_person_would_have_two_live_profiles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nobodys(profiles: QuerySet[Profile]) -> QuerySet[Profile]:
        return profiles.none()

    factories.profile(AMARA)
    monkeypatch.setattr(ProfileQuerySet, "live", nobodys)
    submit(bens_draft())
    assert len({profile.person for profile in Profile.objects.all()}) == 1
    assert Profile.objects.count() == 2
