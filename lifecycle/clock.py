"""The one clock: the only reader of the system's time.

What immigration law dates (drafts, profiles, invitations, tests, rounds) follows ``now``, the real time
plus a stored offset that web, worker and beat share. Security (sessions, codes, limits) follows ``real_now``.
"""

from datetime import UTC, date, datetime, timedelta

from django.db import connection, transaction

from lifecycle.errors import ClockOnlyForwards
from lifecycle.models import ClockTravel

TRAVEL_LOCK = 7_001
LAST_DAY = datetime(2100, 1, 1, tzinfo=UTC)


def real_now() -> datetime:
    """Return the real instant, aware, in UTC."""
    return datetime.now(UTC)


def offset() -> timedelta:
    """Return by how much the portal's clock is ahead of the real one; never negative."""
    newest = ClockTravel.objects.order_by("-id").values_list("offset", flat=True).first()
    return newest or timedelta(0)


def now() -> datetime:
    """Return the portal's instant, aware, in UTC."""
    return real_now() + offset()


def today() -> date:
    """Return the portal's day, a UTC day."""
    return now().date()


@transaction.atomic
def travel(by: timedelta, *, actor_id: int | None = None) -> datetime:
    """Move the portal's clock forwards for every process and return the new instant.

    Raises ``ClockOnlyForwards`` for a step that is not positive or leads past the year 2099.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TRAVEL_LOCK])
    try:
        ahead = offset() + by
        arrival = real_now() + ahead
    except OverflowError:
        raise ClockOnlyForwards from None
    if by <= timedelta(0) or arrival >= LAST_DAY:
        raise ClockOnlyForwards
    ClockTravel.objects.create(offset=ahead, real_at=real_now(), actor_id=actor_id)
    return arrival
