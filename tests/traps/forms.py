"""A form that is sent by POST without its CSRF token is an error on every page that a test sees."""

from html.parser import HTMLParser
from typing import Any

from django.core.handlers.base import BaseHandler
from django.http import HttpResponse

TOKEN = "csrfmiddlewaretoken"


class MissingToken(AssertionError):
    """A page holds a POST form without its token."""


class Forms(HTMLParser):
    """Finds the POST forms of a page that have no token."""

    def __init__(self) -> None:
        super().__init__()
        self.open: str | None = None
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form" and (told.get("method") or "get").lower() == "post":
            self.open = told.get("action") or "(its own address)"
        elif tag == "input" and told.get("name") == TOKEN:
            self.open = None

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.open:
            self.found.append(self.open)
            self.open = None


def forms_without_token(page: str) -> list[str]:
    """The addresses of the POST forms that lack their token."""
    parser = Forms()
    parser.feed(page)
    return parser.found


def arm() -> None:
    """Look at every page that Django makes during the test run."""
    answer = BaseHandler.get_response

    def checked(self: BaseHandler, request: Any) -> Any:
        response = answer(self, request)
        kind = response.headers.get("Content-Type", "")
        if isinstance(response, HttpResponse) and kind.startswith("text/html"):
            found = forms_without_token(response.content.decode(response.charset))
            if found:
                raise MissingToken(f"{request.path} has POST forms without a token: {', '.join(found)}")
        return response

    setattr(BaseHandler, "get_response", checked)
