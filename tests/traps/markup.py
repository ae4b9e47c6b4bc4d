"""A page that somebody stumbles over, or a POST form without its token, is an error wherever a test sees it."""

from typing import Any

from django.core.handlers.base import BaseHandler
from django.http import HttpResponse

from tests.accessible.faults import faults
from tests.accessible.markup import Markup, read

TOKEN = "csrfmiddlewaretoken"


class MissingToken(AssertionError):
    """A page holds a POST form without its token."""


class FaultyPage(AssertionError):
    """A page has an id twice, a field without a label, an error to which nothing leads, or the like."""


def forms_without_token(markup: Markup) -> list[str]:
    """The addresses of the POST forms that lack their token."""
    guarded = {
        id(outer)
        for element in markup.of("input")
        if element.told.get("name") == TOKEN
        for outer in element.within()
    }
    return [
        form.told.get("action") or "(its own address)"
        for form in markup.of("form")
        if form.told.get("method", "").lower() == "post" and id(form) not in guarded
    ]


def arm() -> None:
    """Look at every page that Django makes during the test run."""
    answer = BaseHandler.get_response

    def checked(self: BaseHandler, request: Any) -> Any:
        response = answer(self, request)
        kind = response.headers.get("Content-Type", "")
        if isinstance(response, HttpResponse) and kind.startswith("text/html"):
            look_at(request.path, response.content.decode(response.charset))
        return response

    setattr(BaseHandler, "get_response", checked)


def look_at(path: str, page: str) -> None:
    """Raise when a page is not as every page must be; a piece of a page is only searched for forms."""
    markup = read(page)
    found = forms_without_token(markup)
    if found:
        raise MissingToken(f"{path} has POST forms without a token: {', '.join(found)}")
    wrong = faults(markup) if markup.of("html") else []
    if wrong:
        raise FaultyPage(f"{path}: {'; '.join(wrong)}")
