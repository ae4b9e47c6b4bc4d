"""Days as whole numbers: how many days before the assessment day something was."""

from datetime import date
from functools import lru_cache

FULL_YEAR = 364
"""Full-time days that make one counted year: 1,560 hours at 30 hours a week."""
YEAR = 365.25


class Today:
    """The assessment day, and the dates of days counted back from it."""

    __slots__ = ("day", "ordinal")

    def __init__(self, day: date) -> None:
        self.day = day
        self.ordinal = day.toordinal()

    def back(self, days: int) -> str:
        """Return the ISO date that many days before the assessment day."""
        return _iso(self.ordinal - days)


@lru_cache(maxsize=40_000)
def _iso(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
