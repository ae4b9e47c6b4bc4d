"""The page for an error of ours: one for what is broken, another for what is only away for a while."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from redis.exceptions import RedisError

AWAY = (OperationalError, InterfaceError, RedisError)
"""Database or Redis unreachable, or a lock that did not come in time: the same request may well work later."""

SECONDS = 30


def server_error(_request: HttpRequest) -> HttpResponse:
    """Answer 503 with a time to come back when a part is away, 500 for every other error; neither needs that part."""
    if isinstance(sys.exception(), AWAY):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": str(SECONDS)})
    return HttpResponse(render_to_string("500.html"), status=500)
