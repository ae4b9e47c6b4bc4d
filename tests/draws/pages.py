"""How the tests read a page: as one line of text, without tags."""

import html
import re
from typing import Protocol

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


class Answer(Protocol):
    """A response that holds a page."""

    @property
    def content(self) -> bytes: ...


def text_in(response: Answer) -> str:
    """Return a page's text on one line, punctuation close to its word."""
    plain = " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
    return re.sub(r" ([.,;)])", r"\1", html.unescape(plain)).replace("( ", "(")


def text_of(client: Client, path: str) -> str:
    """Return the text of a page that must be there."""
    response = client.get(path)
    assert response.status_code == 200, path
    return text_in(response)


def queries_for(client: Client, path: str) -> int:
    """Return how many queries a page takes."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    return len(queries)
