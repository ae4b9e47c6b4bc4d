"""The questionnaire in a browser: by keyboard alone, without script, in both languages, at both widths."""

from typing import Any

import pytest
from django.conf import settings

from eligibility.asking import Question
from eligibility.holding import cookie_for
from eligibility.models import ReferenceCode
from lifecycle import clock
from tests.factories import questionnaire
from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import clean, fits
from tests.journeys.traveller import Traveller
from tests.personas import AMARA, BEN, DIVYA, EMEKA, Persona

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOCUSED = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    const ring = getComputedStyle(at).outlineStyle !== "none";
    return {tag: at.tagName, seen: box.width > 0 && box.height > 0, ring};
}"""
PAGES = (
    "",
    "province/",
    "language-tests/",
    "language-tests/1/test/",
    "language-tests/1/scores/",
    "partner/",
    "work/1/occupation/",
    "work/1/occupation/?title=nurse",
    "work/1/details/",
    "occupation/",
    "certificate/details/",
    "education/1/assessment/",
    "education/1/remove/",
    "birth-date/",
    "relatives/",
    "answers/",
    "result/",
    "result/print/",
)


class KeyboardTraveller(Traveller):
    """Walks the questionnaire without a mouse."""

    def fill(self, data: dict[str, Any]) -> None:
        Keyboard(self.page).fill(data)

    def send(self, **data: Any) -> None:
        self.fill(data)
        Keyboard(self.page).follow("main form:not([method=get]) button.button")

    def leave_list(self, question: Question) -> None:
        """Add another entry while some are left to tell, else go on."""
        told = self.page.locator("main dl.summary-list > div").count()
        more = told < len(self.sheet.entries(question))
        Keyboard(self.page).follow("main .actions a.button" + (".button--second" if more else ""))


@pytest.mark.parametrize(("language", "persona"), [("en", AMARA), ("fr", DIVYA)], ids=["English", "French"])
def test_the_questionnaire_is_walked_by_keyboard_alone(
    page: Any, live_server: Any, language: str, persona: Persona
) -> None:
    user = KeyboardTraveller(page, live_server.url, persona, language, clock.today())
    user.answer_the_questionnaire()
    issued = ReferenceCode.objects.get()
    assert issued.questionnaire.answers["work"] == persona.facts(clock.today())["work"]
    assert page.locator(".reference-code").count() == 1


def test_an_error_is_reached_and_mended_by_keyboard(page: Any, live_server: Any) -> None:
    user = KeyboardTraveller(page, live_server.url, EMEKA, "en", clock.today())
    user.open("/eligibility/")
    user.send()
    user.send()
    Keyboard(page).reach('main a[href="#id_intended_province"]')
    page.keyboard.press("Enter")
    page.keyboard.type("Ontario")
    user.send()
    assert user.path.endswith("/first-language/")


def test_whatever_has_the_focus_is_seen_and_has_a_ring(page: Any, live_server: Any) -> None:
    user = KeyboardTraveller(page, live_server.url, EMEKA, "en", clock.today())
    user.open("/eligibility/")
    user.send()
    unseen = []
    for _stop in range(12):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if not (focused["ring"] and focused["seen"]):
            unseen.append(focused["tag"])
    assert set(unseen) <= {"BODY"}


class TestWithScript:
    """Checks that need a script of their own in the page; the pages need none."""

    @pytest.fixture
    def browser_context_args(self, browser_context_args: dict[str, Any]) -> dict[str, Any]:
        return {**browser_context_args, "java_script_enabled": True}

    @pytest.fixture
    def answered(self, context: Any, client: Any, live_server: Any) -> None:
        """Let the browser hold a questionnaire whose verdict was asked for."""
        name, cookie = settings.QUESTIONNAIRE_COOKIE_NAME, cookie_for(questionnaire(BEN))
        client.cookies[name] = cookie
        client.post("/en/eligibility/answers/")
        context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])

    @pytest.mark.usefixtures("answered")
    @pytest.mark.parametrize("width", [360, 1280])
    def test_no_screen_has_a_barrier_or_scrolls_sideways(
        self, page: Any, live_server: Any, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 900})
        for address in PAGES:
            url = f"{live_server.url}/en/eligibility/{address}"
            assert page.goto(url).status == 200, address
            assert page.url == url, address
            page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
            clean(page)
            fits(page)
