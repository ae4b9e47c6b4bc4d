"""Names for what a request asks for, of which there are only so many, and none of which names a person's thing."""

from django.conf import settings
from django.http import HttpRequest

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
MACHINES = {"/healthz": "healthz", "/readyz": "readyz", "/metrics": "metrics"}
NOWHERE = "nowhere"
PLACE = "eeportal.request_id"
"""Where a request keeps its id, for what is written of it once it is over."""


def route_of(request: HttpRequest) -> str:
    """Return the name of the route that answered, such as draws:round; never the address with its numbers."""
    if match := getattr(request, "resolver_match", None):
        return str(match.view_name)
    if request.path.startswith(settings.STATIC_URL):
        return "static"
    return MACHINES.get(request.path, NOWHERE)


def method_of(request: HttpRequest) -> str:
    """Return the method, or OTHER: a visitor can send any word."""
    return str(request.method) if request.method in METHODS else "OTHER"
