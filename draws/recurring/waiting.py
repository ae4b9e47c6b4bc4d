"""The rounds that nobody confirmed although their time is near, or has passed. Changes nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.functional import Promise

from draws.models import Round
from draws.recurring.words import names_of
from draws.running.instructing import is_confirmed
from lifecycle.tables import RoundState

NEAR = timedelta(days=3)
MOST = 10
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A round that waits for its second officer. ``days``: how many whole days are left to its time."""

    round: Round
    names: list[Promise]
    passed: bool
    days: int


def waiting(at: datetime) -> list[Waiting]:
    """Return the first few planned rounds that nobody confirmed and whose time is within three days, or has passed.

    None where one officer may do it all.
    """
    if not settings.EEPORTAL_FOUR_EYES:
        return []
    near = Round.objects.filter(state=RoundState.PLANNED, planned_for__lte=at + NEAR)
    found = [held for held in near.order_by("planned_for", "pk") if not is_confirmed(held)]
    return [
        Waiting(held, names_of(held), held.planned_for <= at, max(0, (held.planned_for - at) // DAY))
        for held in found[:MOST]
    ]
