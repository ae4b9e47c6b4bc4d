"""Find and follow the real processes of one state folder."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import psutil

from eeportal.launch.places import CHECKOUT
from eeportal.launch.ports import free


def wait_for(condition: Callable[[], object], seconds: float) -> bool:
    """Whether the condition comes true in that time."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if condition():
            return True
        time.sleep(0.1)
    return bool(condition())


POOL = "150"


class Portal:
    """`./run` in a session of its own, with a state folder of its own."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        checkout: Path = CHECKOUT,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.home = home
        self.port = free()
        self.output = home / f"output-{self.port}"
        cleared = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
        }
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(checkout / "run"), "--port", str(self.port), "--pool", POOL, *arguments],
                env={
                    **cleared,
                    "XDG_STATE_HOME": str(home),
                    "EEPORTAL_VENV": sys.prefix,
                    **(variables or {}),
                },
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait until the portal says that it is ready."""
        ready = wait_for(lambda: "is ready" in self.said() or self.process.poll() is not None, 120)
        assert ready, self.said()
        assert self.process.poll() is None, self.said()

    def said(self) -> str:
        return self.output.read_text()

    def health(self) -> dict[str, str]:
        """What /healthz says; empty while nothing answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz")
            told: dict[str, str] = json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException):
            return {}
        finally:
            connection.close()
        return told

    def all_up(self) -> bool:
        """Whether every part that the portal needs is up."""
        return {up for part, up in self.health().items() if part != "partner"} == {"up"}

    def family(self) -> list[psutil.Process]:
        """Every process that this start made, by the state folder in its environment, whoever its parent is."""
        return [process for process in psutil.process_iter() if belongs(process, self.home)]

    def part(self, word: str) -> psutil.Process:
        """The first process with that word among its arguments."""
        assert wait_for(lambda: self.parts(word), 10), self.said()
        return self.parts(word)[0]

    def parts(self, word: str) -> list[psutil.Process]:
        """Every process with that word among its arguments."""
        return [process for process in self.family() if word in process.cmdline()]

    def seconds_of_work(self) -> float:
        """Processor time of all processes so far, ended ones too: what the start takes on an idle machine."""
        times = [process.cpu_times() for process in self.family()]
        return sum(time.user + time.system + time.children_user + time.children_system for time in times)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal the launcher alone and wait for it; its exit status."""
        self.process.send_signal(number)
        return self.process.wait(30)


def belongs(process: psutil.Process, home: Path) -> bool:
    """Whether a living process was started for that state folder."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE and process.environ().get("XDG_STATE_HOME") == str(
            home
        )
    except psutil.Error:
        return False


@contextlib.contextmanager
def portal(home: Path, *arguments: str, **variables: str) -> Iterator[Portal]:
    """A portal that is ready, and gone afterwards."""
    started = Portal(home, *arguments, variables=variables)
    try:
        started.wait_until_ready()
        yield started
    finally:
        if started.process.poll() is None:
            started.end()
