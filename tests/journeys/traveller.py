"""Somebody in front of a browser: reads a page, fills what it asks, presses its button."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.urls import resolve
from django.utils import translation

from eligibility.questions import BY_SLUG
from eligibility.sheet import Place, Sheet
from tests.eligibility.walking import typed
from tests.personas import Persona

MOST_SCREENS = 80


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
        self.page.locator("main form:not([method=get]) button.button").first.click()
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
        """Terms, username, e-mail, password: one step a page."""
        self.open("/account/signup/")
        self.send()
        self.send(username=self.persona.username)
        self.send(email=f"{self.persona.username}@example.org")
        self.send(password1=password, password2=password)
        assert self.path.endswith("/account/"), (self.path, self.page.inner_text("main"))

    def sign_in_again(self, password: str) -> None:
        """Sign in, unless the session still holds."""
        self.page.goto(f"{self.base}/{self.language}/account/")
        if self.path.endswith("/login/"):
            self.send(login=self.persona.username, password=password)

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

    def give_names(self) -> None:
        """What the questionnaire never asks: the names as in the passport."""
        self.open("/account/draft/personal/")
        self.fill({"given_names": self.persona.given_names, "family_name": self.persona.family_name})
        self.send()

    def sign_and_submit(self) -> str:
        """Sign a complete draft; return the number of the submitted profile."""
        self.open("/account/draft/sign/")
        self.page.locator("main [name=declared]").check()
        self.send(signed_as=self.persona.signature)
        assert self.path.endswith("/submitted/"), (self.path, self.page.inner_text("main"))
        return self.path.split("/")[-3]
