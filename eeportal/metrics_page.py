"""/metrics: what all web processes counted and how the portal stands, for Prometheus. Closed without a token."""

from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from eeportal.exposition import CLOSED, UNKNOWN, admitted, told
from eeportal.figures import Figures


def answer(request: HttpRequest) -> HttpResponse:
    """The numbers to whoever has the token (``Authorization: Bearer …``), 401 to others; 404 where none is set."""
    status = admitted(request.headers.get("Authorization", ""))
    if status == CLOSED:
        return HttpResponse(status=CLOSED)
    if status == UNKNOWN:
        return HttpResponse(status=UNKNOWN, headers={"WWW-Authenticate": "Bearer"})
    response = HttpResponse(told(Figures()), content_type=CONTENT_TYPE_PLAIN_0_0_4)
    response.headers["Cache-Control"] = "no-store"
    return response
