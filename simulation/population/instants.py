"""When a profile was submitted: within the last 12 months, by daylight where the candidate lives.

Whoever scores high was invited before long, so those who are left came lately; the rest wait for up to a year.
"""

from datetime import UTC, datetime, timedelta
from random import Random

from simulation.population.calendar import Today
from simulation.population.chances import Weighted, between, chance

LONGEST = 363
CUTOFF = 505
# Local hours at which people press 'Submit'.
HOURS = Weighted(
    (
        (0, 2), (1, 1), (6, 1), (7, 2), (8, 4), (9, 6), (10, 7), (11, 7), (12, 6), (13, 6), (14, 6), (15, 6),
        (16, 6), (17, 6), (18, 6), (19, 7), (20, 8), (21, 8), (22, 6), (23, 4),
    )
)  # fmt: skip
# After an outage the queue is worked off at once: some profiles share an instant, and a few their score as well.
OUTAGES = ((17, 50_412), (63, 61_203), (204, 55_090))
IN_AN_OUTAGE = 0.012


def days_waited(score: int, stream: Random) -> int:
    """Return how many days ago a candidate with this score submitted, 1 to ``LONGEST``."""
    if score > 600:
        typical = 70.0
    elif score > CUTOFF:
        typical = 40.0
    else:
        typical = 130.0 + 0.6 * (CUTOFF - score)
    while True:
        days = 1 + int(stream.expovariate(1 / typical))
        if days <= LONGEST:
            return days


def instant(waited: int, timezone: float, today: Today, stream: Random) -> datetime:
    """Return the instant of submission, in UTC and to the microsecond, that many days before the assessment day."""
    midnight = datetime(today.day.year, today.day.month, today.day.day, tzinfo=UTC)
    if chance(stream, IN_AN_OUTAGE):
        days, second = OUTAGES[between(stream, 0, len(OUTAGES) - 1)]
        if days <= waited:
            return midnight - timedelta(days=days) + timedelta(seconds=second)
    hour = (HOURS.pick(stream) - timezone) % 24
    seconds = (hour * 3600 + between(stream, 0, 3599)) % 86_400
    return midnight + timedelta(days=-waited, seconds=seconds, microseconds=between(stream, 0, 999_999))
