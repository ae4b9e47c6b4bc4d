"""Two accounts with one passport send at the same moment: one profile, and the other is told why not."""

from datetime import datetime
from functools import partial
from threading import Barrier

import pytest

from profiles import persons, services
from profiles.errors import AnotherLiveProfile
from profiles.models import Draft, Profile
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, Answers, Persona
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def two_drafts_of_one_person() -> list[tuple[Draft, Persona]]:
    passport = AMARA.answers(AT.date())["identity"]["passport"]
    identity = {**BEN.answers(AT.date())["identity"], "passport": passport}
    return [(factories.draft(AMARA), AMARA), (factories.draft(BEN, identity=identity), BEN)]


def sent_at_once() -> list[object]:
    deeds = [
        partial(services.submit, draft=draft, signed_as=persona.signature, at=AT)
        for draft, persona in two_drafts_of_one_person()
    ]
    return list(at_once(*deeds))


def test_of_two_accounts_with_one_passport_one_has_the_profile() -> None:
    outcomes = sent_at_once()
    assert sum(isinstance(outcome, AnotherLiveProfile) for outcome in outcomes) == 1
    assert Profile.objects.live().count() == 1


def test_without_waiting_for_each_other_both_would_be_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    both_looked = Barrier(2)

    def look_together(answers: Answers, *, account_id: int, at: datetime) -> str:
        key = persons.claim_person(answers, account_id=account_id, at=at)
        both_looked.wait(timeout=20)
        return key

    monkeypatch.setattr(persons, "_wait_for", lambda _key: None)
    monkeypatch.setattr(services, "claim_person", look_together)
    sent_at_once()
    assert Profile.objects.live().count() == 2
