"""The answer to a try over the limit."""

from collections.abc import Iterable
from datetime import timedelta
from math import ceil

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from prometheus_client import Counter

from accounts.limiting.limits import Limit, free_at
from lifecycle import clock

TOO_MANY_REQUESTS = 429
REFUSED = Counter("eeportal_refused_tries", "Tries over a limit, by the limit's name.", ("limit",))


def too_many(
    request: HttpRequest,
    limit: Limit,
    account: int | str | None = None,
    *,
    keep: Iterable[str] = (),
    template: str = "429.html",
) -> HttpResponse:
    """Say that it was tried too often, when the next try is allowed, and what to do meanwhile.

    The fields of ``keep``, which must be no secrets, are sent again by its button, so that they stay typed.
    """
    REFUSED.labels(limit.name).inc()
    at = free_at(request, limit, account)
    wait = max(at - clock.real_now(), timedelta(seconds=1))
    typed = [(name, request.POST[name]) for name in keep if name in request.POST]
    context = {
        "limit": limit.name,
        "free_at": at,
        "minutes": ceil(wait / timedelta(minutes=1)),
        "typed": typed,
    }
    response = render(request, template, context, status=TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(ceil(wait.total_seconds()))
    return response
