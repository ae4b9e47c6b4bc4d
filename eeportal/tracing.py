"""One id and one line for each request, and the same id in whatever the request starts."""

import logging
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from celery.contrib.django.task import DjangoTask
from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from eeportal import metrics
from eeportal.routes import PLACE, method_of, route_of
from lifecycle import tracing

GetResponse = Callable[[HttpRequest], HttpResponse]

HEADER = "X-Request-ID"
QUIET = frozenset({"healthz", "readyz", "metrics", "static"})
"""What machines ask for every few seconds, and files: counted, but not written down."""

access = logging.getLogger("eeportal.access")
tasks = logging.getLogger("eeportal.tasks")


class RequestMiddleware:
    """Gives a request its id, tells it in the answer, and writes one line: route, status, seconds, statements.

    An id that comes along is believed only behind a proxy of ours, which sets it or takes it away.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came = request.headers.get(HEADER, "") if settings.BEHIND_PROXY else ""
        began, statements = time.perf_counter(), Statements()
        with tracing.request(came) as request_id, statements.counted():
            request.META[PLACE] = request_id
            response = self.get_response(request)
            response.headers[HEADER] = request_id
            write_down(request, response, time.perf_counter() - began, statements.count)
        return response


class Statements:
    """How many statements this thread sent to the databases."""

    def __init__(self) -> None:
        self.count = 0

    def counted(self) -> ExitStack:
        """Count while the block lasts."""
        held = ExitStack()
        for alias in connections:
            held.enter_context(connections[alias].execute_wrapper(self._one))
        return held

    def _one(self, execute: Callable[..., Any], *told: Any) -> Any:
        self.count += 1
        return execute(*told)


def write_down(request: HttpRequest, response: HttpResponse, seconds: float, statements: int) -> None:
    """Count an answer and write its line; no address is in it, for addresses name people's things."""
    route, method = route_of(request), method_of(request)
    metrics.REQUESTS.labels(route, method, response.status_code).inc()
    metrics.REQUEST_SECONDS.labels(route).observe(seconds)
    if route not in QUIET:
        told = {
            "method": method,
            "route": route,
            "status_code": response.status_code,
            "seconds": round(seconds, 3),
            "queries": statements,
        }
        access.info("answered", extra=told)


class TracedTask(DjangoTask):
    """A task whose message carries the id of the request that started it, and whose runs are timed and counted."""

    def apply_async(self, *args: Any, headers: dict[str, Any] | None = None, **options: Any) -> Any:
        """Send the task's message with the id of the present request, if there is one."""
        if request_id := tracing.REQUEST.get():
            headers = {**(headers or {}), "request_id": request_id}
        return super().apply_async(*args, headers=headers, **options)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Run the task; a run that a worker began has its id in every log line, and is counted."""
        if self.request.called_directly:
            return super().__call__(*args, **kwargs)
        with tracing.run(str(self.request.id), (self.request.headers or {}).get("request_id")):
            return self._timed(args, kwargs)

    def _timed(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        began, outcome = time.perf_counter(), "failed"
        try:
            answer = self.run(*args, **kwargs)
            outcome = "done"
            return answer
        except (OperationalError, InterfaceError, RedisError) as error:
            metrics.AWAY.labels(part_away(error)).inc()
            raise
        finally:
            seconds = time.perf_counter() - began
            metrics.TASKS.labels(self.name, outcome).inc()
            metrics.TASK_SECONDS.labels(self.name).observe(seconds)
            told = {"task": self.name, "outcome": outcome, "seconds": round(seconds, 3)}
            tasks.info("ended", extra=told)


def part_away(error: Exception) -> str:
    """Return which part an error of ``eeportal.outages.AWAY`` is about."""
    return "broker" if isinstance(error, RedisError) else "database"
