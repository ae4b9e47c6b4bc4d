"""The real partner as a process of its own, with a database of its own beside the tests'."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from eeportal.launch.places import CHECKOUT
from eeportal.launch.ports import free
from tests.launch.processes import wait_for


@dataclass
class Partner:
    """The process, where it is, and its state folder."""

    url: str
    state: Path
    variables: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "partner", str(urlsplit(self.url).port)],
                cwd=CHECKOUT,
                env={**os.environ, **self.variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        assert wait_for(lambda: answers(self.url) or self.ended(), 40), self.log.read_text()
        assert not self.ended(), self.log.read_text()

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self) -> None:
        """End it, as a crash would not."""
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(20)


def answers(url: str) -> bool:
    """Whether something listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(urlsplit(url).port or 0))) == 0


@contextmanager
def running_partner(folder: Path, portal: str, **variables: str) -> Iterator[Partner]:
    """A partner that knows the portal at that address; afterwards it and its database are gone."""
    name = connection.settings_dict["NAME"]
    beside = urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()
    url = f"http://localhost:{free()}"
    told = {
        "DATABASE_URL": beside,
        "EEPORTAL_PARTNER_URL": url,
        "EEPORTAL_PARTNER_STATE": str(folder / "state"),
        "EEPORTAL_BASE_URL": portal,
        **variables,
    }
    partner = Partner(url, folder / "state", told, folder / "log")
    try:
        partner.start()
        yield partner
    finally:
        partner.stop()
        with psycopg.connect(beside, autocommit=True) as server:
            mine = sql.Identifier(f"{name}_partner")
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(mine))
