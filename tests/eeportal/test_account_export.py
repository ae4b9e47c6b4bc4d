"""The export of one's data: complete, in a stable order, without secrets."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import models

from accounts.models import KeptForm, OneTimeCode, Recovery, RecoveryQuestion, Session, Subscription, User
from accounts.telling.events import Kind, record
from eeportal.account_export import NOT_EXPORTED, SECTIONS, as_json, document_of
from lifecycle import clock
from profiles.beginning import begin_with_code
from tests import factories
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db


def exported(account: User) -> dict[str, Any]:
    document = document_of(account, real_at=clock.real_now(), at=factories.AT)
    return dict(json.loads(as_json(document)))


def _pointing_at(targets: set[type[models.Model]]) -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if (
                field.concrete
                and field.is_relation
                and not field.many_to_many
                and field.related_model in targets
            ):
                yield model


def _leading_to_an_account() -> set[str]:
    """Labels of all models with a key to the account, or to something of which the account owns rows."""
    owners: set[type[models.Model]] = {User}
    found: set[type[models.Model]] = set(_pointing_at(owners))
    shared = {apps.get_model("draws.Round"), apps.get_model("lifecycle.ClockTravel")}
    while (more := set(_pointing_at(found - shared)) - found) and more:
        found |= more
    return {model._meta.label for model in found}


def test_every_model_that_leads_to_an_account_is_exported_or_has_a_reason() -> None:
    covered = {label for section in SECTIONS for label in section.covers}
    assert _leading_to_an_account() <= covered | NOT_EXPORTED.keys()


def test_no_model_is_both_exported_and_excused_and_every_excuse_is_of_a_model() -> None:
    covered = {label for section in SECTIONS for label in section.covers}
    assert not covered & NOT_EXPORTED.keys()
    for label in covered | NOT_EXPORTED.keys():
        assert apps.get_model(label)


def test_the_keys_come_in_their_documented_order() -> None:
    keys = list(exported(factories.account()))
    assert keys == ["format", "made_at", "portal_time", *(section.key for section in SECTIONS)]


def test_the_same_account_gives_the_same_bytes_twice() -> None:
    account = factories.invitation().profile.account
    first, again = (as_json(document_of(account, real_at=clock.real_now(), at=factories.AT)) for _ in "ab")
    assert first == again


def test_an_invited_candidate_finds_everything_that_was_sent_scored_and_answered() -> None:
    invited = factories.invitation()
    document = exported(invited.profile.account)
    (profile,) = document["profiles"]
    assert profile["number"] == invited.profile.number
    assert profile["in_the_pool"]["state"] == "invited"
    assert [move["event"] for move in profile["moves"]] == ["enter", "invite"]
    (sent,) = profile["submissions"]
    assert sent["personal"]["identity"]["family_name"] == AMARA.family_name
    assert sent["signed_as"] == AMARA.signature
    assert sent["assessments"][0]["score"] == invited.score
    assert [one["rank"] for one in profile["invitations"]] == [invited.rank]
    assert document["drafts"][0]["answers"]["identity"]["given_names"] == AMARA.given_names
    assert "You are invited to apply for permanent residence" in {
        one["subject"] for one in document["messages"]
    }


def test_answers_that_came_with_a_reference_code_are_there() -> None:
    account = factories.account()
    code = factories.reference_code()
    begin_with_code(account_id=account.pk, typed=code, at=factories.AT)
    (questionnaire,) = exported(account)["questionnaires"]
    assert questionnaire["answers"]["work"]
    assert questionnaire["redeemed_at"] == factories.AT.isoformat()


def test_no_secret_is_in_it() -> None:
    account = factories.account()
    _with_secrets(account)
    text = as_json(document_of(account, real_at=clock.real_now(), at=factories.AT)).decode()
    assert "SECRET" not in text
    assert account.password not in text


def test_what_is_kept_of_its_security_is_there_without_the_secrets() -> None:
    account = factories.account()
    _with_secrets(account)
    document = exported(account)
    assert {one["type"] for one in document["second_factors"]} >= {"totp", "recovery_codes"}
    assert document["recovery_questions"][-1]["question"] == "First school?"
    assert document["sessions"][-1]["device"] == "Firefox on Linux"
    assert "signed_in" in {event["kind"] for event in document["events"]}
    assert document["ways_back"][0]["lost"] == "factor"
    assert document["kept_forms"][0]["fields"] == {"city": ["Accra"]}
    assert document["subscriptions"][0]["email"] == account.email


def test_nothing_of_another_account_is_in_it() -> None:
    other = factories.profile(BEN)
    factories.profile(AMARA)
    text = as_json(document_of(factories.account(AMARA), real_at=clock.real_now(), at=factories.AT)).decode()
    for foreign in (BEN.username, BEN.family_name, other.number, other.validation_code):
        assert foreign not in text


def _with_secrets(account: User) -> None:
    """Give the account one row of everything that holds a secret, each marked SECRET."""
    now = clock.real_now()
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.update_or_create(
            user=account, type=kind, defaults={"data": {"secret": "SECRET"}}
        )
    RecoveryQuestion.objects.create(
        account=account, number=9, question="First school?", hint="by the river", answer_hash="SECRET"
    )
    OneTimeCode.objects.create(
        account=account,
        purpose="recover",
        email=account.email,
        code_hash="SECRET",
        expires_at=now,
        tries_left=5,
    )
    Session.objects.create(
        account=account, device="Firefox on Linux", session_key="SECRET", expire_date=factories.AT
    )
    EmailAddress.objects.get_or_create(user=account, email=account.email)
    Recovery.objects.create(account=account, lost="factor", effective_at=now)
    KeptForm.objects.create(account=account, path="/en/x/", fields={"city": ["Accra"]})
    Subscription.objects.create(email=account.email, language="en")
    record(account_id=account.pk, kind=Kind.SIGNED_IN)
