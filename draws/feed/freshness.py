"""Since when the files are as they are, in real time, which is what HTTP's dates are in."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from draws.feed.public_rounds import PublicRound
from lifecycle.models import ClockTravel


def changed_at(rounds: Iterable[PublicRound]) -> datetime | None:
    """Return the latest real instant that changed what the files hold; ``None`` when they hold no round.

    A round comes in by itself, or because the portal's clock was moved over its day. What happened before the latest
    move of the clock happened at another offset; but then that move is the later of the two, and counts.
    """
    instants = [at for held in rounds for at in (held.since, held.corrected_at) if at]
    if not instants:
        return None
    newest = ClockTravel.objects.order_by("-id").values_list("offset", "real_at").first()
    offset, moved_at = newest or (timedelta(0), None)
    latest = max(instants) - offset
    return max(latest, moved_at) if moved_at else latest
