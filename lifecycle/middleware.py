"""Every request reads the portal's clock once, so that one page shows one instant."""

from collections.abc import Callable
from datetime import date, datetime
from typing import cast

from django.http import HttpRequest, HttpResponse

from lifecycle import clock

# A health check must answer when the database does not, and has no use for the portal's clock.
CLOCKLESS_PATHS = ("/healthz", "/static/")


class PortalRequest(HttpRequest):
    """A request as the views see it. ``seen_at`` is there on a page that a replica of the database was read for."""

    at: datetime
    today: date
    seen_at: datetime


class PortalClockMiddleware:
    """Put the portal's instant and day on the request as ``at`` and ``today``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(CLOCKLESS_PATHS):
            portal_request = cast("PortalRequest", request)
            portal_request.at = clock.now()
            portal_request.today = portal_request.at.date()
        return self.get_response(request)
