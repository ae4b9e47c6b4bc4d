"""A candidate at the keyboard, from an empty account to a profile in the pool and what they do with it there."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.forms import BoundField
from django.utils import translation

from accounts.models import User
from accounts.recovering.recovery_questions import Told as Question
from accounts.recovering.recovery_questions import question_for, set_questions
from eligibility.date_parts import PARTS, DateParts
from lifecycle import clock
from lifecycle.tables import DraftState
from profiles.models import Draft
from profiles.pages import Page
from profiles.sections import BY_SLUG
from tests import factories
from tests.journeys.keyboard import HERE, Keyboard
from tests.journeys.looking import fits
from tests.journeys.telling import Candidate, Search, Told, Typed

QUESTIONS = [
    Question("What was the first film you saw?", "a colour", "the big blue"),
    Question("Which toy did you like best?", "it rolls", "a wooden horse"),
    Question("Where was your first home?", "by the sea", "the harbour road"),
]
MAIN_BUTTON = "main form:not([method=get]) button.button:not(.button--second):visible"
LABEL = """field => {
    const group = field.closest('fieldset')
    return (group ? group.querySelector('legend') : field.labels[0]).textContent.trim()
}"""


class CandidateJourney:
    def __init__(self, page: Any, base: str, candidate: Candidate, language: str) -> None:
        self.page, self.base, self.candidate, self.language = page, base, candidate, language
        self.hands = Keyboard(page)
        self.account = factories.account(candidate.persona)
        set_questions(account=self.account, told=QUESTIONS)

    @property
    def path(self) -> str:
        return str(urlsplit(self.page.url).path)

    @property
    def main(self) -> str:
        """What the page says, in one line."""
        return " ".join(self.page.locator("main").inner_text().split())

    def follow(self, selector: str) -> None:
        """Reach a link or a button by Tab, press Enter, and look at the page that comes."""
        self.hands.follow(selector)
        self.arrive()

    def link(self, ending: str) -> None:
        """Follow the first link of the page's body whose address ends so."""
        self.follow(f'main a[href$="{ending}"]')

    def arrive(self) -> None:
        """Whatever page this is, it fits."""
        fits(self.page)

    def send(self) -> None:
        self.follow(MAIN_BUTTON)

    def fill(self, slug: str, typed: Typed, index: int | None = None, *, half: bool = False) -> None:
        """Type on a section's page, or an entry's, what belongs to its labels; whatever it does not ask is left.

        With ``half`` stop in the middle of it.
        """
        answers = Draft.objects.get(account=self.account, state=DraftState.OPEN).answers
        page = Page(BY_SLUG[slug], answers, clock.today(), index)
        with translation.override("en"):
            asked = [(bound, str(bound.label)) for bound in page]
        told = [(bound, typed[label]) for bound, label in asked if label in typed]
        for bound, value in told[: len(told) // 2] if half else told:
            self.answer(bound, value)

    def answer(self, bound: BoundField, value: Any) -> None:
        """Answer the one field that the page labels so, in its own language."""
        if isinstance(value, Search):
            self.search(value)
            return
        names = names_of(bound)
        label = self.page.locator(f'main [name="{names[0]}"]').first.evaluate(LABEL)
        with translation.override(self.language):
            assert label.startswith(str(bound.label)), (self.path, label, str(bound.label))
        if len(names) > 1:
            self.hands.fill(dict(zip(names, value.split(), strict=True)))
        else:
            self.hands.answer(bound.html_name, chosen(bound, value))

    def search(self, wanted: Search) -> None:
        """Find an occupation by what people call the job, and choose one of those found."""
        self.hands.answer("noc_words", wanted.words(self.language))
        self.follow('main button[name="find"]')
        self.hands.choose("noc", wanted.code)

    def tell(self, slug: str, told: Told) -> None:
        """Fill one section from the task list, entry by entry, and come back to the list."""
        self.link(f"/draft/{slug}/")
        if BY_SLUG[slug].entries:
            self.fill_any(slug, told)
        if slug == self.candidate.interrupted:
            self.stop_and_come_back(slug, told)
        wrong = slug == self.candidate.mistake.section and not told.entries
        self.fill(slug, self.with_mistake(slug, told.answers) if wrong else told.answers)
        self.send()
        if wrong:
            self.mend(slug, told.answers)
        assert self.path == f"/{self.language}/account/draft/", (self.path, self.main)

    def fill_any(self, slug: str, told: Told) -> None:
        """Say whether there are entries, and tell each, all but the last by 'Save and add another'."""
        self.hands.answer("answered", "yes" if told.entries else "no")
        if not told.entries:
            return
        self.fill(slug, told.answers)
        self.send()
        for number, entry in enumerate(told.entries, start=1):
            self.fill(slug, self.with_mistake(slug, entry) if number == 1 else entry, 0)
            last = number == len(told.entries)
            self.follow(MAIN_BUTTON if last else 'main button[name="another"]')
            if number == 1 and slug == self.candidate.mistake.section:
                self.mend(slug, entry, 0)

    def with_mistake(self, slug: str, typed: Typed) -> Typed:
        mistake = self.candidate.mistake
        return {**typed, mistake.label: mistake.typed} if slug == mistake.section else typed

    def mend(self, slug: str, typed: Typed, index: int | None = None) -> None:
        """The list of errors has the focus; its link leads to the field, which is typed anew."""
        errors = self.page.locator(".error-summary")
        assert errors.evaluate(HERE), "the list of errors does not have the focus"
        link = errors.locator("a").first
        target = link.get_attribute("href")
        self.hands.reach(".error-summary a")
        self.page.keyboard.press("Enter")
        assert self.page.locator(f"main {target}").evaluate(HERE), "the link does not lead into the field"
        self.fill(slug, {self.candidate.mistake.label: typed[self.candidate.mistake.label]}, index)
        self.send()
        assert errors.count() == 0, self.main

    def stop_and_come_back(self, slug: str, told: Told) -> None:
        """Type half of a page, save and exit, and find it typed on coming back."""
        self.fill(slug, told.answers, half=True)
        before = self.typed()
        self.follow('main button[name="exit"]')
        assert self.path == f"/{self.language}/account/", self.path
        self.link("/account/draft/")
        self.link(f"/draft/{slug}/")
        assert before == self.typed()

    def typed(self) -> list[str]:
        """Return what stands in the fields of the page."""
        values: list[str] = self.page.eval_on_selector_all(
            "main form :is(input:not([type=hidden]), select)",
            "fields => fields.map(field => field.type === 'radio' ? String(field.checked) : field.value)",
        )
        return values

    def begin(self) -> None:
        """From the account to an empty list of sections."""
        self.page.goto(f"{self.base}/{self.language}/account/")
        self.arrive()
        self.link("/account/start/")
        self.follow('main button[value="none"]')

    def build(self) -> None:
        for slug, told in self.candidate.told.items():
            self.tell(slug, told)

    def check_and_sign(self, score: int) -> None:
        """Read the answers, see the score that they lead to, and sign."""
        persona = self.candidate.persona
        self.follow('main a.button[href$="/account/draft/check/"]')
        assert persona.family_name in self.main
        self.follow('main a.button[href$="/account/draft/result/"]')
        assert self.page.locator("main .score-number").inner_text().startswith(str(score))
        self.follow('main a.button[href$="/account/draft/sign/"]')
        asked = question_for(User.objects.get(pk=self.account.pk))
        assert asked
        answer = QUESTIONS[asked.number - 1].answer
        self.hands.fill({"declared": "on", "signed_as": persona.signature, "answer": answer})
        self.send()
        assert self.path.endswith("/submitted/"), self.main

    def open_lines(self, count: int) -> list[str]:
        """Open the first lines of the score one after the other; return what each shows."""
        bodies = []
        for number in range(count):
            line = f"main details.line >> nth={number}"
            self.hands.reach(f"{line} >> summary")
            self.page.keyboard.press("Enter")
            bodies.append(str(self.page.locator(f"{line} >> .line__body").inner_text()))
        return bodies

    def try_out(self) -> None:
        """Begin a scenario and change one thing in it."""
        trial = self.candidate.trial
        self.link("/what-if/add/")
        self.hands.fill({"name": "Plan B"})
        self.send()
        self.link(trial.address)
        self.hands.fill(dict(trial.typed))
        self.send()

    def compare(self) -> list[str]:
        """Set the scenario beside the profile; return the heads of the columns."""
        self.follow('main a.button[href*="?beside="]')
        heads: list[str] = self.page.locator("main table thead th").all_text_contents()
        return heads

    def update(self) -> None:
        """From the profile's page: change what is to be changed, look at what it does, and sign."""
        self.follow('main form[action$="/update/"] button')
        for slug, typed in self.candidate.update.items():
            self.link(f"/draft/{slug}/")
            self.fill(slug, typed)
            self.send()
        self.check_and_sign(self.candidate.updated)

    def export(self) -> Any:
        """Take the facts of what was sent last along as a file; return what is in it."""
        self.hands.reach('main a[href$="/export/?only=facts"]')
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return json.loads(download.value.path().read_text(encoding="utf-8"))


def names_of(bound: BoundField) -> list[str]:
    """Return the names of a field's inputs: three for a day."""
    if isinstance(bound.field.widget, DateParts):
        return [f"{bound.html_name}_{part}" for part in PARTS]
    return [bound.html_name]


def chosen(bound: BoundField, value: Any) -> Any:
    """Return what a browser sends for a value as a person would say it: the choices' English words, or True."""
    choices = getattr(bound.field, "choices", None)
    if choices is None:
        return "on" if value is True else value
    with translation.override("en"):
        known: Mapping[str, str] = {str(words): str(code) for code, words in choices}
    if isinstance(value, list):
        return [known[words] for words in value]
    return known.get(value, value)
