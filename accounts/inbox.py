"""Messages as a list shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.letters import subject_of
from accounts.models import Message


@dataclass(frozen=True)
class Line:
    """A message in a list: its subject in the language in use, and where it is read."""

    title: str
    url: str
    at: datetime
    unread: bool


def lines_of(messages: Iterable[Message]) -> list[Line]:
    """Return messages as lines, in their order."""
    return [
        Line(
            subject_of(message.kind, message.details),
            reverse("accounts:message", args=[message.pk]),
            message.at,
            message.read_at is None,
        )
        for message in messages
    ]
