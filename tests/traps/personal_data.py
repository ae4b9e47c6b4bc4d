"""The alarm: what the tests' people are called must never reach a log line, a task, an address or an e-mail."""

import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from celery.signals import before_task_publish
from django.core import mail
from django.core.handlers.base import BaseHandler

from eeportal.logs import JsonFormatter
from tests.personas import EVERYBODY

ERROR = 400
SHOWN_AGAIN = 429
"""A refused try keeps what was typed, for whoever typed it."""


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the words, whatever the case of their letters."""
    return re.compile(r"\b(" + "|".join(map(re.escape, sorted(set(words)))) + r")\b", re.IGNORECASE)


@cache
def canaries() -> re.Pattern[str]:
    """Matches any persona's names, account or e-mail address."""
    return any_of(
        word for person in EVERYBODY for word in (person.username, person.given_names, person.family_name)
    )


class Ear(logging.Handler):
    """Notes every place where a canary got out; of the log, each line as production writes it."""

    def __init__(self, words: re.Pattern[str]) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.words = words
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.hear("log", self.format(record))

    def hear(self, place: str, text: str) -> None:
        if self.words.search(text):
            self.heard.append(f"{place}: {text}")

    def hear_task(self, body: Any = None, headers: Any = None, **_context: Any) -> None:
        self.hear("task message", f"{body!r} {headers!r}")

    def hear_answer(self, response: Any, *, pages: bool) -> None:
        self.hear("address", response.headers.get("Location", ""))
        if pages and response.status_code >= ERROR and response.status_code != SHOWN_AGAIN:
            self.hear("error page", response.content.decode())

    def hear_emails(self) -> None:
        for letter in getattr(mail, "outbox", []):
            parts = [part[0] for part in getattr(letter, "alternatives", [])]
            self.hear("e-mail", "\n".join([letter.subject, letter.body, *map(str, parts)]))


@contextmanager
def listening(words: re.Pattern[str] | None = None, *, pages: bool = False) -> Iterator[list[str]]:
    """The places where personal data got out while the block ran; with ``pages``, on error pages too."""
    ear = Ear(words or canaries())
    answer = BaseHandler.get_response

    def overheard(self: BaseHandler, request: Any) -> Any:
        response = answer(self, request)
        ear.hear_answer(response, pages=pages)
        return response

    root = logging.getLogger()
    root.addHandler(ear)
    before_task_publish.connect(ear.hear_task)
    setattr(BaseHandler, "get_response", overheard)
    try:
        yield ear.heard
        ear.hear_emails()
    finally:
        setattr(BaseHandler, "get_response", answer)
        root.removeHandler(ear)
        before_task_publish.disconnect(ear.hear_task)
