"""One address for each pattern that the resolver knows."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

SAMPLES = {
    "int": "1",
    "str": "x1",
    "slug": "x1",
    "uuid": "0b0e1c52-8e4c-4a5c-9d0c-5f0d2c8a7b11",
    "path": "x1",
}
ROUTE_PART = re.compile(r"<(?:(?P<kind>[^>:]+):)?[^>]+>")
NAMED_GROUP = re.compile(r"\(\?P<[^>]+>[^()]*\)")


def every_address() -> list[str]:
    """Return the addresses, in English where a page has several languages, each once."""
    return sorted(set(_addresses(get_resolver(), "/")))


def _addresses(resolver: URLResolver, before: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        address = before + _sample(entry)
        if isinstance(entry, URLPattern):
            yield address
        else:
            yield from _addresses(entry, address)


def _sample(entry: URLPattern | URLResolver) -> str:
    pattern = entry.pattern
    if isinstance(pattern, LocalePrefixPattern):
        return "en/"
    if isinstance(pattern, RoutePattern):
        return ROUTE_PART.sub(lambda part: SAMPLES.get(part["kind"] or "str", "x1"), str(pattern))
    assert isinstance(pattern, RegexPattern), f"no sample is known for {pattern!r}"
    return NAMED_GROUP.sub("x1", str(pattern)).lstrip("^").rstrip("$").replace("\\Z", "").replace("\\", "")
