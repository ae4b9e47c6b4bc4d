"""How far to move the portal's clock: steps and days as people type them."""

import re
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from lifecycle.errors import DomainError
from rules import deadlines

STEP = re.compile(r"(?P<sign>[+-]?)(?P<number>[0-9]{1,6})(?P<unit>[hdwy])")
HOURS = {"h": 1, "d": 24, "w": 7 * 24}


class UnreadableStep(DomainError):
    """The text names no step and no day."""

    message = _(
        "This is no step in time. Give a number with h, d, w or y for hours, days, weeks or years, such as 61d, "
        "or a day such as --to 2027-01-01."
    )


def step(text: str, now: datetime) -> timedelta:
    """Return the step that a text such as ``61d``, ``12h``, ``2w`` or ``1y`` means at an instant.

    A year leads to the same time of the anniversary. The step of a text with a minus sign is negative.
    Raises ``UnreadableStep``.
    """
    found = STEP.fullmatch(text.strip().lower())
    if found is None:
        raise UnreadableStep
    number = int(found["sign"] + found["number"])
    if found["unit"] == "y":
        return deadlines.anniversary(now.date(), number) - now.date()
    return timedelta(hours=number * HOURS[found["unit"]])


def step_to(text: str, now: datetime) -> timedelta:
    """Return the step from an instant to 00:00 UTC of an ISO day. Raises ``UnreadableStep``."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        raise UnreadableStep from None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - now
