"""Ways back into an account and out of it, in a browser: without script by their buttons, with script by axe."""

from typing import Any

import pytest
from django.core.mail import EmailMessage

from accounts.models import User
from accounts.recovering import recovery, recovery_mail
from accounts.recovering.recovery import Lost
from accounts.recovering.recovery_questions import question_for
from accounts.telling import notices
from tests import factories
from tests.accounts.ways import ANSWERS, NEW_PASSWORD, code_in, owner
from tests.journeys.looking import Look, check
from tests.personas import AMARA

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Person:
    """Reads a page, fills it, presses its main button; no script runs."""

    def __init__(self, page: Any, base: str, language: str = "en") -> None:
        self.page, self.base, self.language = page, base, language

    def open(self, address: str) -> None:
        assert self.page.goto(f"{self.base}/{self.language}/account/{address}").status == 200

    def send(self, **typed: str) -> str:
        for name, value in typed.items():
            self.page.fill(f'main [name="{name}"]', value)
        self.page.locator("main form button.button:visible").first.click()
        self.page.wait_for_load_state()
        return str(self.page.inner_text("main"))

    def sign_in(self, password: str, mailoutbox: list[EmailMessage]) -> None:
        account = User.objects.get(username=AMARA.username)
        self.open("login/")
        self.send(login=account.username, password=password)
        self.send(code=code_in(mailoutbox))
        question = question_for(account)
        assert question
        self.send(answer=ANSWERS[f"answer_{question.number}"])


@pytest.fixture
def person(page: Any, live_server: Any) -> Person:
    return Person(page, live_server.url)


def test_a_forgotten_password_is_replaced_and_opens_the_account(
    person: Person, mailoutbox: list[EmailMessage]
) -> None:
    owner()
    person.open("login/")
    person.page.get_by_text("I cannot sign in").click()
    person.page.get_by_text("My password").click()
    person.send(username=AMARA.username)
    person.send(code=code_in(mailoutbox))
    assert "Choose a new password" in person.send(**ANSWERS)
    person.send(password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    person.sign_in(NEW_PASSWORD, mailoutbox)
    assert "Your account" in person.page.inner_text("h1")


def test_an_account_is_exported_and_closed_from_its_details(
    person: Person, mailoutbox: list[EmailMessage]
) -> None:
    owner()
    person.sign_in(factories.PASSWORD, mailoutbox)
    person.page.get_by_text("Account details").click()
    person.page.get_by_text("Export your data").click()
    person.send(password=factories.PASSWORD)
    with person.page.expect_download() as download:
        person.page.get_by_text("Make the file").click()
    assert download.value.suggested_filename.endswith(".json")
    person.open("settings/")
    person.page.get_by_text("Close your account").click()
    assert "Your account is closed" in person.send(username=AMARA.username)
    person.open("login/")
    assert "is not right" in person.send(login=AMARA.username, password=factories.PASSWORD)


class TestWithAxe:
    """Nothing that axe finds, and no scrolling sideways on a phone."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args: dict[str, Any]) -> dict[str, Any]:
        """With script, which axe needs."""
        return {**browser_context_args, "java_script_enabled": True}

    def test_the_pages_of_the_ways_back(self, look: Look) -> None:
        account = owner()
        link = recovery_mail.token_of(recovery.ask(account=account, lost=Lost.USERNAME))
        told = notices.token_of(notices.tell_owner(account=account, kind="password_changed"))
        recover = ["", "username/", "username/sent/", f"username/{link}/", "e-mail/", "username/forged/"]
        pages = [*(f"recover/{page}" for page in recover), f"not-me/{told}/", "not-me/done/", "closed/"]
        look(None, [f"account/{page}" for page in pages])

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_a_walk_on_two_of_them(
        self, page: Any, live_server: Any, language: str, mailoutbox: list[EmailMessage]
    ) -> None:
        owner()
        person = Person(page, live_server.url, language)
        person.open("recover/second-factor/")
        person.send(username=AMARA.username, password=factories.PASSWORD)
        check(page)
        person.send(code=code_in(mailoutbox))
        check(page)
        person.send(**ANSWERS | {"answer_1": "wrong"})
        assert page.locator(".error-summary").count() == 1
        check(page)
        person.send(**ANSWERS)
        check(page)
        person.open("recover/answers/")
        person.send(username=AMARA.username, password=factories.PASSWORD)
        person.send(code=code_in(mailoutbox))
        check(page)

    @pytest.mark.parametrize("language", ["en", "fr"])
    def test_the_accounts_details(self, page: Any, live_server: Any, language: str, look: Look) -> None:
        account = owner()
        recovery.ask(account=account, lost=Lost.FACTOR)
        look(account, ["account/settings/", "account/settings/change/"])
        person = Person(page, live_server.url, language)
        person.open(f"prove/?next=/{language}/account/export/")
        check(page)
        person.send(password=factories.PASSWORD)
        for address in ("export/", "close/", "settings/email/"):
            person.open(address)
            check(page)
        person.send(email="new@example.org")
        check(page)
