"""Messages as a list shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import Message
from accounts.telling.letters import subject_of


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
