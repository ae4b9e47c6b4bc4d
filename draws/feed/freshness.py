"""Since when the files are as they are, in real time, which is what HTTP's dates are in."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from django.db.models import Max

from draws.feed.public_rounds import PublicRound
from draws.models import Round
from lifecycle.models import ClockTravel, Transition
from lifecycle.tables import ROUND, RoundState


def changed_at(rounds: Iterable[PublicRound]) -> datetime | None:
    """Return the latest real instant that changed what the files hold; ``None`` when they hold no round.

    A round comes in when an officer publishes it, or when the portal's day reaches the day on which IRCC held it, by
    itself or because the clock was moved.
    """
    newest = ClockTravel.objects.order_by("-id").values_list("offset", "real_at").first()
    offset, moved_at = newest or (timedelta(0), None)
    days = [held.day for held in rounds if not held.simulated]
    reached = datetime.combine(max(days), time.min, UTC) - offset if days else None
    return max(filter(None, [reached, moved_at, _published_at()]), default=None)


def _published_at() -> datetime | None:
    ours = Round.objects.filter(state=RoundState.PUBLISHED).values("pk")
    moves = Transition.objects.filter(machine=ROUND.name, thing_id__in=ours)
    found: datetime | None = moves.aggregate(latest=Max("real_at"))["latest"]
    return found
