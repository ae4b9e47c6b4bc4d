"""`./run` in a real terminal: Ctrl-C, and a window that is closed."""

import fcntl
import os
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from eeportal.launch.places import CHECKOUT
from eeportal.launch.ports import free
from tests.launch.processes import POOL, Portal, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.unguarded("clock"), pytest.mark.xdist_group("launch")]


class Window:
    """A terminal in which the portal was started."""

    def __init__(self, home: Path) -> None:
        self.family = Portal.__new__(Portal)
        self.family.home = home
        self.screen = b""
        self.master, slave = os.openpty()
        os.set_blocking(self.master, False)
        cleared = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
        }
        self.process = subprocess.Popen(
            [sys.executable, str(CHECKOUT / "run"), "--port", str(free()), "--pool", POOL],
            env={**cleared, "XDG_STATE_HOME": str(home), "EEPORTAL_VENV": sys.prefix},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(slave)
        assert wait_for(lambda: b"is ready" in self.read(), 90), self.screen

    def read(self) -> bytes:
        """All that the screen showed so far."""
        try:
            while piece := os.read(self.master, 4096):
                self.screen += piece
        except OSError:
            return self.screen
        return self.screen

    def nothing_is_left(self) -> bool:
        return self.process.poll() is not None and not self.family.family()


def test_control_c_stops_everything(tmp_path: Path) -> None:
    window = Window(tmp_path)
    os.write(window.master, b"\x03")
    assert wait_for(lambda: window.read() and window.nothing_is_left(), 30)
    assert window.process.returncode == 0
    assert b"Stopping" in window.screen
    os.close(window.master)


def test_closing_the_window_stops_everything(tmp_path: Path) -> None:
    window = Window(tmp_path)
    os.close(window.master)
    assert wait_for(window.nothing_is_left, 30)
