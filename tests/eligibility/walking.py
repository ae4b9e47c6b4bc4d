"""A visitor who walks through the questionnaire with a whole document of answers, a screen at a time."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import resolve

from eligibility.forms import AnswerForm
from eligibility.questions import BY_SLUG
from eligibility.sheet import Place, Sheet
from tests.factories import AT

MOST_SCREENS = 100


def typed(form: AnswerForm) -> dict[str, Any]:
    """Return what a browser sends for a form as it is shown."""
    data: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if isinstance(value, date):
            parts = {"day": value.day, "month": value.month, "year": value.year}
            data |= {f"{field.html_name}_{part}": str(number) for part, number in parts.items()}
        elif value is True:
            data[field.html_name] = "on"
        elif value not in (None, False):
            data[field.html_name] = value if isinstance(value, list) else str(value)
    return data


class Visitor:
    """Walks with ``client`` towards the verdict on ``answers``; ``screens`` are the addresses seen, in order."""

    def __init__(self, client: Client, answers: dict[str, Any], language: str = "en") -> None:
        self.client = client
        self.sheet = Sheet({key: value for key, value in answers.items() if key != "identity"}, {})
        self.language = language
        self.screens: list[str] = []
        self.url = ""

    def start(self) -> "Visitor":
        self.go_to(self.client.post(f"/{self.language}/eligibility/"))
        return self

    def walk(self, until: str = "answers") -> "Visitor":
        """Answer screen after screen until the one with that end of its address."""
        for _screen in range(MOST_SCREENS):
            if self.url.endswith(f"/{until}/"):
                return self
            self.answer()
        raise AssertionError(f"No screen {until} after {MOST_SCREENS}: {self.screens}")

    def answer(self) -> None:
        """Look at the screen, then answer it."""
        page = self.client.get(self.url)
        assert page.status_code == 200, (self.url, page.status_code)
        if "entries" in page.context:
            self.leave_list(page)
        else:
            self.go_to(self.client.post(self.url, self.data()))

    def leave_list(self, page: Any) -> None:
        """Add another entry while some are left to tell."""
        wanted = self.sheet.entries(page.context["question"])
        more = len(page.context["entries"]) < len(wanted)
        self.url = page.context["new_url" if more else "next_url"]
        self.screens.append(self.url)

    def data(self) -> dict[str, Any]:
        """Return what to send from the present screen."""
        named = resolve(self.url).kwargs
        question = BY_SLUG[named["slug"]]
        place = Place(question, question.step(named.get("step", "")), named.get("number"))
        if question.kind == "plain":
            place = Place(question)
        elif place.step is None:
            return {"answered": "yes" if self.sheet.value(question) else "no"}
        part = self.sheet.part(place)
        options = place.screen.options(self.sheet.answers, part)
        return typed(place.screen.form.showing(part, today=AT.date(), **options))

    def go_to(self, response: Any) -> None:
        """Follow where an answer leads; an answer that is refused shows its page again."""
        assert response.status_code == 302, (self.url, errors_of(response))
        self.url = response["Location"]
        self.screens.append(self.url)

    def see_result(self) -> Any:
        """Ask for the verdict and return its page."""
        self.go_to(self.client.post(self.url))
        return self.client.get(self.url)


def errors_of(response: Any) -> Any:
    form = (response.context or {}).get("form") if hasattr(response, "context") else None
    return form.errors if form else response.status_code
