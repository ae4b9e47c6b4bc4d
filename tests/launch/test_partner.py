"""The sign-in partner as a part of the portal: it comes up, stays up, goes with the others, and is never needed."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from eeportal.launch import ports
from eeportal.launch.leases import Lease
from eeportal.launch.places import CHECKOUT, Places
from eeportal.launch.portal import partner_variables
from tests.launch.processes import Portal, portal, wait_for

pytestmark = [pytest.mark.unguarded("clock"), pytest.mark.xdist_group("launch")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state folder that has seen a first start."""
    folder = tmp_path_factory.mktemp("state")
    with portal(folder):
        pass
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def address_of(running: Portal) -> str:
    """Where the partner of a portal is, as the portal's processes are told."""
    return running.part("eeportal.wsgi").environ().get("EEPORTAL_PARTNER_URL", "")


def ask(url: str, path: str) -> str:
    """What is answered at an address; nothing while nobody answers."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=5)
    try:
        connection.request("GET", path, headers={"Host": f"localhost:{parts.port}"})
        return connection.getresponse().read().decode()
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def discovered(url: str) -> bool:
    """Whether the partner at that address answers with its discovery document."""
    told = ask(url, "/.well-known/openid-configuration")
    return bool(told) and json.loads(told)["issuer"] == url


def offered(running: Portal) -> bool:
    """Whether the portal's sign-in page leads to the partners."""
    return "sign-in partner" in ask(f"http://localhost:{running.port}", "/en/account/login/")


@pytest.mark.slow
def test_it_comes_up_beside_the_portal_and_is_started_again_when_it_dies(home: Path) -> None:
    with portal(home) as running:
        url = address_of(running)
        assert wait_for(lambda: discovered(url), 20), running.said()
        assert offered(running)
        first = running.part("partner")
        first.kill()
        assert wait_for(lambda: "partner ended with status -9; starting it again" in running.said(), 10)
        assert wait_for(lambda: discovered(url), 30), running.said()
        assert running.part("partner").pid != first.pid
        assert wait_for(lambda: running.health().get("partner") == "up", 20), running.health()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_it_ends_with_the_portal(home: Path, number: signal.Signals) -> None:
    with portal(home) as running:
        url = address_of(running)
        assert wait_for(lambda: discovered(url), 20), running.said()
        running.process.send_signal(number)
        running.process.wait(30)
        assert wait_for(lambda: not running.family(), 20), running.family()
        assert ask(url, "/") == ""


@pytest.mark.slow
def test_its_key_stays_the_same_until_a_reset(home: Path) -> None:
    def keys() -> list[Path]:
        return list(home.glob("eeportal/*/partner/signing-key.pem"))

    with portal(home):
        assert wait_for(keys, 20)
    [key] = keys()
    before = key.read_text()
    with portal(home) as again:
        assert wait_for(lambda: discovered(address_of(again)), 20)
        assert key.read_text() == before
    with portal(home, "--reset"):
        assert wait_for(lambda: key.exists() and key.read_text() != before, 20)
    assert key.stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_where_it_may_make_no_database_it_says_so_once_and_the_portal_runs(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    lease = Lease(Places(tmp_path), "postgres")
    try:
        with psycopg.connect(lease.url, autocommit=True) as server:
            server.execute("CREATE ROLE plain LOGIN")
            server.execute("CREATE DATABASE plain OWNER plain")
        theirs = lease.url.replace("eeportal@", "plain@").replace("/eeportal?", "/plain?")
        with portal(tmp_path, DATABASE_URL=theirs) as running:
            said = "the user of DATABASE_URL may not make plain_partner"
            assert wait_for(lambda: said in running.said(), 20), running.said()
            assert wait_for(running.all_up, 30), running.health()
            assert running.said().count(said) == 1
            assert not running.parts("partner")
            assert running.health()["partner"] == "down"
    finally:
        lease.end()


def test_it_gets_the_next_port_or_a_free_one() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        assert ports.beside(port - 1) not in {port - 1, port}
    assert ports.beside(65_535) <= 65_535


@pytest.mark.parametrize(
    "variables",
    [
        {"EEPORTAL_ENV": "production"},
        {"EEPORTAL_DEMO": "0"},
        {"EEPORTAL_PARTNER_URL": "http://partner.example"},
    ],
)
def test_the_launcher_starts_none_without_the_demo_or_beside_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variables: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert partner_variables(Places(tmp_path), 8000) == {}


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"EEPORTAL_ENV": "production"}, "is part of the demo"),
        ({"EEPORTAL_DEMO": "0"}, "is part of the demo"),
        ({"EEPORTAL_PARTNER_STATE": ""}, "EEPORTAL_PARTNER_STATE must name the folder"),
        ({"DATABASE_URL": ""}, "PARTNER_DATABASE_URL must name"),
        ({"PARTNER_DATABASE_URL": "sqlite:///here"}, "PostgreSQL only"),
    ],
)
def test_it_refuses_to_run_with_one_sentence(tmp_path: Path, variables: dict[str, str], words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "partner", str(ports.free())],
        cwd=CHECKOUT,
        env={**os.environ, "EEPORTAL_PARTNER_STATE": str(tmp_path), **variables},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 78, done.stderr
    assert words in done.stdout
    assert len(done.stdout.splitlines()) == 1
