"""How far a round could see when it selected: what came later is not its business."""

from django.db.models import Max

from lifecycle.models import Transition
from profiles.models import Assessment


def newest_history() -> tuple[int, int]:
    """Return the keys of the newest assessment and of the newest row of the log; 0 where there is none.

    Read while the pool's lock is held alone: whoever writes to the pool has then committed, or waits, so that every
    lower key was there and every higher one comes later.
    """
    assessment = Assessment.objects.aggregate(key=Max("pk"))["key"]
    move = Transition.objects.aggregate(key=Max("pk"))["key"]
    return assessment or 0, move or 0
