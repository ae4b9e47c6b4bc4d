"""Every address that the resolver knows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Known:
    """One address: the name by which it is reversed, its route, and its view."""

    name: str
    route: str
    view: Callable[..., Any]
    pattern: URLPattern


def known_addresses() -> list[Known]:
    """Return every address, those of included packages too."""
    return list(_within(get_resolver(), "", ()))


def _within(resolver: URLResolver, prefix: str, names: tuple[str, ...]) -> Iterator[Known]:
    for found in resolver.url_patterns:
        route = prefix + str(found.pattern)
        if isinstance(found, URLResolver):
            inside = (*names, found.namespace) if found.namespace else names
            yield from _within(found, route, inside)
        else:
            yield Known(":".join((*names, found.name or "")), route, found.callback, found)
