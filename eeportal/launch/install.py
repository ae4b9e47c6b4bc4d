"""Install the locked requirements by plain pip into the environment, and only when the lock has changed."""

import hashlib
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from eeportal.launch.places import CHECKOUT, Places, locked
from eeportal.launch.trouble import Trouble, require_space

LOCK = CHECKOUT / "requirements.lock"
STAMP = "installed.sha256"
SPACE = 1.5

REASONS = (
    (r"No space left|Errno 28|Disk quota", "the disk is full. Free about 1.5 GB, then start again."),
    (
        r"NewConnectionError|ConnectTimeout|ReadTimeout|name resolution|Network is unreachable|"
        r"Connection refused|ProxyError|Max retries|No matching distribution",
        "the packages could not be downloaded. Connect this machine to the internet (or set pip's index to a "
        "mirror that it can reach), then start again. After one good start no network is needed.",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "a downloaded file is not the one that requirements.lock names. Try again; if it happens again, "
        "do not trust the mirror that pip is set to.",
    ),
    (
        r"requires a different Python|not a supported wheel",
        "a package has no file for this Python. Use Python 3.11 or 3.12, then start again.",
    ),
)


def fingerprint(lock: Path) -> str:
    """What the installation depends on: the lock and the Python that runs it."""
    digest = hashlib.sha256(lock.read_bytes())
    digest.update(sys.version.encode())
    return digest.hexdigest()


def install(places: Places) -> None:
    """Make the environment hold exactly what requirements.lock names; nothing happens if it does."""
    if os.environ.get("EEPORTAL_VENV"):
        if not places.python.exists():
            raise Trouble(f"EEPORTAL_VENV names {places.environment}, which holds no bin/python: unset it.")
        return
    install_into(places, places.environment, LOCK)


def install_into(places: Places, folder: Path, lock: Path) -> None:
    """Make a virtual environment in `folder` hold what `lock` names, unless it does already."""
    stamp = folder / STAMP
    wanted = fingerprint(lock)
    if read(stamp) == wanted and (folder / "bin" / "python").exists():
        return
    busy = (
        "The packages must be installed anew, but another terminal is installing or using them: wait for it, "
        "or stop the portal there with Ctrl-C, then start again."
    )
    with locked(places.lock(folder.name), busy):
        require_space(places.state, SPACE, "installing the packages")
        stamp.unlink(missing_ok=True)
        make_environment(places, folder)
        count = len(re.findall(r"(?m)^[A-Za-z0-9]", lock.read_text()))
        print(f"Installing {count} packages into {folder} (once, about a minute) …", flush=True)
        pip = [str(folder / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--no-input"]
        run(places, [*pip, "install", "--quiet", "--no-compile", "--require-hashes", "-r", str(lock)])
        stamp.write_text(wanted)


def read(stamp: Path) -> str:
    """The stamp's text, or nothing."""
    return stamp.read_text() if stamp.exists() else ""


def make_environment(places: Places, folder: Path) -> None:
    """An environment with pip, made by the Python that runs the launcher."""
    if find_spec("venv") is None or find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Trouble(
            "This Python lacks its venv module, so the packages have no place to go: install it (on Debian "
            f"and Ubuntu: apt-get install python{version}-venv), then start again."
        )
    run(places, [sys.executable, "-m", "venv", "--clear", str(folder)])


def run(places: Places, command: list[str]) -> None:
    """Run one step of the installation; Trouble with the reason, and where its story is, if it fails."""
    log = places.log("install")
    with log.open("w") as output:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
    if done.returncode:
        story = log.read_text(errors="replace")
        for pattern, reason in REASONS:
            if re.search(pattern, story):
                raise Trouble(f"Installing failed: {reason} (Details: {log})")
        last = next((line for line in reversed(story.splitlines()) if line.strip()), "no output")
        raise Trouble(f"Installing failed: {last.strip()} (Details: {log})")
