"""Asking for an address as somebody, and reading the answer as a cell of the table."""

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.joining import onboarding
from tests.access.reading import Row
from tests.access.world import World

STATUSES = {200: "+", 400: "?", 403: "x", 404: "4", 405: "m", 409: "c"}
PROOFS = ("accounts:second_proof", "accounts:prove")


def address_of(row: Row, world: World, **other: Any) -> str:
    """Return the address of a row, with the things that its arguments name, or other ones."""
    return reverse(row.name, kwargs={**world.named(row.of), **other})


def ask(client: Client, method: str, address: str, told: dict[str, Any] | None = None) -> Any:
    """Send a request whose effects are undone; return the answer."""
    with transaction.atomic():
        answer = client.post(address, told or {}) if method == "POST" else client.generic(method, address)
        transaction.set_rollback(True)
    return answer


def cell_of(answer: HttpResponse, actor: str) -> str:
    """Return what an answer is in the table's notation; the bare status where it has no letter."""
    if "Location" not in answer.headers:
        return STATUSES.get(answer.status_code, str(answer.status_code))
    path = urlsplit(answer.headers["Location"]).path
    if path == reverse("account_login"):
        return "s"
    if path in {reverse(name) for name in PROOFS}:
        return "p"
    return "o" if actor == "unfinished" and path in _steps() else ">"


def _steps() -> set[str]:
    return {reverse(step.url_name) for step in onboarding.STEPS}
