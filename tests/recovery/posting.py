"""A mail server that takes its time, and processes that send by it."""

from collections.abc import Iterator
from threading import Thread

import pytest

from tests.mail_server import MailServer


@pytest.fixture
def post() -> Iterator[MailServer]:
    with MailServer() as server:
        server.pause = 0.01
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def by_mail(server: MailServer) -> dict[str, str]:
    """The variables of a portal whose mail server is that one."""
    return {
        "EEPORTAL_DEMO": "0",
        "EEPORTAL_EMAIL_HOST": "127.0.0.1",
        "EEPORTAL_EMAIL_PORT": str(server.port),
        "EEPORTAL_EMAIL_TLS": "0",
    }


def ids(server: MailServer) -> list[str]:
    return [str(message["Message-ID"]) for _to, message in server.taken]
