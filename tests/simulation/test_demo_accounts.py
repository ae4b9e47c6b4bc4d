"""The demo's accounts: each at its stage, all with one password, and only where it is a demo."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.factors import second_factors
from accounts.joining.onboarding import next_step
from accounts.models import RecoveryQuestion, User
from accounts.recovering.recovery_questions import HOW_MANY, is_right
from draws.models import Invitation, Round
from lifecycle.tables import DraftState, NominationState, ProfileState
from profiles import nominating
from profiles.models import Draft, Nomination, PoolEntry
from simulation.demo_accounts import ANSWER, OFFICER, PASSPHRASE, STAGES, NoDemo, make_accounts
from tests.factories import AT, account
from tests.profiles.reading import words_of

pytestmark = pytest.mark.django_db
ACCOUNTS = "/en/demo/accounts/"


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
    claim = Nomination.objects.get(profile=entry("claimant").profile)
    assert (claim.state, claim.province) == (NominationState.TOLD, "ON")


def test_the_staff_of_ontario_can_confirm_the_claim() -> None:
    make_accounts(at=AT)
    claim = Nomination.objects.get(profile=entry("claimant").profile)
    assert list(nominating.waiting_for(User.objects.get(username="ontario"), AT)) == [claim]


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


def test_the_answer_that_is_printed_is_right_for_every_question_of_every_account() -> None:
    out = StringIO()
    call_command("make_demo", "--pool", "50", stdout=out)
    assert f"the answer {ANSWER} to every security question" in out.getvalue()
    asked = RecoveryQuestion.objects.filter(account__username__in=[stage.username for stage in STAGES])
    assert asked.count() == HOW_MANY * len(STAGES)
    assert all(is_right(question, ANSWER.upper()) for question in asked)
    assert not any(is_right(question, question.hint) for question in asked)


def test_every_account_is_complete() -> None:
    make_accounts(at=AT)
    assert [next_step(account) for account in User.objects.all()] == [None] * len(STAGES)


def test_the_page_shows_all_that_signing_in_takes(client: Client) -> None:
    make_accounts(at=AT)
    page = words_of(client.get(ACCOUNTS))
    for words in (PASSPHRASE, ANSWER, *(stage.username for stage in STAGES)):
        assert words in page
    codes = second_factors.unused_recovery_codes(User.objects.get(username="candidate"))
    assert len(codes) == 5
    assert " ".join(codes) in page


def test_a_recovery_code_that_was_used_is_shown_no_more(client: Client) -> None:
    make_accounts(at=AT)
    account = User.objects.get(username="candidate")
    used = second_factors.unused_recovery_codes(account)[0]
    assert second_factors.check_recovery_code(account=account, typed=used)
    assert used not in words_of(client.get(ACCOUNTS))


def test_the_page_shows_no_code_of_anybody_else(client: Client) -> None:
    make_accounts(at=AT)
    codes = second_factors.make_recovery_codes(account())
    page = words_of(client.get(ACCOUNTS))
    assert not any(code in page for code in codes)
    assert "amara" not in page


def test_before_the_accounts_are_made_no_page_leads_to_them(client: Client) -> None:
    assert "have not been made yet" in words_of(client.get(ACCOUNTS))
    assert ACCOUNTS not in client.get("/en/account/login/").content.decode()
    make_accounts(at=AT)
    assert ACCOUNTS in client.get("/en/account/login/").content.decode()


def test_where_it_is_no_demo_there_is_no_page_of_accounts(client: Client, settings: Any) -> None:
    make_accounts(at=AT)
    settings.DEMO = False
    assert client.get(ACCOUNTS).status_code == 404
    assert ACCOUNTS not in client.get("/en/account/login/").content.decode()


def test_signing_in_takes_password_code_and_answer(client: Client) -> None:
    make_accounts(at=AT)
    client.post("/en/account/login/", {"login": "candidate", "password": PASSPHRASE})
    code = second_factors.unused_recovery_codes(User.objects.get(username="candidate"))[0]
    asked = client.post("/en/account/login/second/recovery/", {"code": code})
    assert asked.headers["Location"] == "/en/account/login/question/"
    assert ACCOUNTS in client.get(asked.headers["Location"]).content.decode()
    assert client.get("/en/account/").status_code == 302
    client.post(asked.headers["Location"], {"answer": ANSWER})
    assert client.get("/en/account/").status_code == 200
