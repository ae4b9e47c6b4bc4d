"""Read the command line and hand over: first to the installer, then to the command in the environment."""

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType

from eeportal.launch import install, places, trouble
from eeportal.launch.trouble import Trouble

USAGE = """\
usage: ./run [--port N] [--pool N] [--reset]     the whole portal on this machine, until Ctrl-C
       ./run setup                               only install
       ./run manage COMMAND …                    one of Django's commands, such as manage travel 61d
       ./run test [--all] [pytest's arguments]   the tests; --all also the slow ones
       ./run check                               lint, types, imports, migrations, translations, templates
       ./run messages                            collect and compile the translations
       ./run bench [score|pages] …               the benchmark: the whole table, or a part of it
       ./run lock                                make requirements.lock anew from requirements.in

  --port N    the web server's port on this machine (8000)
  --pool N    how many candidates the demo pool has (25000)
  --reset     begin with an empty database

The simulated sign-in partner gets the next port, or a free one.
With DATABASE_URL or REDIS_URL set, that server is used and none of its kind is started.
"""
COMMANDS = ("start", "setup", "manage", "test", "check", "messages", "bench", "lock")


def main(arguments: list[str]) -> int:
    """Run the launcher; its exit status. Every expected failure is one sentence on standard error."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, interrupt)
    try:
        return dispatch(arguments)
    except Trouble as error:
        print(f"eeportal: {error}", file=sys.stderr)
    except OSError as error:
        print(f"eeportal: {trouble.from_system(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("eeportal: stopped.", file=sys.stderr)
        return 130
    return 1


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an orderly end, so that a step of the installation ends with us."""
    raise KeyboardInterrupt


def dispatch(arguments: list[str]) -> int:
    """Install what is missing, go on inside the environment, and run the command there."""
    if arguments[:1] in (["help"], ["-h"], ["--help"]):
        print(USAGE, end="")
        return 0
    command, rest = split(arguments)
    options = read_options(rest) if command == "start" else None
    found = places.find()
    if not inside(found):
        if options:
            refuse_second_start(found, options)
        install.install(found)
        enter(found, arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eeportal.settings")
    places.share(found.lock(found.environment.name))

    from eeportal.launch import commands, portal

    if options:
        return portal.start(found, options)
    return commands.COMMANDS[command](found, rest)


def split(arguments: list[str]) -> tuple[str, list[str]]:
    """The command and its arguments; none, or an option first, means starting the portal."""
    if not arguments or arguments[0].startswith("-"):
        return "start", arguments
    if arguments[0] not in COMMANDS:
        raise Trouble(f"There is no command {arguments[0]!r}. ./run help lists them.")
    return arguments[0], arguments[1:]


def read_options(arguments: list[str]) -> argparse.Namespace:
    """The options of a start; argparse ends the program with its own sentence if one makes no sense."""
    parser = argparse.ArgumentParser(prog="./run", usage=USAGE.removeprefix("usage: "), add_help=False)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--pool", type=int, default=25_000)
    parser.add_argument("--reset", action="store_true")
    options = parser.parse_args(arguments)
    if not 1 <= options.port <= 65_535:
        raise Trouble(f"--port {options.port} is no port: choose a number from 1024 to 65535.")
    if options.pool < 1:
        raise Trouble(f"--pool {options.pool} is no number of candidates: choose 1 or more.")
    return options


def refuse_second_start(found: places.Places, options: argparse.Namespace) -> None:
    """Before minutes go into installing, see that the port is free and that no portal runs from here."""
    from eeportal.launch import ports

    ports.require_alone(found)
    ports.require_free(options.port)


def inside(found: places.Places) -> bool:
    """Whether this process already runs in the environment."""
    return Path(sys.prefix).resolve() == found.environment.resolve() and up_to_date(found)


def up_to_date(found: places.Places) -> bool:
    """Whether the environment holds what the lock names; one that somebody else made is trusted."""
    if os.environ.get("EEPORTAL_VENV"):
        return True
    return install.read(found.environment / install.STAMP) == install.fingerprint(install.LOCK)


def enter(found: places.Places, arguments: list[str]) -> None:
    """Go on as the environment's Python, in the same process."""
    sys.stdout.flush()
    launcher = str(places.CHECKOUT / "run")
    os.execv(found.python, [str(found.python), launcher, *arguments])
