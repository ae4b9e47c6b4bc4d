"""The real thing: `./run` starts everything, keeps it running, and leaves nothing behind."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eeportal.launch.leases import Lease
from eeportal.launch.places import CHECKOUT, Places
from tests.launch.processes import Portal, portal, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.unguarded("clock"), pytest.mark.xdist_group("launch")]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A state folder that has seen a first start."""
    folder = tmp_path_factory.mktemp("state")
    with portal(folder):
        pass
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def test_a_later_start_is_ten_seconds_of_work_for_two_cores_at_most_and_every_part_comes_up(
    home: Path,
) -> None:
    with portal(home) as started:
        assert started.seconds_of_work() < 10 * 2
        assert f"http://localhost:{started.port}/" in started.said()
        assert wait_for(started.all_up, 30), started.health()
        assert started.said().count("cookies are relaxed") == 1


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything_in_order_and_leaves_no_orphan(home: Path, number: signal.Signals) -> None:
    with portal(home) as running:
        assert wait_for(running.all_up, 30), running.health()
        assert len(running.family()) >= 7
        assert running.end(number) == 0
        assert running.family() == []


def test_a_killed_launcher_takes_everything_with_it(home: Path) -> None:
    with portal(home) as running:
        running.process.kill()
        running.process.wait()
        assert wait_for(lambda: not running.family(), 20), running.family()


def test_a_killed_launcher_can_be_started_again_at_once(home: Path) -> None:
    with portal(home) as running:
        running.process.kill()
        running.process.wait()
        with portal(home) as again:
            assert again.health()["database"] == "up"


def test_a_signal_while_it_starts_leaves_no_orphan(home: Path) -> None:
    starting = Portal(home)
    assert wait_for(lambda: len(starting.family()) > 3, 20)
    starting.end(signal.SIGTERM)
    assert wait_for(lambda: not starting.family(), 10), starting.family()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_an_end_while_the_pool_is_made_leaves_no_orphan(tmp_path: Path, number: signal.Signals) -> None:
    starting = Portal(tmp_path, "--pool", "25000")
    assert wait_for(lambda: "Making 25,000 candidates" in starting.said(), 60), starting.said()
    assert wait_for(lambda: len(starting.parts("prepare")) > 0, 5)
    starting.end(number)
    assert wait_for(lambda: not starting.family(), 20), starting.family()


def test_a_checkout_in_a_path_with_a_space_runs(tmp_path: Path) -> None:
    checkout, state = tmp_path / "my portal", tmp_path / "my state"
    state.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (CHECKOUT / name).exists():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, checkout / name)
    started = Portal(state, checkout=checkout)
    try:
        started.wait_until_ready()
        assert wait_for(started.all_up, 20), started.health()
    finally:
        assert started.end() == 0


def test_with_servers_of_ones_own_none_is_started(home: Path, tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    given = [Lease(Places(tmp_path), name) for name in ("postgres", "redis")]
    try:
        with portal(home, DATABASE_URL=given[0].url, REDIS_URL=given[1].url) as running:
            assert not running.parts("eeportal.launch.keeper")
            assert wait_for(running.all_up, 20), running.health()
    finally:
        for lease in given:
            lease.end()


def manage(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    cleared = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    return subprocess.run(
        [sys.executable, str(CHECKOUT / "run"), "manage", *arguments],
        env={**cleared, "XDG_STATE_HOME": str(home), "EEPORTAL_VENV": sys.prefix},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_command_has_the_database_while_no_portal_runs_and_leaves_no_orphan(home: Path) -> None:
    done = manage(home, "migrate", "--check")
    assert done.returncode == 0, done.stderr
    left = Portal.family
    probe = Portal.__new__(Portal)
    probe.home = home
    assert wait_for(lambda: not left(probe), 10)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal that goes on through the tests that leave it as it was."""
    folder = tmp_path_factory.mktemp("running")
    with portal(folder) as started:
        yield started
    shutil.rmtree(folder, ignore_errors=True)


def test_a_second_start_from_the_same_folder_is_refused(running: Portal) -> None:
    second = Portal(running.home)
    assert second.process.wait(30) == 1
    assert f"already runs at http://localhost:{running.port}/" in second.said()


def test_a_command_shares_the_database_with_a_running_portal(running: Portal) -> None:
    def keepers() -> set[int]:
        return {process.pid for process in running.parts("eeportal.launch.keeper")}

    before = keepers()
    assert manage(running.home, "migrate", "--check").returncode == 0
    assert keepers() == before != set()
    assert running.health()["database"] == "up"


@pytest.mark.parametrize("word", ["worker", "beat", "gunicorn"])
def test_a_part_that_dies_is_started_again(running: Portal, word: str) -> None:
    first, before = running.part(word), len(running.said())
    first.kill()
    assert wait_for(lambda: "starting it again in 1 s" in running.said()[before:], 10), running.said()
    assert wait_for(running.all_up, 40), running.health()
    assert running.part(word).pid != first.pid


def test_a_database_server_that_dies_is_started_again(running: Portal) -> None:
    server = next(process for process in running.family() if process.name() == "postgres")
    postmaster = max(server.parents(), key=lambda parent: parent.name() == "postgres")
    (postmaster if postmaster.name() == "postgres" else server).kill()
    assert wait_for(lambda: running.health().get("database") == "up", 30)


def test_reset_begins_with_an_empty_database(home: Path) -> None:
    made = manage(
        home, "shell", "-c", "from accounts.models import User; User.objects.create_user('left-over')"
    )
    assert made.returncode == 0, made.stderr
    with portal(home, "--reset"):
        pass
    code = "from accounts.models import User; print(User.objects.filter(username='left-over').count())"
    assert manage(home, "shell", "-v0", "-c", code).stdout.strip() == "0"
