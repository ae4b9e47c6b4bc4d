"""Where things are: the checkout, and the state folder outside it."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from eeportal.launch.trouble import Trouble

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """The folders of one checkout. A checkout's state folder is named after its path."""

    state: Path

    @cached_property
    def environment(self) -> Path:
        """The virtual environment: EEPORTAL_VENV as it is, else one of our own."""
        given = os.environ.get("EEPORTAL_VENV")
        return Path(given) if given else self.state / "venv"

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.environment / "bin" / "python"

    def log(self, name: str) -> Path:
        """The log file of a part."""
        return self.state / "logs" / f"{name}.log"

    def lock(self, name: str) -> Path:
        """A file that exists to be locked."""
        return self.state / f"{name}.lock"


def find() -> Places:
    """The places of this checkout; the state folder is made if it is missing, for its owner only."""
    home = os.environ.get("XDG_STATE_HOME", "").strip()
    base = Path(home) if home else Path.home() / ".local" / "state"
    if not base.is_absolute():
        raise Trouble(f"XDG_STATE_HOME is {home!r}: set it to an absolute path, or unset it.")
    digest = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:10]
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", CHECKOUT.name).strip("-.") or "checkout"
    state = base / "eeportal" / f"{name}-{digest}"
    if not state.exists():
        base.mkdir(parents=True, exist_ok=True)
        state.parent.mkdir(exist_ok=True)
        state.mkdir(mode=0o700)
    (state / "logs").mkdir(exist_ok=True)
    return Places(state)


@contextmanager
def locked(path: Path, otherwise: str) -> Iterator[None]:
    """Hold the file's lock alone, or raise Trouble with the sentence `otherwise` if somebody else has it."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(otherwise) from None
        yield


def share(path: Path) -> int:
    """Hold the file's lock together with others until this process ends, whatever program it becomes.

    Returns the descriptor. Waits while somebody holds the lock alone.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def alone(path: Path) -> bool:
    """Whether nobody holds the file's lock at this moment."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True
