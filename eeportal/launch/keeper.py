"""Keep one server running for as long as somebody uses it: `python -m eeportal.launch.keeper NAME STATE`."""

import fcntl
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from eeportal.launch import leases
from eeportal.launch.places import Places
from eeportal.launch.postgres import Postgres
from eeportal.launch.redis import RedisServer
from eeportal.launch.trouble import Trouble, from_system

LOOK = 0.2
SERVERS: dict[str, type[Postgres] | type[RedisServer]] = {"postgres": Postgres, "redis": RedisServer}


def main(name: str, state: str) -> int:
    """Take the keeper's lock, leave whoever called, and keep the server; the lock ends with the process."""
    places = Places(Path(state))
    with leases.keeping(places, name).open("a") as mine:
        fcntl.flock(mine, fcntl.LOCK_EX)
        if os.fork() == 0:
            keep(places, name)
            sys.stdout.flush()
            os._exit(0)
    return 0


def keep(places: Places, name: str) -> None:
    """Start the server, say where it is, and stop it when nobody is left; what goes wrong is printed."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, interrupt)
    signal.signal(signal.SIGINT, interrupt)
    server: Postgres | RedisServer | None = None
    try:
        server = SERVERS[name](places)
        server.start()
        tell(leases.address(places, name), server.url)
        with leases.users(places, name).open("a") as users:
            watch(server, users.fileno())
            end(places, name, server)
    except (Trouble, OSError) as error:
        print(error if isinstance(error, Trouble) else from_system(error), flush=True)
        end(places, name, server)
    except KeyboardInterrupt:
        end(places, name, server)


def end(places: Places, name: str, server: Postgres | RedisServer | None) -> None:
    """Stop the server, and say no longer where it is."""
    leases.address(places, name).unlink(missing_ok=True)
    if server is not None:
        server.stop()


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Turn a signal into an orderly end."""
    raise KeyboardInterrupt


def tell(path: Path, url: str) -> None:
    """Write the address at one stroke, so that nobody reads half of it."""
    draft = path.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(url)
    draft.replace(path)


def watch(server: Postgres | RedisServer, users: int) -> None:
    """Return when nobody holds the users' lock; start the server again whenever it dies before that."""
    while True:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(LOOK)
        else:
            return
        if not server.lives():
            print("The server died; starting it again.", flush=True)
            time.sleep(1)
            server.start()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
