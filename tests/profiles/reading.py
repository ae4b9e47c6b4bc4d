"""A page as a person meets it: its words, and what stands in its form."""

import re
from html.parser import HTMLParser
from typing import Any, Protocol

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
Attributes = list[tuple[str, str | None]]


class Page(Protocol):
    """What a test's client gets."""

    content: bytes


class Reader(HTMLParser):
    """Collects the words, and the value of every field that a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.fields: dict[str, list[str]] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        told = dict(attrs)
        name, value = told.get("name") or "", told.get("value") or ""
        if tag == "select":
            self.select = name
        elif tag == "option" and "selected" in told:
            self.fields.setdefault(self.select, []).append(value)
        elif tag == "input" and name and told.get("type") in {"radio", "checkbox"}:
            if "checked" in told:
                self.fields.setdefault(name, []).append(value or "on")
        elif tag == "input" and name:
            self.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def read(page: Page) -> Reader:
    reader = Reader()
    reader.feed(page.content.decode())
    return reader


def words_of(page: Page) -> str:
    """Return all words of a page with single spaces."""
    return " ".join(" ".join(read(page).said).split())


def plain(page: Page, *names: object) -> str:
    """Return a page as text without its form's tokens, and without the names by which it was asked for."""
    text = TOKEN.sub("", page.content.decode())
    for name in names:
        text = text.replace(str(name), "")
    return text


def filled_in(page: Page) -> dict[str, Any]:
    """Return what sending the page's form as it stands would send, without blank fields."""
    fields = {name: values for name, values in read(page).fields.items() if any(values)}
    fields.pop("csrfmiddlewaretoken", None)
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}
