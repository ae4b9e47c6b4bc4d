"""Somebody in front of a browser: reads a page, fills what it asks, presses its button."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.core import mail
from django.urls import resolve
from django.utils import translation

from accounts.models import User
from accounts.recovering.recovery_questions import question_for
from eligibility.questions import BY_SLUG
from eligibility.sheet import Place, Sheet
from profiles.personal_sections import ABOUT_THE_PERSON
from profiles.sections import shown
from simulation.models import DemoMail
from tests.eligibility.walking import typed
from tests.personas import Persona
from tests.profiles.typed import typed as typed_in_profile

MOST_SCREENS = 80
PERSONAL = {*(section.slug for section in ABOUT_THE_PERSON), "partner-personal", "plans"}
QUESTIONS = (("0", "the big blue"), ("1", "a wooden horse"), ("2", "the harbour road"))
"""Which of the suggested questions are chosen, and their answers."""


class Traveller:
    """Walks the portal as a persona, in a language; ``page`` is Playwright's, ``base`` the server's address."""

    def __init__(self, page: Any, base: str, persona: Persona, language: str, on: date) -> None:
        self.page, self.base, self.persona, self.language, self.on = page, base, persona, language, on
        self.sheet = Sheet(persona.facts(on), {})

    @property
    def path(self) -> str:
        return str(urlsplit(self.page.url).path)

    def open(self, address: str) -> None:
        answer = self.page.goto(f"{self.base}/{self.language}{address}")
        assert answer.status == 200, (address, answer.status)

    def fill(self, data: dict[str, Any]) -> None:
        """Type, tick and choose: one value a field name, or a list of ticks."""
        for name, value in data.items():
            fields = self.page.locator(f'main [name="{name}"]')
            kind = fields.first.evaluate("field => field.tagName === 'SELECT' ? 'select' : field.type")
            if kind in ("radio", "checkbox"):
                if value == "on":
                    fields.first.check()
                    continue
                for chosen in value if isinstance(value, list) else [value]:
                    self.page.locator(f'main [name="{name}"][value="{chosen}"]').check()
            elif kind == "select":
                fields.first.select_option(str(value))
            else:
                fields.first.fill(str(value))

    def send(self, **data: Any) -> None:
        """Fill the page's form and press its main button."""
        self.fill(data)
        self.page.locator("main form:not([method=get]) button.button:visible").first.click()
        self.page.wait_for_load_state()

    def answer_the_questionnaire(self) -> None:
        """From the start page to the result."""
        self.open("/eligibility/")
        self.send()
        for _screen in range(MOST_SCREENS):
            if self.path.endswith("/answers/"):
                break
            self.answer_one_screen()
        self.send()
        assert self.path.endswith("/result/"), self.path

    def answer_one_screen(self) -> None:
        with translation.override(self.language):
            named = resolve(self.path).kwargs
        question = BY_SLUG[named["slug"]]
        if self.page.locator("main form:not([method=get])").count() == 0:
            self.leave_list(question)
        elif question.kind != "plain" and "step" not in named:
            self.send(answered="yes" if self.sheet.value(question) else "no")
        else:
            place = Place(question, question.step(named.get("step", "")), named.get("number"))
            place = Place(question) if question.kind == "plain" else place
            part = self.sheet.part(place)
            options = place.screen.options(self.sheet.answers, part)
            self.send(**typed(place.screen.form.showing(part, today=self.on, **options)))

    def leave_list(self, question: Any) -> None:
        """Add another entry while some are left to tell, else go on."""
        told = self.page.locator("main dl.summary-list > div").count()
        more = told < len(self.sheet.entries(question))
        self.page.locator("main .actions a.button" + (".button--second" if more else "")).first.click()
        self.page.wait_for_load_state()

    def sign_up(self, password: str) -> None:
        """A key, one step a page, then the account with codes by e-mail as its second factor."""
        self.open_key(password)
        self.finish_account()
        self.open("/account/second-factor/email/")
        self.send()
        self.send()
        assert self.path.endswith("/account/"), (self.path, self.page.inner_text("main"))

    def open_key(self, password: str) -> None:
        """Terms, username, password, three questions, and the page that says that the key is ready."""
        self.open("/account/signup/")
        self.follow("main a.button")
        self.send()
        self.send(username=self.persona.username)
        self.send(password1=password, password2=password)
        for question, answer in QUESTIONS:
            self.send(question=question, answer=answer, hint="-")
        self.follow("main a.button")

    def finish_account(self) -> None:
        """The portal's terms, the details and the code that proves the address, up to the second factor."""
        self.send()
        self.send(
            family_name=self.persona.family_name,
            given_names=self.persona.given_names,
            email=f"{self.persona.username}@example.org",
            language=self.language,
        )
        self.send(code=self.emailed_code())
        assert self.path.endswith("/account/second-factor/"), (self.path, self.page.inner_text("main"))

    def emailed_code(self) -> str:
        """Return the newest code, wherever the test's e-mails go."""
        newest = DemoMail.objects.filter(body__regex=r"\m\d{6}\M").first()
        found = re.search(r"\b\d{6}\b", newest.body if newest else str(mail.outbox[-1].body))
        assert found
        return found.group()

    def follow(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()

    def sign_in_again(self, password: str) -> None:
        """Sign in with the code by e-mail and a question's answer, unless the session still holds."""
        self.page.goto(f"{self.base}/{self.language}/account/")
        if not self.path.endswith("/login/"):
            return
        self.send(login=self.persona.username, password=password)
        self.send(code=self.emailed_code())
        self.answer_question()

    def answer_question(self) -> None:
        """Answer the security question that is asked; the answers follow the list of suggested questions."""
        asked = User.objects.get(username=self.persona.username)
        question = question_for(asked)
        assert question
        self.send(answer=QUESTIONS[question.number - 1][1])

    def begin_again(self) -> None:
        """A new draft from the old profile's answers."""
        self.open("/account/start/")
        self.page.locator('main button[value="earlier"]').click()
        self.page.wait_for_load_state()
        assert self.path.endswith("/account/draft/"), (self.path, self.page.inner_text("main"))

    def begin_with_code(self, code: str) -> None:
        self.open("/account/start/")
        self.send(code=code)
        assert self.path.endswith("/account/draft/"), (self.path, self.page.inner_text("main"))

    def tell_the_personal_part(self) -> None:
        """What the questionnaire never asks: who somebody is, how they are reached, who may see the profile."""
        answers = self.persona.answers(self.on)
        for section in shown(answers):
            if section.slug in PERSONAL:
                self.open(f"/account/draft/{section.slug}/")
                self.send(**typed_in_profile(answers, section.slug, on=self.on))

    def sign_and_submit(self) -> str:
        """Sign a complete draft; return the number of the submitted profile."""
        self.open("/account/draft/sign/")
        self.page.locator("main [name=declared]").check()
        self.fill({"signed_as": self.persona.signature})
        self.answer_question()
        assert self.path.endswith("/submitted/"), (self.path, self.page.inner_text("main"))
        return self.path.split("/")[-3]
