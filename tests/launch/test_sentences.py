"""Whatever stops the launcher is told in one clear sentence that says what to do."""

import ast
import errno
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from eeportal.launch import install, places, ports, redis, trouble
from eeportal.launch.main import read_options
from eeportal.launch.places import CHECKOUT, Places
from eeportal.launch.trouble import Trouble

GIGABYTE = 10**9


@pytest.fixture
def state(tmp_path: Path) -> Places:
    (tmp_path / "logs").mkdir()
    return Places(tmp_path)


def run(*arguments: str, home: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "XDG_STATE_HOME": str(home), "EEPORTAL_VENV": sys.prefix, **variables}
    command = [sys.executable, str(CHECKOUT / "run"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def one_sentence(text: str) -> bool:
    return text.startswith("eeportal: ") and text.count("\n") == 1 and "Traceback" not in text


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield int(server.getsockname()[1])


def test_the_launcher_can_be_read_by_a_python_of_ten_years_ago() -> None:
    tree = ast.parse((CHECKOUT / "run").read_text(), feature_version=(3, 4))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr | ast.AnnAssign)]


def test_an_old_python_is_told_which_one_is_needed() -> None:
    pretend = (
        "import sys; sys.version_info = (3, 9, 2, 'final', 0); exec(sys.stdin.read(), {'__file__': 'run'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend],
        input=(CHECKOUT / "run").read_text(),
        env={"PATH": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and this is Python 3.9: install" in done.stderr


def test_a_busy_port_is_told_with_a_way_out(busy_port: int, tmp_path: Path) -> None:
    done = run("--port", str(busy_port), home=tmp_path)
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert f"Port {busy_port} is taken" in done.stderr
    assert f"--port {busy_port + 1}" in done.stderr


def test_a_portal_that_already_runs_is_told_with_its_address(state: Places) -> None:
    (state.state / "address").write_text("http://localhost:8123/")
    with (
        places.locked(state.lock("portal"), "unused"),
        pytest.raises(Trouble, match="8123/, started from this"),
    ):
        ports.require_alone(state)


def test_an_unknown_command_is_told(tmp_path: Path) -> None:
    done = run("fly", home=tmp_path)
    assert done.returncode == 1
    assert one_sentence(done.stderr)
    assert "./run help" in done.stderr


@pytest.mark.parametrize("options", [["--port", "0"], ["--port", "65536"], ["--pool", "0"]])
def test_options_out_of_range_are_told(options: list[str]) -> None:
    with pytest.raises(Trouble, match="choose"):
        read_options(options)


def test_the_pool_holds_25_000_unless_told() -> None:
    assert vars(read_options([])) == {"port": 8000, "pool": 25_000, "reset": False}


def test_help_names_every_command(tmp_path: Path) -> None:
    told = run("help", home=tmp_path)
    assert told.returncode == 0
    for command in ("setup", "manage", "test", "check", "messages", "bench", "lock"):
        assert f"./run {command}" in told.stdout


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_told_with_the_package_to_install(
    module: str, state: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "find_spec", lambda name: None if name == module else object())
    with pytest.raises(Trouble, match=r"apt-get install python3\.\d+-venv"):
        install.make_environment(state, state.state / "venv")


def test_a_disk_without_room_is_told_before_anything_is_written(
    state: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(100 * GIGABYTE, 100 * GIGABYTE, GIGABYTE // 10)
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: full)
    with pytest.raises(Trouble, match=r"0\.1 GB free .* free some space"):
        install.install_into(state, state.state / "venv", install.LOCK)
    assert not (state.state / "venv").exists()


def test_a_disk_that_fills_up_is_told() -> None:
    told = trouble.from_system(OSError(errno.ENOSPC, "No space left on device", "/some/file"))
    assert "The disk is full (writing /some/file): free some space" in str(told)


def test_a_folder_that_cannot_be_written_is_told() -> None:
    told = trouble.from_system(PermissionError(errno.EACCES, "Permission denied", "/some/folder"))
    assert "/some/folder cannot be written" in str(told)
    assert "XDG_STATE_HOME" in str(told)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "disk is full",
        ),
        ("NewConnectionError: Failed to establish a new connection: [Errno -3]", "could not be downloaded"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not the one that"),
        ("something nobody expected", "something nobody expected"),
    ],
)
def test_a_failed_installation_is_told_with_its_reason(said: str, told: str, state: Places) -> None:
    with pytest.raises(Trouble, match=told) as caught:
        install.run(state, [sys.executable, "-c", f"print({said!r}); raise SystemExit(1)"])
    assert str(state.log("install")) in str(caught.value)


def test_an_installation_elsewhere_is_told(state: Places) -> None:
    with places.locked(state.lock("venv"), "unused"), pytest.raises(Trouble, match="another terminal"):
        install.install_into(state, state.state / "venv", install.LOCK)


def test_an_environment_that_is_up_to_date_is_left_alone(
    state: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = state.state / "venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").touch()
    (environment / install.STAMP).write_text(install.fingerprint(install.LOCK))
    monkeypatch.setattr(install, "run", lambda *_arguments: pytest.fail("something was installed"))
    install.install_into(state, environment, install.LOCK)


def test_a_machine_without_redis_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    with pytest.raises(Trouble, match=r"apt-get install redis-server.*REDIS_URL"):
        redis.program()


def test_a_relative_state_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", "somewhere")
    with pytest.raises(Trouble, match="absolute path"):
        places.find()


def test_each_checkout_has_a_state_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(places, "CHECKOUT", Path("/somewhere/my portal"))
    mine = places.find().state
    monkeypatch.setattr(places, "CHECKOUT", Path("/elsewhere/my portal"))
    assert places.find().state != mine
    assert mine.name.startswith("my-portal-")
    assert mine.stat().st_mode & 0o077 == 0
