"""A new profile from the old one's answers: judged anew by today's forms, with nothing lost, under a new number."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from profiles import beginning, services
from profiles.models import Draft, Profile
from profiles.portable import Import
from profiles.progress import progress_of
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, EVERYBODY, Persona
from tests.profiles.reading import words_of

pytestmark = pytest.mark.django_db
START, TASKS = "/en/account/start/", "/en/account/draft/"
DAY = timedelta(days=1)


def begun_again(persona: Persona = AMARA, days: int = 1) -> Draft:
    at = AT + days * DAY
    return beginning.begin_again(account_id=factories.account(persona).pk, at=at).draft


def withdrawn(persona: Persona = AMARA, **differences: Any) -> Profile:
    profile = factories.profile(persona, **differences)
    services.withdraw(profile=profile, at=AT)
    return profile


@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)
def test_the_answers_of_a_withdrawn_profile_begin_the_next_one_whole(persona: Persona) -> None:
    withdrawn(persona)
    draft = begun_again(persona)
    assert progress_of(draft, AT.date()).ready
    assert {key: value for key, value in draft.answers.items() if value is not None} == {
        key: value for key, value in persona.answers(AT.date()).items() if value is not None
    }


def test_the_new_profile_has_a_new_number_and_a_new_code() -> None:
    old = withdrawn()
    at = AT + DAY
    new = services.submit(draft=begun_again(), signed_as=AMARA.signature, at=at)
    assert {old.number, old.validation_code}.isdisjoint({new.number, new.validation_code})
    assert new.submitted_at == at


@pytest.mark.parametrize("days", [366, 800])
def test_an_expired_profile_begins_the_next_one(days: int) -> None:
    factories.profile(AMARA)
    assert begun_again(days=days).answers["identity"]["family_name"] == AMARA.family_name


def test_a_profile_that_meets_no_program_is_updated_instead(client: Client) -> None:
    profile = factories.profile(AMARA, language_tests=[])
    client.force_login(profile.account)
    assert "You have a profile already" in words_of(client.post(START, {"way": "earlier"}))


def test_what_todays_forms_refuse_needs_attention_and_is_not_lost(client: Client) -> None:
    jobs = AMARA.answers(AT.date())["work"]
    draft = factories.draft(AMARA, work=[{**jobs[0], "hours_per_week": 200}, *jobs], settlement_funds_cad=-5)
    services.discard_draft(draft=draft, at=AT)
    client.force_login(draft.account)
    page = client.post(START, {"way": "earlier"}, follow=True)
    assert "What needs another look is marked below." in words_of(page)
    new = Draft.objects.open().get()
    assert new.answers["work"][0]["hours_per_week"] == 200
    assert new.answers["settlement_funds_cad"] == -5
    assert {task.section.slug for task in progress_of(new, AT.date()).tasks if task.kind == "attention"} == {
        "work",
        "plans",
    }
    assert "200" in client.get(f"{TASKS}work/1/").content.decode()


def test_what_was_typed_and_never_saved_goes_along() -> None:
    draft = factories.draft(AMARA)
    draft.unfinished = {"plans": {"settlement_funds_cad": ["much"]}}
    draft.save()
    services.discard_draft(draft=draft, at=AT)
    assert begun_again().unfinished == {"plans": {"settlement_funds_cad": ["much"]}}


def test_what_cannot_be_read_at_all_is_named_and_left_out(client: Client) -> None:
    draft = factories.draft(AMARA)
    jobs = draft.answers["work"]
    services.save_answers(draft=draft, changes={"work": [*jobs, {"noc": ["x"], "start_date": 7}]}, at=AT)
    services.discard_draft(draft=Draft.objects.get(), at=AT)
    client.force_login(draft.account)
    words = words_of(client.post(START, {"way": "earlier"}, follow=True))
    assert "could not be taken over" in words
    assert "Job 2" in words
    assert Draft.objects.open().get().answers["work"] == jobs


def test_beginning_again_twice_is_once_and_changes_nothing(client: Client) -> None:
    withdrawn()
    first = begun_again()
    services.save_answers(draft=first, changes={"settlement_funds_cad": 1}, at=AT + DAY)
    assert begun_again().answers["settlement_funds_cad"] == 1
    assert Draft.objects.open().count() == 1


def test_an_accepted_nomination_of_the_old_profile_is_a_claim_in_the_new_one() -> None:
    nomination = {"province": "ON", "issued_on": AT.date().isoformat(), "expires_on": None}
    draft = factories.draft(BEN, provincial_nomination=nomination)
    services.discard_draft(draft=draft, at=AT)
    new = begun_again(BEN)
    assert new.answers["provincial_nomination"] is None


def test_without_judging_anew_a_draft_would_be_sent_with_what_no_form_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    jobs = AMARA.answers(AT.date())["work"]
    draft = factories.draft(AMARA, work=[{**jobs[0], "hours_per_week": 100}])
    services.discard_draft(draft=draft, at=AT)
    monkeypatch.setattr(beginning, "import_answers", lambda answers, _today: Import(answers=answers))
    assert progress_of(begun_again(), AT.date()).ready
