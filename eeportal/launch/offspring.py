"""Child processes that cannot outlive their parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def spawn(
    command: list[str],
    *,
    log: IO[Any] | None,
    folder: Path,
    variables: Mapping[str, str] | None = None,
    last_signal: signal.Signals = signal.SIGTERM,
    user: str | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a child in its own session, its output in `log` (None: where ours goes).

    On Linux the kernel sends it `last_signal` when this process dies. The kernel takes the death of the
    thread that started it for that, so call this from the main thread only, and from no other.
    """
    parent = os.getpid()

    def tie() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, int(last_signal), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)

    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=None if log is None else subprocess.STDOUT,
        cwd=folder,
        env={**os.environ, **(variables or {})},
        start_new_session=True,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        preexec_fn=tie,
    )


def end(children: "list[subprocess.Popen[bytes]]", seconds: float) -> None:
    """Ask the children and all of their own to end, and after that many seconds make them."""
    for child in children:
        signal_group(child, signal.SIGTERM)
    for child in children:
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            seconds = 0.1
    for child in children:
        signal_group(child, signal.SIGKILL)
        child.wait()


def signal_group(child: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Signal a child's whole process group, if any of it is left."""
    try:
        os.killpg(child.pid, number)
    except (ProcessLookupError, PermissionError):
        return
