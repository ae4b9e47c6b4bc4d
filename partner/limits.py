"""Exact limits: at most so many tries in any period, however many come at once.

The partner is one process (``partner.__main__``), so its memory and a lock count exactly. Nothing is written down.
"""

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from django.conf import settings
from django.http import HttpRequest

MANY = 1000
"""Keys in memory above which those that say nothing any more are dropped."""


@dataclass(frozen=True)
class Limit:
    """In any ``seconds`` at most so many tries from one address, and so many for one customer. None: uncounted."""

    name: str
    seconds: int
    by_address: int
    by_customer: int | None = None


SIGN_IN = Limit("sign in", 15 * 60, by_address=30, by_customer=10)
"""A customer's password. One that was right is given back: only wrong ones count."""
OPEN_ACCOUNT = Limit("open account", 60 * 60, by_address=20)
"""A name for a new customer, taken or not."""

Key = tuple[str, str, str]
_tries: dict[Key, list[float]] = {}
_overs: dict[Key, float] = {}
_lock = Lock()


def wait_before(request: HttpRequest, limit: Limit, customer: str = "") -> float:
    """Count one try and return 0, or count nothing and return the seconds until the next one is allowed.

    Both the address and the customer must have one left. ``customer`` is what was typed, whether it exists or not.
    """
    now = monotonic()
    with _lock:
        _forget(now)
        wanted = list(_shares(request, limit, customer))
        counting = {
            key: [at for at in _tries.get(key, []) if at > now - limit.seconds] for key, _most in wanted
        }
        waits = [
            counting[key][-most] + limit.seconds - now for key, most in wanted if len(counting[key]) >= most
        ]
        if waits:
            return max(waits)
        for key, tries in counting.items():
            _tries[key] = [*tries, now]
            _overs[key] = now + limit.seconds
        return 0.0


def give_back(request: HttpRequest, limit: Limit, customer: str = "") -> None:
    """Uncount the newest try of the address and of the customer: it was none that the limit is there for."""
    with _lock:
        for key, _most in _shares(request, limit, customer):
            del _tries.get(key, [])[-1:]


def forget_all() -> None:
    """Begin again, as a new process does."""
    with _lock:
        _tries.clear()
        _overs.clear()


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address as it is counted: the peer, or what the outermost of our proxies saw.

    IPv6 counts as its /64 network, IPv4 written as IPv6 as the IPv4 that it is.
    """
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    proxies = settings.EEPORTAL_PROXIES
    seen = hops[-proxies] if 0 < proxies <= len(hops) else str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_interface(seen.strip()).ip
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(address.ipv4_mapped or ipaddress.ip_network((int(address), 64), strict=False))


def _shares(request: HttpRequest, limit: Limit, customer: str) -> Iterable[tuple[Key, int]]:
    yield (limit.name, "address", address_of(request)), limit.by_address
    if limit.by_customer is not None:
        yield (limit.name, "customer", customer), limit.by_customer


def _forget(now: float) -> None:
    if len(_tries) > MANY:
        for key in [key for key, over in _overs.items() if over <= now]:
            del _tries[key], _overs[key]
