"""A server lives exactly as long as somebody uses it, however its users end."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from redis import Redis

from eeportal.launch import leases
from eeportal.launch.leases import Lease
from eeportal.launch.places import CHECKOUT, Places, alone
from tests.launch.processes import wait_for

HOLD = """
import sys, time
from pathlib import Path
from eeportal.launch.leases import Lease
from eeportal.launch.places import Places
lease = Lease(Places(Path(sys.argv[1])), "redis")
print(lease.url, flush=True)
time.sleep(60)
"""


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Places]:
    (tmp_path / "logs").mkdir()
    yield Places(tmp_path)
    assert wait_for(lambda: gone(Places(tmp_path)), 10), "a server was left over"


def gone(state: Places) -> bool:
    """Whether the keeper and its server have ended."""
    conf = str(state.state)
    return alone(leases.keeping(state, "redis")) and not [
        process
        for process in psutil.process_iter(["cmdline"])
        if conf in " ".join(process.info["cmdline"] or [])
    ]


def answers(url: str) -> bool:
    with Redis.from_url(url) as client:
        return bool(client.ping())


def holder(state: Places) -> "subprocess.Popen[str]":
    """Another process that holds a lease and never gives it back."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(state.state)], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )


def test_a_lease_starts_the_server_and_its_end_stops_it(state: Places) -> None:
    lease = Lease(state, "redis")
    assert answers(lease.url)
    lease.end()
    assert gone(state)


def test_the_second_user_shares_the_server_and_keeps_it_alive(state: Places) -> None:
    first, second = Lease(state, "redis"), Lease(state, "redis")
    assert first.url == second.url
    first.end()
    assert answers(second.url)
    second.end()


def test_a_killed_user_leaves_no_server_behind(state: Places) -> None:
    user = holder(state)
    assert user.stdout is not None
    url = user.stdout.readline().strip()
    assert answers(url)
    user.kill()
    user.wait()
    user.stdout.close()
    assert wait_for(lambda: gone(state), 10)


def test_a_killed_keeper_takes_its_server_along_and_the_next_user_gets_a_new_one(state: Places) -> None:
    first = Lease(state, "redis")
    keeper = next(
        process
        for process in psutil.process_iter(["cmdline"])
        if "eeportal.launch.keeper" in (process.info["cmdline"] or [])
        and str(state.state) in process.info["cmdline"]
    )
    keeper.kill()
    assert wait_for(lambda: alone(leases.keeping(state, "redis")), 5)
    second = Lease(state, "redis")
    assert answers(second.url)
    assert second.url != first.url
    first.end()
    second.end()


def test_the_servers_address_is_for_its_owner_only(state: Places) -> None:
    lease = Lease(state, "redis")
    assert leases.address(state, "redis").stat().st_mode & 0o077 == 0
    assert (state.state / "redis.conf").stat().st_mode & 0o077 == 0
    lease.end()
