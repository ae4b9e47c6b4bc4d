"""The lists of account and desk cost the same for few entries and for fifty; other lists have their own tests."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import AccountEvent, Allowance, OfficerAction, Role, Session, User
from accounts.services import post_message
from accounts.telling.events import Kind
from lifecycle.models import JobRun, Outcome
from lifecycle.schedule import Job
from simulation.models import DemoMail
from tests import factories
from tests.draws.pages import queries_for
from tests.factories import AT

pytestmark = pytest.mark.django_db
MANY = 50
MOST = 15
Add = Callable[[User, int], object]


def message(owner: User, number: int) -> None:
    details = {"number": f"E{number:09}", "expires_at": AT.isoformat()}
    post_message(account_id=owner.pk, kind="profile_expired", details=details, at=AT)


def session(owner: User, number: int) -> None:
    Session.objects.create(
        session_key=f"key{number}", session_data="", expire_date=AT + timedelta(days=1), account=owner
    )


def event(owner: User, _number: int) -> None:
    AccountEvent.objects.create(account=owner, kind=Kind.PASSWORD_CHANGED, device="Firefox")


def mail(_owner: User, number: int) -> None:
    DemoMail.objects.create(
        message_id=str(number), recipient="a@example.org", subject="S", body="B", sent_at=AT
    )


def officer(_owner: User, number: int) -> None:
    User.objects.create_user(f"officer{number}", role=Role.OFFICER)


def allowance(owner: User, number: int) -> None:
    Allowance.objects.create(
        address=f"192.0.2.{number}", factor=2, until=AT + timedelta(days=1), given_by=owner
    )


def action(owner: User, number: int) -> None:
    OfficerAction.objects.create(officer=owner, verb="opened", about=f"profile {number}", at=AT)


def run(owner: User, _number: int) -> None:
    JobRun.objects.create(
        job=Job.LAPSE_DRAFTS.slug, outcome=Outcome.FINISHED, started_at=AT, ended_at=AT, asked_by=owner
    )


@pytest.mark.parametrize(
    ("page", "add", "who"),
    [
        ("account/messages/", message, factories.account),
        ("account/sessions/", session, factories.account),
        ("account/history/", event, factories.account),
        ("mailbox/", mail, factories.account),
        ("admin/accounts/user/", officer, factories.officer),
        ("admin/accounts/allowance/", allowance, factories.officer),
        ("admin/accounts/officeraction/", action, factories.officer),
        ("admin/lifecycle/jobstate/history/", run, factories.officer),
    ],
)
def test_a_list_costs_the_same_for_one_and_fifty(
    client: Client, page: str, add: Add, who: Callable[[], User]
) -> None:
    owner = who()
    client.force_login(owner)
    for number in range(2):
        add(owner, number)
    queries_for(client, f"/en/{page}")
    few = queries_for(client, f"/en/{page}")
    for number in range(2, MANY):
        add(owner, number)
    assert queries_for(client, f"/en/{page}") == few <= MOST
