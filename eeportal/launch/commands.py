"""The launcher's other commands, inside the environment."""

import os
import subprocess
import sys
from collections.abc import Callable

from eeportal.launch import checks, install
from eeportal.launch.leases import Lease
from eeportal.launch.places import CHECKOUT, Places
from eeportal.launch.trouble import Trouble

# Commands of Django's that read or write no database.
SERVERLESS = {
    "", "--help", "--version", "-h", "check_messages", "collectstatic", "compilemessages", "diffsettings",
    "findstatic", "help", "messages", "score", "version",
}  # fmt: skip


def setup(places: Places, arguments: list[str]) -> int:
    """Only install."""
    if arguments:
        raise Trouble("./run setup takes no arguments.")
    print(f"Installed in {places.environment}. ./run starts the portal.")
    return 0


def manage(places: Places, arguments: list[str]) -> int:
    """Become one of Django's commands; the servers it needs run for as long as it does."""
    if next(iter(arguments), "") not in SERVERLESS:
        hold_servers(places)
    become([str(CHECKOUT / "manage.py"), *arguments])
    return 0


def hold_servers(places: Places) -> None:
    """Let this process, whatever program it becomes, use the database and the broker."""
    from eeportal.launch.portal import SERVERS

    for name, variable in SERVERS.items():
        if not os.environ.get(variable):
            lease = Lease(places, name)
            os.environ[variable] = lease.url
            lease.survive_exec()


def become(arguments: list[str]) -> None:
    """Go on as Python with these arguments, in the same process."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *arguments])


def test(_places: Places, arguments: list[str]) -> int:
    """Become pytest; it starts the servers it needs by itself."""
    own_count = any(word.startswith(("-n", "--numprocesses", "--pdb")) for word in arguments)
    os.chdir(CHECKOUT)
    become(["-m", "pytest", *([] if own_count else ["-n", "2", "--dist", "loadgroup"]), *arguments])
    return 0


def check(places: Places, arguments: list[str]) -> int:
    """Every check that runs no test; 1 when one of them finds something."""
    if arguments:
        raise Trouble("./run check takes no arguments.")
    hold_servers(places)
    return checks.run_all()


def messages(_places: Places, arguments: list[str]) -> int:
    """Collect the texts to translate and compile the translations."""
    become([str(CHECKOUT / "manage.py"), "messages", *arguments])
    return 0


def bench(places: Places, arguments: list[str]) -> int:
    """Become the benchmark, in the environment that bench/requirements.lock describes; only score needs no database."""
    if arguments[:1] != ["score"]:
        hold_servers(places)
    lock = CHECKOUT / "bench" / "requirements.lock"
    os.chdir(CHECKOUT)
    python = sys.executable
    if lock.exists():
        install.install_into(places, places.state / "bench-venv", lock)
        python = str(places.state / "bench-venv" / "bin" / "python")
    os.execv(python, [python, "-m", "bench", *arguments])


def lock(places: Places, _arguments: list[str]) -> int:
    """Make requirements.lock anew from requirements.in, for every kind of machine, with hashes."""
    folder = places.state / "lock-venv"
    install.make_environment(places, folder)
    python = str(folder / "bin" / "python")
    install.run(places, [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "uv"])
    for source in (CHECKOUT / "requirements.in", CHECKOUT / "bench" / "requirements.in"):
        if source.exists():
            command = [
                python, "-m", "uv", "pip", "compile", str(source), "--upgrade", "--universal",
                "--generate-hashes", "--python-version", "3.11", "--no-emit-index-url",
                "--no-emit-find-links", "--no-header", "--no-annotate", "--quiet",
                "--output-file", str(source.with_suffix(".lock")),
            ]  # fmt: skip
            if status := subprocess.run(command, check=False).returncode:
                return status
    return 0


COMMANDS: dict[str, Callable[[Places, list[str]], int]] = {
    "setup": setup,
    "manage": manage,
    "test": test,
    "check": check,
    "messages": messages,
    "bench": bench,
    "lock": lock,
}
