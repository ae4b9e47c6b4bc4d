"""The page for an error of ours: one for what is broken, another for what is only away for a while."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from redis.exceptions import RedisError

from eeportal import metrics
from eeportal.tracing import part_away
from lifecycle import tracing

AWAY = (OperationalError, InterfaceError, RedisError)
"""Database or Redis unreachable, or a lock that did not come in time: the same request may well work later."""

SECONDS = 30


def server_error(_request: HttpRequest) -> HttpResponse:
    """Answer 503 with a time to come back when a part is away, 500 for every other error; neither needs that part.

    Both tell a reference, by which the log lines of the request are found.
    """
    context = {"reference": tracing.REQUEST.get()}
    error = sys.exception()
    if isinstance(error, AWAY):
        metrics.AWAY.labels(part_away(error)).inc()
        page = render_to_string("503.html", context)
        return HttpResponse(page, status=503, headers={"Retry-After": str(SECONDS)})
    return HttpResponse(render_to_string("500.html", context), status=500)
