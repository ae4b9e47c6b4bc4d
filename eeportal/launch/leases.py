"""Use of a server that several terminals share: the first one starts its keeper, the last one lets it end.

A user holds a shared lock on a file for as long as it lives. The keeper stops its server when it can have
that lock alone. The kernel lifts the locks of a process that dies, however it dies, so nothing is left over.
"""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from eeportal.launch.places import CHECKOUT, Places, alone
from eeportal.launch.trouble import Trouble

PATIENCE = 60.0
PAUSE = 0.05


class Lease:
    """The right to use one server; `url` tells where it is."""

    def __init__(self, places: Places, name: str) -> None:
        self.places = places
        self.name = name
        self.descriptor = os.open(users(places, name), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self.descriptor, fcntl.LOCK_SH)
        with starting(places, name):
            self.url = find_server(places, name)

    def survive_exec(self) -> None:
        """Let the program that this process becomes hold the lease."""
        os.set_inheritable(self.descriptor, True)

    def end(self) -> None:
        """Give the lease back, and see the server stopped unless somebody else uses it."""
        os.close(self.descriptor)
        ended(self.places, self.name)


def users(places: Places, name: str) -> Path:
    """The file whose lock the users share."""
    return places.lock(f"{name}-users")


def keeping(places: Places, name: str) -> Path:
    """The file whose lock the keeper has while it lives."""
    return places.lock(f"{name}-keeper")


def address(places: Places, name: str) -> Path:
    """The file in which the keeper says where its server is."""
    return places.state / f"{name}.url"


@contextmanager
def starting(places: Places, name: str) -> Iterator[None]:
    """Let one user at a time look whether a keeper must be started."""
    with places.lock(f"{name}-start").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def others_use(places: Places, name: str) -> bool:
    """Whether somebody shares the lock (as against the keeper, which has it alone while it stops)."""
    with users(places, name).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def ended(places: Places, name: str) -> bool:
    """Wait for the server's end if nobody uses it; whether it has ended."""
    limit = time.monotonic() + 15
    while not alone(keeping(places, name)):
        if others_use(places, name) or time.monotonic() > limit:
            return False
        time.sleep(PAUSE)
    return True


def start_keeper(places: Places, name: str) -> None:
    """Start the server's keeper, which leaves us at once: it belongs to no terminal and to no process."""
    address(places, name).unlink(missing_ok=True)
    with places.log(name).open("w") as log:
        subprocess.run(
            [sys.executable, "-m", "eeportal.launch.keeper", name, str(places.state)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=CHECKOUT,
            start_new_session=True,
            check=False,
        )


def find_server(places: Places, name: str) -> str:
    """The server's address, once it answers; without a keeper, or after one that is just ending, of a new one."""
    limit = time.monotonic() + PATIENCE
    started = False
    while time.monotonic() < limit:
        if alone(keeping(places, name)):
            if started:
                break
            start_keeper(places, name)
            started = True
        elif address(places, name).exists():
            return address(places, name).read_text()
        else:
            time.sleep(PAUSE)
    raise Trouble(why_not(places, name))


def why_not(places: Places, name: str) -> str:
    """What the keeper said last."""
    lines = [line.strip() for line in places.log(name).read_text(errors="replace").splitlines()]
    last = next((line for line in reversed(lines) if line), "it said nothing")
    return f"{name} did not start: {last} (Details: {places.log(name)})"
