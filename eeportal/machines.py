"""What machines ask for: /healthz, /readyz and /metrics. Without sign-in, session, language or a known host name."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from eeportal import health, metrics_page, readiness
from eeportal.routes import MACHINES

GetResponse = Callable[[HttpRequest], HttpResponse]

ANSWERS: Mapping[str, Callable[[HttpRequest], HttpResponse]] = {
    "healthz": lambda _request: health.answer(),
    "readyz": lambda _request: readiness.answer(),
    "metrics": metrics_page.answer,
}


class MachinesMiddleware:
    """Answers machines before anything that could need the database, a session or a known host name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = MACHINES.get(request.path)
        if name is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        return ANSWERS[name](request)
