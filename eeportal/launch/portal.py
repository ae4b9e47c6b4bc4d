"""`./run`: everything at once, until Ctrl-C."""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from eeportal.environment import RELAXED, Environment
from eeportal.launch import leases, offspring, ports
from eeportal.launch.leases import Lease
from eeportal.launch.places import CHECKOUT, Places, locked
from eeportal.launch.supervisor import Part, Supervisor
from eeportal.launch.trouble import Trouble

SERVERS = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
PARTNER = "partner"


def start(places: Places, options: argparse.Namespace) -> int:
    """Run the portal until somebody stops it; 0 after an orderly stop."""
    with locked(places.lock("portal"), ports.already(places)):
        ports.require_free(options.port)
        if options.reset:
            reset(places)
        address = f"http://localhost:{options.port}/"
        told = Environment().text("EEPORTAL_BASE_URL", address.rstrip("/"))
        variables = {
            "EEPORTAL_BASE_URL": told,
            "PROMETHEUS_MULTIPROC_DIR": str(numbers_folder(places)),
            **partner_variables(places, options.port),
        }
        supervisor = Supervisor(places, [*partner_parts(variables), *parts(options.port)], variables)
        held: list[Lease] = []
        try:
            (places.state / "address").write_text(address)
            start_servers(places, held)
            start_partner(supervisor)
            prepare(supervisor, options.pool)
            serve(supervisor, options.port, address)
        finally:
            stop(supervisor, held)
            (places.state / "address").unlink(missing_ok=True)
    return 0


def reset(places: Places) -> None:
    """Remove the embedded database and the partner's keys; Trouble if the database is somebody's own or in use."""
    if os.environ.get("DATABASE_URL"):
        raise Trouble(
            "--reset empties only the portal's own database: unset DATABASE_URL, or empty yours yourself."
        )
    if not leases.ended(places, "postgres"):
        raise Trouble("The database is in use in another terminal: stop what runs there, then start again.")
    shutil.rmtree(places.state / "postgres", ignore_errors=True)
    shutil.rmtree(places.state / PARTNER, ignore_errors=True)


def start_servers(places: Places, held: list[Lease]) -> None:
    """Start what DATABASE_URL and REDIS_URL do not name already, name it there, and note each lease."""
    for name, variable in SERVERS.items():
        if not os.environ.get(variable):
            lease = Lease(places, name)
            os.environ[variable] = lease.url
            held.append(lease)
    if os.geteuid() == 0 and any(lease.name == "postgres" for lease in held):
        print(
            "You are root, and PostgreSQL does not run as root: it runs as the system user eeportal-db. "
            f"Others may pass through (not read) the folders down to {places.state}. "
            "A normal user needs neither.",
            flush=True,
        )


def numbers_folder(places: Places) -> Path:
    """An empty folder in which web and worker add up what they count; each process that starts adds a few files."""
    folder = places.state / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder


def partner_variables(places: Places, port: int) -> dict[str, str]:
    """Where the simulated sign-in partner is; nothing when the portal runs without the demo, or was told of another."""
    told = Environment()
    demo = told.flag("EEPORTAL_DEMO", True) and told.text("EEPORTAL_ENV", "development") == "development"
    if not demo or told.text("EEPORTAL_PARTNER_URL"):
        return {}
    return {
        "EEPORTAL_PARTNER_URL": f"http://localhost:{ports.beside(port)}",
        "EEPORTAL_PARTNER_STATE": str(places.state / PARTNER),
    }


def partner_parts(variables: Mapping[str, str]) -> list[Part]:
    """The partner's process, if there is to be one."""
    url = variables.get("EEPORTAL_PARTNER_URL")
    return [Part(PARTNER, [sys.executable, "-m", PARTNER, url.rpartition(":")[2]])] if url else []


def start_partner(supervisor: Supervisor) -> None:
    """Let the partner prepare its database while the portal prepares its own. Nobody waits for it."""
    for part in supervisor.parts:
        supervisor.places.log(part.name).write_text("")
        if part.name == PARTNER and not supervisor.stopping():
            supervisor.start_part(part)


def parts(port: int) -> list[Part]:
    """The processes of the portal, in the order in which they start."""
    celery = [sys.executable, "-m", "celery", "-A", "eeportal.celery", "--quiet"]
    web = [
        sys.executable, "-m", "gunicorn", "eeportal.wsgi", "--bind", f"{ports.ADDRESS}:{port}",
        "--config", "python:eeportal.server", "--graceful-timeout", "4", "--log-level", "warning",
    ]  # fmt: skip
    worker = [
        *celery, "worker", "--pool", "threads", "--loglevel", "INFO", "--without-gossip", "--without-mingle",
    ]  # fmt: skip
    beat = [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""]
    return [Part("web", web), Part("worker", worker), Part("beat", beat)]


def prepare(supervisor: Supervisor, pool: int) -> None:
    """Prepare the database and the demo pool in the foreground, unless somebody asks to stop before."""
    if supervisor.stopping():
        return
    process = offspring.spawn(
        [sys.executable, str(CHECKOUT / "manage.py"), "prepare", "--skip-checks", "--pool", str(pool)],
        log=None,
        folder=CHECKOUT,
        variables=supervisor.variables,
    )
    while process.poll() is None and not supervisor.stopping():
        supervisor.wait(1.0)
    if supervisor.stopping():
        offspring.end([process], 3)
    elif process.returncode:
        raise Trouble(
            "The database or the demo pool could not be prepared: the lines above tell why. If the data are of "
            "an older version, ./run --reset begins with an empty database."
        )


def serve(supervisor: Supervisor, port: int, address: str) -> None:
    """Start the web server, say where the portal is once it answers, then start and keep the other parts."""
    if supervisor.stopping():
        return
    web = next(part for part in supervisor.parts if part.name == "web")
    supervisor.start_part(web)
    while not supervisor.stopping() and not answers(port):
        if web.process is None or web.process.poll() is not None:
            log = supervisor.places.log("web")
            raise Trouble(f"The web server did not start: {supervisor.last_line(web)} (Details: {log})")
        supervisor.wait(0.1)
    if not supervisor.stopping():
        print(f"\nThe portal is ready: {address}\nCtrl-C stops it.", flush=True)
        if Environment().text("EEPORTAL_ENV", "development") == "development":
            print(RELAXED, file=sys.stderr, flush=True)
    supervisor.run()


def answers(port: int) -> bool:
    """Whether the web server answers at all."""
    connection = HTTPConnection(ports.ADDRESS, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def stop(supervisor: Supervisor, held: list[Lease]) -> None:
    """Stop the parts, then the servers; a terminal that is gone cannot be written to."""
    with suppress(OSError):
        print("\nStopping …", flush=True)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    supervisor.stop()
    for lease in reversed(held):
        lease.end()
