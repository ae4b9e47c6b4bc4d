"""Addresses of the public tools as somebody hostile sends them: any bytes, not only what a browser would send."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from tests.hostile import HOSTILE


def hostile_links(good: dict[str, Any], name: str) -> Iterator[str]:
    """Yield query strings that ask for JSON, each with one field's value replaced by a hostile one."""
    for value in HOSTILE:
        sent = value.encode("utf-8", "surrogatepass")
        yield urlencode({**good, name: sent, "format": "json"}, doseq=True)
