"""The demo's accounts in a browser: what signing in takes is found on the demo's pages, in both languages."""

from typing import Any

import pytest
from django.core import mail

from accounts.recovering.recovery import send_due
from profiles.models import Profile
from simulation.demo_accounts import ANSWER, PASSPHRASE, make_accounts
from simulation.models import DemoMail
from tests.factories import AT
from tests.journeys.traveller import Traveller
from tests.personas import AMARA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["en", "fr"])
def visitor(request: pytest.FixtureRequest, page: Any, live_server: Any, settings: Any) -> Traveller:
    """Somebody in front of a demo that has just been made."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "simulation.mailbox.DemoMailbox"
    make_accounts(at=AT)
    return Traveller(page, live_server.url, AMARA, request.param, AT.date())


def begin(visitor: Traveller, username: str) -> None:
    """From the sign-in page to the page of accounts, and back with what it says."""
    visitor.open("/account/login/")
    visitor.follow('a[href$="/demo/accounts/"]')
    assert {username, PASSPHRASE, ANSWER} <= set(visitor.page.inner_text("main").split())
    visitor.open("/account/login/")
    visitor.send(login=username, password=PASSPHRASE)


def answer(visitor: Traveller) -> None:
    """Find the answer on the demo's page, go back and give it."""
    assert visitor.path.endswith("/account/login/question/")
    visitor.follow('main a[href$="/demo/accounts/"]')
    visitor.page.go_back()
    visitor.send(answer=ANSWER)
    assert visitor.path == f"/{visitor.language}/account/"


def test_a_candidate_signs_in_with_the_code_of_the_mailbox_and_signs_a_submission(visitor: Traveller) -> None:
    begin(visitor, "candidate")
    visitor.follow('main a[href$="/mailbox/"]')
    code = visitor.emailed_code()
    assert code in visitor.page.content()
    visitor.page.go_back()
    visitor.send(code=code)
    answer(visitor)
    visitor.open(f"/account/profiles/{Profile.objects.get(account__username='candidate').number}/")
    visitor.follow('main form[action$="/update/"] button')
    visitor.open("/account/draft/plans/")
    visitor.send(settlement_funds_cad="31234")
    visitor.open("/account/draft/sign/")
    visitor.page.locator("main [name=declared]").check()
    visitor.send(signed_as="Ishaan Deshmukh", answer="oak")
    assert visitor.path.endswith("/sign/")
    visitor.page.locator("main [name=declared]").check()
    visitor.send(signed_as="Ishaan Deshmukh", answer=ANSWER)
    assert visitor.path.endswith("/submitted/")


def test_an_officer_signs_in_with_a_recovery_code_of_the_demos_page(visitor: Traveller) -> None:
    begin(visitor, "officer")
    visitor.follow('main a[href$="/login/second/recovery/"]')
    visitor.follow('main a[href$="/demo/accounts/"]')
    row = visitor.page.locator("tr", has=visitor.page.locator("th", has_text="officer"))
    code = row.locator("td").last.inner_text().split()[0]
    visitor.page.go_back()
    visitor.send(code=code)
    answer(visitor)
    visitor.open("/admin/")


def test_a_forgotten_password_is_replaced_with_the_demos_answers(visitor: Traveller) -> None:
    visitor.open("/account/recover/password/")
    visitor.send(username="newcomer")
    send_due()
    assert not mail.outbox
    assert DemoMail.objects.get(recipient="newcomer@demo.invalid")
    visitor.send(code=visitor.emailed_code())
    visitor.send(answer_1=ANSWER, answer_2=ANSWER, answer_3=ANSWER)
    visitor.send(password1="a quieter pass phrase", password2="a quieter pass phrase")
    visitor.open("/account/login/")
    visitor.send(login="newcomer", password="a quieter pass phrase")
    assert "/login/second/" in visitor.path
