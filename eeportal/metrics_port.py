"""A worker's own numbers on a port of its own: it serves no pages, and may be on another machine than the web."""

import threading
from collections.abc import Callable, Iterable
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from celery import bootsteps
from django.conf import settings
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from eeportal.exposition import CLOSED, UNKNOWN, admitted, told

StartResponse = Callable[[str, list[tuple[str, str]]], object]
EVERYWHERE = ""


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer /metrics like a web process does, with what this worker counted; everything else is not there."""
    status = admitted(environ.get("HTTP_AUTHORIZATION", "")) if environ["PATH_INFO"] == "/metrics" else CLOSED
    if status == CLOSED:
        start_response("404 Not Found", [])
        return []
    if status == UNKNOWN:
        start_response("401 Unauthorized", [("WWW-Authenticate", "Bearer")])
        return []
    start_response("200 OK", [("Content-Type", CONTENT_TYPE_PLAIN_0_0_4)])
    return [told()]


class Quiet(WSGIRequestHandler):
    """Writes no line for each look."""

    timeout = 10

    def log_message(self, *_told: Any) -> None:
        """Say nothing."""


class Server(ThreadingMixIn, WSGIServer):
    """A slow reader keeps no other waiting."""

    daemon_threads = True


class MetricsPort(bootsteps.StartStopStep):
    """Opens the port with the worker and closes it with it; does nothing unless a token and a port are set."""

    def __init__(self, parent: Any, **kwargs: Any) -> None:
        super().__init__(parent, **kwargs)
        self.server: WSGIServer | None = None

    def include_if(self, _parent: Any) -> bool:
        """Whether the settings ask for it."""
        return bool(settings.EEPORTAL_METRICS_TOKEN and settings.EEPORTAL_METRICS_PORT)

    def start(self, _parent: Any) -> None:
        """Answer on the port from a thread of its own."""
        port = settings.EEPORTAL_METRICS_PORT
        self.server = make_server(EVERYWHERE, port, application, server_class=Server, handler_class=Quiet)
        threading.Thread(target=self.server.serve_forever, name="metrics", daemon=True).start()

    def stop(self, _parent: Any) -> None:
        """Close the port."""
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
