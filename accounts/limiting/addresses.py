"""Which address a request comes from, as far as it can be believed."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address: IPv6 as its /64 network, IPv4 written as IPv6 as the IPv4 that it is.

    It is the peer that the server saw. Only behind proxies of ours (``EEPORTAL_PROXIES``) is it what the outermost of
    them saw: the entry of X-Forwarded-For that this one added. What stands to its left the visitor made up.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.EEPORTAL_PROXIES
    seen = hops[-proxies] if 0 < proxies <= len(hops) else str(request.META.get("REMOTE_ADDR", ""))
    return network(seen) or UNKNOWN


def network(text: str) -> str | None:
    """Return an address as it is counted: 192.0.2.7, or 2001:db8:1:2::/64; None when it is no address."""
    try:
        address = ipaddress.ip_interface(text.strip()).ip
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is None:
            return str(ipaddress.ip_network((int(address), 64), strict=False))
        return str(address.ipv4_mapped)
    return str(address)


def same_network(typed: str, address: str) -> bool:
    """Whether an address as somebody typed it is the one that is counted as ``address``."""
    return network(typed) == address
