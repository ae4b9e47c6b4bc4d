"""docker-compose.yml without an engine: what it says fits together, and its command lines run with its environment.

The commands are the file's own, and those of the image where a service has none; only addresses, the folder of the
partner's keys and the number of candidates are this machine's.
"""

import ast
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
import yaml

from eeportal.launch.leases import Lease
from eeportal.launch.places import CHECKOUT, Places
from eeportal.launch.ports import free
from tests.launch.processes import wait_for

COMPOSE = (CHECKOUT / "docker-compose.yml").read_text()
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text()
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")
OURS = ("prepare", "partner", "web", "worker", "beat")


def services(**told: str) -> dict[str, Any]:
    """The file's services, as somebody's environment fills its variables in."""

    def fill(part: Any) -> Any:
        if isinstance(part, dict):
            return {name: fill(value) for name, value in part.items()}
        if isinstance(part, list):
            return [fill(value) for value in part]
        return (
            VARIABLE.sub(lambda found: told.get(found[1], found[2]), part) if isinstance(part, str) else part
        )

    found: dict[str, Any] = fill(yaml.safe_load(COMPOSE)["services"])
    return found


def image_command() -> list[str]:
    """What a container of the image runs unless told otherwise."""
    written = re.findall(r"^CMD (\[.*?\])$", DOCKERFILE.replace("\\\n", " "), re.MULTILINE)
    command: list[str] = ast.literal_eval(written[-1])
    return command


def test_every_variable_has_a_default() -> None:
    assert "$" not in VARIABLE.sub("", COMPOSE)


def test_all_of_ours_are_one_image_with_one_environment() -> None:
    found = services()
    assert set(found) == {*OURS, "postgres", "redis"}
    assert len({found[name]["image"] for name in OURS}) == 1
    assert len({json.dumps(found[name]["environment"], sort_keys=True) for name in OURS}) == 1


def test_nothing_is_published_beyond_this_machine() -> None:
    published = [port for service in services().values() for port in service.get("ports", [])]
    assert sorted(published) == ["127.0.0.1:8000:8000", "127.0.0.1:8001:8001"]


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_workers_and_beats_can_be_many(name: str) -> None:
    service = services()[name]
    assert not {"ports", "container_name", "volumes"} & set(service)


def test_what_has_begun_may_be_finished_before_a_container_is_killed() -> None:
    assert {services()[name]["stop_grace_period"] for name in OURS} == {"1m"}


def test_browsers_and_the_portal_find_the_partner_by_the_addresses_told() -> None:
    partner = services(PARTNER_PORT="9001")["partner"]
    told = partner["environment"]
    assert told["EEPORTAL_PARTNER_URL"] == "http://localhost:9001"
    assert partner["ports"] == ["127.0.0.1:9001:8001"]
    assert partner["command"][-1] == "0.0.0.0:8001"
    assert told["EEPORTAL_PARTNER_BACK_CHANNEL"] == "http://partner:8001"
    assert told["EEPORTAL_PARTNER_HOSTS"] == "partner"


def test_the_portal_may_only_read_the_partners_secret_and_the_image_makes_its_folder() -> None:
    found = services()
    folder = found["partner"]["environment"]["EEPORTAL_PARTNER_STATE"]
    assert found["partner"]["volumes"] == [f"partner:{folder}"]
    assert found["web"]["volumes"] == [f"partner:{folder}:ro"]
    assert f"install --directory --owner=eeportal --mode=700 {folder}" in DOCKERFILE
    assert "USER eeportal" in DOCKERFILE


def test_the_partner_waits_for_the_database_only_and_nobody_for_the_partner() -> None:
    found = services()
    assert set(found["partner"]["depends_on"]) == {"postgres"}
    assert not [name for name in found if "partner" in found[name].get("depends_on", {})]


class Containers:
    """The services as processes of this machine."""

    def __init__(self, folder: Path, database: str, broker: str) -> None:
        self.folder = folder
        self.port, self.partner_port = free(), free()
        self.found = services(PORT=str(self.port), PARTNER_PORT=str(self.partner_port), POOL="100")
        self.here = {
            "postgresql://eeportal:eeportal@postgres:5432/eeportal": database,
            "redis://redis:6379/0": broker,
            "http://partner:8001": f"http://127.0.0.1:{self.partner_port}",
            "0.0.0.0:8001": f"127.0.0.1:{self.partner_port}",
            "0.0.0.0:8000": f"127.0.0.1:{self.port}",
            "/srv/partner": str(folder / "partner"),
            "python": sys.executable,
        }
        self.parts: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> "subprocess.Popen[bytes]":
        """Start a service's command with nothing of this process's environment but PATH and HOME."""
        service = self.found[name]
        command = [self.here.get(word, word) for word in service.get("command", image_command())]
        variables = {name: self.here.get(value, value) for name, value in service["environment"].items()}
        with (self.folder / f"{name}.log").open("w") as log:
            self.parts[name] = subprocess.Popen(
                command,
                cwd=CHECKOUT,
                env={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        return self.parts[name]

    def said(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def health(self) -> dict[str, str]:
        """What /healthz says; empty while nothing answers."""
        try:
            told: dict[str, str] = requests.get(f"http://127.0.0.1:{self.port}/healthz", timeout=10).json()
        except requests.RequestException:
            return {}
        return told

    def end(self) -> dict[str, int]:
        """Stop all as an engine does; their exit statuses."""
        for part in self.parts.values():
            part.send_signal(signal.SIGTERM)
        return {name: part.wait(30) for name, part in self.parts.items()}


@contextmanager
def containers(folder: Path) -> Iterator[Containers]:
    """The services, started in the order that the file asks for."""
    (folder / "logs").mkdir()
    (folder / "partner").mkdir(mode=0o700)
    with ExitStack() as held:
        urls = []
        for name in ("postgres", "redis"):
            lease = Lease(Places(folder), name)
            held.callback(lease.end)
            urls.append(lease.url)
        made = Containers(folder, *urls)
        held.callback(made.end)
        made.start("partner")
        assert made.start("prepare").wait(120) == 0, made.said("prepare")
        for name in ("web", "worker", "beat"):
            made.start(name)
        yield made


def send(visitor: requests.Session, page: requests.Response, **typed: str) -> requests.Response:
    """Send the form in a page's main part with all that it holds hidden, and follow to where it leads."""
    form = page.text[page.text.index("<main") :]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token, page.text
    action = re.search(r'<form[^>]* action="([^"]+)"', form)
    address = urljoin(page.url, action[1] if action else "")
    return visitor.post(
        address,
        {**hidden, "csrfmiddlewaretoken": token[1], **typed},
        headers={"Referer": page.url},
        timeout=30,
    )


@pytest.mark.slow
@pytest.mark.unguarded("clock")
@pytest.mark.xdist_group("launch")
def test_the_services_run_as_written_and_somebody_signs_up_with_a_partner(tmp_path: Path) -> None:
    with containers(tmp_path) as running:
        everything = {"database", "broker", "worker", "beat", "partner"}
        up = wait_for(lambda: running.health() == dict.fromkeys(everything, "up"), 60)
        assert up, (running.health(), [running.said(name) for name in running.parts])
        visitor = requests.Session()
        portal = f"http://localhost:{running.port}"
        chooser = visitor.get(f"{portal}/en/account/partners/choose/", timeout=30)
        there = send(visitor, chooser, institution="maple-ridge")
        assert there.url.startswith(f"http://localhost:{running.partner_port}/sign-in/"), there.url
        consent = send(visitor, there, name="aspen", password="only-a-rehearsal")
        back = send(visitor, consent, action="grant")
        assert back.url == f"{portal}/en/account/begin/terms/"
        assert running.end() == dict.fromkeys(("partner", "prepare", "web", "worker", "beat"), 0)
