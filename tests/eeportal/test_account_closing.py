"""Closing an account: what goes, what stays, and that it happens once."""

import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.mail import EmailMessage
from django.db import DatabaseError, connection, transaction

from accounts.models import KeptForm, Message, RecoveryQuestion, Role, Subscription, User
from accounts.services import deliver_messages
from accounts.telling.events import Kind, record
from accounts.telling.notices import tell_owner
from draws.models import Invitation
from eeportal.account_closing import HasRole, close
from eligibility.models import Questionnaire
from lifecycle.models import Transition
from profiles.beginning import begin_with_code
from profiles.models import Draft, PoolEntry, Submission
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN
from tests.races.crowd import at_once

pytestmark = pytest.mark.django_db


def everything_as_text() -> str:
    """Every row of every table of ours, as one text."""
    rows: list[dict[str, Any]] = []
    for model in apps.get_models(include_auto_created=True):
        rows += model._base_manager.values()
    return json.dumps(rows, default=str)


def _full_account() -> User:
    """An invited candidate with one of everything that an account can hold."""
    account = factories.invitation().profile.account
    account.given_names, account.family_name = AMARA.given_names, AMARA.family_name
    account.save()
    EmailAddress.objects.get_or_create(user=account, email=account.email)
    Authenticator.objects.get_or_create(user=account, type="totp", defaults={"data": {"secret": "x"}})
    RecoveryQuestion.objects.create(account=account, number=9, question="q", hint="h", answer_hash="a")
    KeptForm.objects.create(account=account, path="/en/x/", fields={"name": [AMARA.given_names]})
    Subscription.objects.create(email=account.email.upper(), language="en")
    record(account_id=account.pk, kind=Kind.SIGNED_IN)
    return account


def test_nothing_that_names_the_person_is_left_in_any_table(mailoutbox: list[EmailMessage]) -> None:
    account = _full_account()
    held = everything_as_text()
    names = (account.username, account.email, AMARA.given_names, AMARA.family_name)
    assert all(name in held for name in names)
    close(account_id=account.pk, at=AT)
    deliver_messages()
    left = everything_as_text().casefold()
    assert [name for name in names if name.casefold() in left] == []


def test_an_invited_candidate_declines_and_withdraws_by_the_portals_own_moves() -> None:
    invitation = factories.invitation()
    close(account_id=invitation.profile.account_id, at=AT)
    moves = Transition.objects.filter(machine="profile", thing_id=invitation.profile_id)
    assert list(moves.values_list("event", flat=True)) == ["enter", "invite", "return", "withdraw"]
    assert Invitation.objects.get().state == "declined"
    assert PoolEntry.objects.get().state == "withdrawn"


def test_a_live_profile_is_withdrawn_and_a_draft_discarded_and_emptied() -> None:
    profile = factories.profile()
    other = factories.draft(BEN)
    close(account_id=profile.account_id, at=AT)
    close(account_id=other.account_id, at=AT)
    assert PoolEntry.objects.get(pk=profile.pk).state == "withdrawn"
    other.refresh_from_db()
    assert (other.state, other.answers, other.unfinished) == ("discarded", {}, {})


def test_a_draft_that_lapsed_long_ago_is_emptied_too() -> None:
    draft = factories.draft()
    close(account_id=draft.account_id, at=draft.deadline)
    assert Draft.objects.get().answers == {}


def test_an_invitation_whose_time_is_over_is_left_to_the_job_that_lapses_it() -> None:
    invitation = factories.invitation()
    close(account_id=invitation.profile.account_id, at=invitation.expires_at)
    assert Invitation.objects.get().state == "issued"
    assert User.objects.get(pk=invitation.profile.account_id).closed_at


def test_answers_of_the_questionnaire_go_with_the_code_that_brought_them() -> None:
    account = factories.account()
    begin_with_code(account_id=account.pk, typed=factories.reference_code(), at=AT)
    close(account_id=account.pk, at=AT)
    assert not Questionnaire.objects.exists()


def test_what_was_submitted_stays_without_its_names() -> None:
    profile = factories.profile()
    before = Submission.objects.get().facts
    close(account_id=profile.account_id, at=AT)
    sent = Submission.objects.get()
    assert (sent.personal, sent.signed_as) == ({}, "")
    assert sent.facts == before


def test_nobody_can_sign_in_again_and_the_username_is_free() -> None:
    account = factories.account()
    close(account_id=account.pk, at=AT)
    closed = User.objects.get(pk=account.pk)
    assert not closed.is_active
    assert not closed.has_usable_password()
    assert closed.username != AMARA.username
    assert factories.account(AMARA).pk != account.pk


def test_the_last_address_hears_of_it_and_is_then_forgotten(mailoutbox: list[EmailMessage]) -> None:
    account = factories.account()
    address = account.email
    tell_owner(account=account, kind=Kind.EMAIL_CHANGED, extra_addresses=["old@example.org"])
    close(account_id=account.pk, at=AT)
    deliver_messages()
    told = sorted((mail.to[0], "closed" in mail.body) for mail in mailoutbox)
    assert told == [(address, False), (address, True), ("old@example.org", False)]
    assert not Message.objects.exclude(also_to=None).exists()


def test_an_account_with_a_role_is_not_closed_and_nothing_changes() -> None:
    account = factories.account()
    User.objects.filter(pk=account.pk).update(role=Role.OFFICER)
    with pytest.raises(HasRole):
        close(account_id=account.pk, at=AT)
    assert User.objects.get(pk=account.pk).username == AMARA.username


def test_closing_leaves_other_accounts_alone() -> None:
    other = factories.profile(BEN)
    factories.profile(AMARA)
    close(account_id=factories.account(AMARA).pk, at=AT)
    assert User.objects.get(pk=other.account_id).username == BEN.username
    assert Submission.objects.get(profile=other).personal["identity"]["family_name"] == BEN.family_name
    assert PoolEntry.objects.get(pk=other.pk).state == "in_pool"


def test_closing_twice_is_once() -> None:
    account = factories.account()
    assert close(account_id=account.pk, at=AT)
    assert not close(account_id=account.pk, at=AT)
    assert Message.objects.filter(account=account).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_twenty_closings_at_once_one_does_it() -> None:
    profile = factories.profile()
    results = at_once(*[lambda: close(account_id=profile.account_id, at=AT)] * 20)
    assert (results.count(True), results.count(False)) == (1, 19)
    withdrawals = Transition.objects.filter(machine="profile", event="withdraw")
    assert withdrawals.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"personal": {"identity": {"family_name": "Other"}}, "signed_as": ""},
        {"personal": {}, "signed_as": "Somebody"},
        {"personal": {}, "signed_as": "", "facts": {}},
        {"personal": {}, "signed_as": "", "sequence": 7},
    ],
)
def test_even_of_a_closed_account_nothing_but_the_names_may_change(change: dict[str, Any]) -> None:
    profile = factories.profile()
    close(account_id=profile.account_id, at=AT)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Submission.objects.update(**change)


def test_the_names_of_an_open_account_stay_as_they_were_sent() -> None:
    factories.profile()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Submission.objects.update(personal={}, signed_as="")


def test_without_the_databases_guard_the_names_of_an_open_account_could_go() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE profiles_submission DISABLE TRIGGER append_only")
    factories.profile()
    Submission.objects.update(personal={}, signed_as="")
    assert Submission.objects.get().personal == {}


def test_what_was_submitted_cannot_be_deleted_even_when_closed() -> None:
    profile = factories.profile()
    close(account_id=profile.account_id, at=AT)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Submission._base_manager.all()._raw_delete("default")
