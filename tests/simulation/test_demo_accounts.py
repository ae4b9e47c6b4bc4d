"""The demo's accounts: each at its stage, all with one password, and only where it is a demo."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from draws.models import Invitation, Round
from lifecycle.tables import DraftState, ProfileState
from profiles.models import Draft, PoolEntry
from simulation.demo_accounts import OFFICER, PASSPHRASE, STAGES, NoDemo, make_accounts
from tests.factories import AT

pytestmark = pytest.mark.django_db


def entry(username: str) -> PoolEntry:
    return PoolEntry.objects.get(profile__account__username=username)


def test_every_account_can_sign_in_with_the_password_that_is_printed() -> None:
    out = StringIO()
    call_command("make_demo", "--pool", "50", stdout=out)
    for stage in STAGES:
        assert stage.username in out.getvalue()
        assert Client().login(username=stage.username, password=PASSPHRASE)
    assert PASSPHRASE in out.getvalue()


def test_each_candidate_is_at_the_stage_that_is_told() -> None:
    call_command("make_demo", "--pool", "200", stdout=StringIO())
    assert not Draft.objects.filter(account__username="newcomer").exists()
    assert Draft.objects.get(account__username="drafting").state == DraftState.OPEN
    assert entry("candidate").state == ProfileState.IN_POOL
    assert entry("refused").state == ProfileState.INELIGIBLE
    assert entry("invited").state == ProfileState.INVITED


def test_the_only_invitation_goes_to_the_demo_candidate_even_in_a_full_pool() -> None:
    call_command("make_demo", "--pool", "200", stdout=StringIO())
    invitation = Invitation.objects.get()
    assert invitation.profile.account.username == "invited"
    assert Round.objects.get().number == 448


def test_the_officer_may_enter_the_admin() -> None:
    make_accounts(at=AT)
    assert User.objects.get(username=OFFICER).is_staff


def test_making_them_twice_makes_them_once() -> None:
    assert len(make_accounts(at=AT)) == len(STAGES)
    assert make_accounts(at=AT) == []


def test_where_it_is_no_demo_they_are_refused(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(NoDemo):
        make_accounts(at=AT)
    assert not User.objects.exists()


def test_where_it_is_no_demo_the_command_makes_the_pool_only(settings: Any) -> None:
    settings.DEMO = False
    out = StringIO()
    call_command("make_demo", "--pool", "50", stdout=out)
    assert "EEPORTAL_DEMO is off" in out.getvalue()
    assert not User.objects.filter(username=OFFICER).exists()


def test_the_round_of_the_demo_took_two_people_as_every_round_does(settings: Any) -> None:
    settings.EEPORTAL_FOUR_EYES = True
    make_accounts(at=AT)
    held = Round.objects.select_related("planned_by", "queued_by").get()
    assert held.planned_by is not None
    assert held.queued_by is not None
    assert (held.planned_by.username, held.queued_by.username) == (OFFICER, "senior")
