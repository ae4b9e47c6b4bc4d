"""What a test run needs from this machine: a database, Redis when a test asks, Chromium when there is one.

Loaded before Django's settings are, so that plain `python -m pytest` works like `./run test`.
"""

import os
import re
import shutil
from collections.abc import Generator, Iterator
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
from psycopg import sql

from eeportal.launch import places
from eeportal.launch.leases import Lease

LEASES: list[Lease] = []
GIVEN_REDIS = "EEPORTAL_TEST_REDIS"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_CHROMIUM = "no Chromium was found on the PATH (on Debian: apt-get install chromium)"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Set the environment that Django's settings will read."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for name in [name for name in os.environ if name.startswith("EEPORTAL_") and name != "EEPORTAL_VENV"]:
            del os.environ[name]
        os.environ[GIVEN_REDIS] = os.environ.pop("REDIS_URL", "")
        os.environ["DATABASE_URL"] = os.environ.get("DATABASE_URL") or embedded_database()
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps a loop in the tests' own thread
    return (yield)


def embedded_database() -> str:
    """The address of a database of this run's own, so that several runs do not meet."""
    lease = Lease(places.find(), "postgres")
    LEASES.append(lease)
    drop_left_over(lease.url)
    parts = urlsplit(lease.url)
    options = "options=-c%20synchronous_commit%3Doff"
    return parts._replace(path=f"/eeportal_{os.getpid()}", query=f"{parts.query}&{options}").geturl()


def drop_left_over(url: str) -> None:
    """Drop the test databases of runs that were killed."""
    with psycopg.connect(url, dbname="postgres", autocommit=True) as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall():
            owner = re.match(r"test_eeportal_(\d+)", name)
            if owner and not psutil.pid_exists(int(owner[1])):
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                )


def pytest_unconfigure() -> None:
    """Let the servers go."""
    while LEASES:
        LEASES.pop().end()


def pytest_addoption(parser: pytest.Parser) -> None:
    """--all: also the slow tests."""
    parser.addoption("--all", action="store_true", help="run the slow tests as well")


def chromium() -> str | None:
    """The path of a Chromium, or None."""
    return next((found for name in CHROMIUMS if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out slow tests unless they are asked for, and browser tests where no browser is."""
    if not chromium():
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
    if config.getoption("--all") or config.getoption("-m"):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
        items[:] = [item for item in items if item not in slow]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say clearly when browser tests did not run, and why."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_CHROMIUM in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.section("browser tests")
        terminalreporter.line(f"{count} browser tests were skipped: {NO_CHROMIUM}.")


@pytest.fixture(scope="session")
def redis_url(worker_id: str) -> Iterator[str]:
    """The address of a Redis database that only this process of the test run uses."""
    number = 1 + int(worker_id.removeprefix("gw")) if worker_id != "master" else 0
    if given := os.environ.get(GIVEN_REDIS):
        yield urlsplit(given)._replace(path=f"/{number}").geturl()
        return
    lease = Lease(places.find(), "redis")
    yield urlsplit(lease.url)._replace(path=f"/{number}").geturl()
    lease.end()
