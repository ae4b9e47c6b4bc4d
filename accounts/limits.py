"""Exact limits: at most N tries in a period of real time, however many come at once.

One row a key is counted up by one statement that refuses to pass the limit, so parallel tries over any number of
processes are counted exactly. Keys are stored as keyed hashes: no address and no name is kept.
"""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import HttpRequest

from accounts.models import Tally
from lifecycle import clock


@dataclass(frozen=True)
class Limit:
    """At most ``tries`` in ``period`` for each key of this name."""

    name: str
    tries: int
    period: timedelta


REFERENCE_CODE = Limit("reference_code", 10, timedelta(hours=1))


def take(limit: Limit, subject: str) -> bool:
    """Count one try of the subject and return whether it is within the limit. A refused try is not counted."""
    now = clock.real_now()
    sql = f"""
        INSERT INTO {Tally._meta.db_table} AS tally (key, period_start, count) VALUES (%s, %s, 1)
        ON CONFLICT (key) DO UPDATE SET
            count = CASE WHEN tally.period_start <= %s THEN 1 ELSE tally.count + 1 END,
            period_start = CASE WHEN tally.period_start <= %s THEN excluded.period_start ELSE tally.period_start END
        WHERE tally.period_start <= %s OR tally.count < %s
        RETURNING count
    """
    over = now - limit.period
    with connection.cursor() as cursor:
        cursor.execute(sql, [_key(limit, subject), now, over, over, over, limit.tries])
        return cursor.fetchone() is not None


def address_of(request: HttpRequest) -> str:
    """Return the peer's address as the server saw it; forwarding headers are not believed. IPv6 counts by /64."""
    try:
        address = ipaddress.ip_address(str(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _key(limit: Limit, subject: str) -> str:
    text = f"{limit.name}|{subject}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()
