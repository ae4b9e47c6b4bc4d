"""Real web processes on the test's own database, and many visitors who send a form at the same moment."""

import contextlib
import http.client
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from urllib.parse import urlencode

from django.conf import settings

from eeportal.launch.ports import free
from tests.races.test_killed_worker import ROOT, database_url

CROWD = 40
TOKEN = "a" * 32


@dataclass(frozen=True)
class Answer:
    """What a visitor got."""

    status: int
    content: bytes


@dataclass(frozen=True)
class Sent:
    """A form that one visitor sends."""

    path: str
    typed: dict[str, str]
    headers: dict[str, str] = field(default_factory=dict)
    session: str = ""

    def status(self, port: int) -> int:
        """Send it and return the answer's status."""
        return self.answer(port).status

    def answer(self, port: int) -> Answer:
        """Send it over a connection of its own and return the answer."""
        cookies = {settings.CSRF_COOKIE_NAME: TOKEN, settings.SESSION_COOKIE_NAME: self.session}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items() if value),
            **self.headers,
        }
        try:
            connection.request(
                "POST", self.path, urlencode(self.typed | {"csrfmiddlewaretoken": TOKEN}), headers
            )
            answer = connection.getresponse()
            return Answer(answer.status, answer.read())
        finally:
            connection.close()


def all_at_once(port: int, forms: Sequence[Sent]) -> Counter[int]:
    """Send all forms, forty visitors at a time who begin together; return how often each status came."""
    barrier = Barrier(min(CROWD, len(forms)))

    def visitor(number: int) -> list[int]:
        barrier.wait(timeout=30)
        return [form.status(port) for form in forms[number :: barrier.parties]]

    with ThreadPoolExecutor(barrier.parties) as crowd:
        return Counter(status for told in crowd.map(visitor, range(barrier.parties)) for status in told)


@contextlib.contextmanager
def web_processes(headers: Mapping[str, str] | None = None, **variables: str) -> Iterator[int]:
    """Two gunicorn processes of four threads, as ``./run`` starts them; their port.

    ``headers`` are those with which they answer a page, where they do not answer without.
    """
    port = free()
    command = [
        sys.executable, "-m", "gunicorn", "eeportal.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
        "--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning",
    ]  # fmt: skip
    environment = {**os.environ, "DATABASE_URL": database_url(), **variables}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(process, port, headers or {})
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, headers: Mapping[str, str]) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        assert process.poll() is None, "the web server did not start"
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
            connection.request("GET", "/en/account/login/", headers=dict(headers))
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the web server did not answer in time")
