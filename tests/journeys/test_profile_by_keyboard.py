"""From the sign-up to the submission by keyboard alone, in both languages, without script."""

from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from accounts.recovering.recovery_questions import question_for
from lifecycle import clock
from lifecycle.tables import ProfileState
from profiles.models import Draft, PoolEntry, Submission
from profiles.sections import shown
from tests.accounts.signing import emailed_code
from tests.factories import PASSWORD
from tests.journeys.keyboard import Keyboard
from tests.journeys.traveller import QUESTIONS
from tests.personas import BEN, DIVYA, Answers, Persona
from tests.profiles.typed import typed

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SAVE = "main form button.button:not(.button--second):visible"


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


def tell(hands: Keyboard, answers: Answers) -> None:
    """Fill every section from the task list, entry by entry."""
    for section in shown(answers):
        hands.follow(f'main a.task-link[href$="/draft/{section.slug}/"]')
        count = len(section.entries.of(section.part(answers))) if section.entries else 0
        for number in range(1, count + 1):
            if number == 1:
                hands.fill_what_is_asked({"answered": "yes", **typed(answers, section.slug)})
                hands.follow(SAVE)
            else:
                hands.follow('main a.button--second[href$="/add/"]')
            hands.fill(typed(answers, section.slug, number))
            hands.follow(SAVE)
        hands.fill(typed(answers, section.slug))
        hands.follow(SAVE)


@pytest.mark.parametrize(("language", "persona"), [("en", BEN), ("fr", DIVYA)], ids=["English", "French"])
def test_a_profile_is_built_and_sent_by_keyboard(
    page: Any, live_server: Any, language: str, persona: Persona
) -> None:
    hands = Keyboard(page)
    page.goto(f"{live_server.url}/{language}/account/signup/")
    sign_up(hands, persona, language)
    hands.follow(f'main a[href="/{language}/account/start/"]')
    hands.follow('main button[value="none"]')
    told = persona.answers(clock.today())
    with translation.override(language):
        tell(hands, told)
    assert Draft.objects.get().answers == {key: told[key] for key in told if key != "spouse" or told[key]}

    hands.follow(f'main a.button[href="/{language}/account/draft/check/"]')
    hands.follow(f'main a.button[href="/{language}/account/draft/result/"]')
    hands.follow(f'main a.button[href="/{language}/account/draft/sign/"]')
    asked = question_for(User.objects.get(username=persona.username))
    assert asked
    answer = QUESTIONS[asked.number - 1][1]
    hands.fill({"declared": "on", "signed_as": persona.signature, "answer": answer})
    hands.follow("main form button.button:visible")
    assert page.url.endswith("/submitted/"), page.inner_text("main")
    assert PoolEntry.objects.get().state == ProfileState.IN_POOL
    assert Submission.objects.get().signed_as == persona.signature
