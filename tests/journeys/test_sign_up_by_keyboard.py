"""From the sign-up to an empty draft by keyboard alone; test_three_candidates.py goes on from there."""

from typing import Any

import pytest

from profiles.models import Draft
from tests.accounts.signing import emailed_code
from tests.factories import PASSWORD
from tests.journeys.keyboard import Keyboard
from tests.journeys.traveller import QUESTIONS
from tests.personas import BEN, DIVYA, Persona

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_up(hands: Keyboard, persona: Persona, language: str) -> None:
    """A key and a finished account, with codes by e-mail as its second factor."""

    def send(**told: str) -> None:
        hands.fill(told)
        hands.follow("main form button.button:visible")

    hands.follow('main a.button[href$="/signup/terms/"]')
    send()
    send(username=persona.username)
    send(password1=PASSWORD, password2=PASSWORD)
    for question, answer in QUESTIONS:
        send(question=question, answer=answer, hint="-")
    hands.follow('main a.button[href$="/begin/terms/"]')
    send()
    names = {"family_name": persona.family_name, "given_names": persona.given_names}
    send(**names, email=f"{persona.username}@example.org", language=language)
    send(code=emailed_code())
    hands.follow('main a[href$="/second-factor/email/"]')
    send()
    send()


@pytest.mark.parametrize(("language", "persona"), [("en", BEN), ("fr", DIVYA)], ids=["English", "French"])
def test_an_account_is_made_and_a_draft_begun_by_keyboard(
    page: Any, live_server: Any, language: str, persona: Persona
) -> None:
    hands = Keyboard(page)
    page.goto(f"{live_server.url}/{language}/account/signup/")
    sign_up(hands, persona, language)
    hands.follow(f'main a[href="/{language}/account/start/"]')
    hands.follow('main button[value="none"]')
    assert page.url == f"{live_server.url}/{language}/account/draft/"
    assert Draft.objects.get().account.username == persona.username
