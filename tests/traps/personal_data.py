"""The alarm: what the tests' people are called must never reach a log line or a task's message."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from celery.signals import before_task_publish

from eeportal.logs import JsonFormatter
from tests.personas import EVERYBODY


@cache
def canaries() -> re.Pattern[str]:
    """Matches any persona's names, account or e-mail address."""
    words = {
        word for person in EVERYBODY for word in (person.username, person.given_names, person.family_name)
    }
    return re.compile(r"\b(" + "|".join(map(re.escape, sorted(words))) + r")\b", re.IGNORECASE)


class Ear(logging.Handler):
    """Notes every line that would be written and holds a canary."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(JsonFormatter())
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        if canaries().search(line):
            self.heard.append(f"log: {line}")


@contextmanager
def listening() -> Iterator[list[str]]:
    """The places where personal data got out while the block ran."""
    ear = Ear()

    def overhear(body: Any = None, **_context: Any) -> None:
        if canaries().search(repr(body)):
            ear.heard.append(f"task message: {body!r}")

    root = logging.getLogger()
    root.addHandler(ear)
    before_task_publish.connect(overhear)
    try:
        yield ear.heard
    finally:
        root.removeHandler(ear)
        before_task_publish.disconnect(overhear)
