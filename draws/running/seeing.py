"""What an officer saw when they let a round go, kept with the round, and how far it differs from what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from draws.errors import PreviewChanged
from draws.models import Invitation, Round, Seen
from draws.running.previewing import Confirmed, Preview, preview, what_changed


@dataclass(frozen=True, slots=True)
class Differences:
    """How what came differs from what an officer confirmed: how many entered and left, and both cut-offs."""

    seen: Seen
    entered: int
    left: int
    cutoff: int | None

    @property
    def any(self) -> bool:
        return bool(self.entered or self.left or self.cutoff != self.seen.cutoff)


def require_unchanged(*, planned: Round, confirmed: Confirmed, at: datetime) -> Preview:
    """Return the preview of now if it is still the one that was confirmed. Raises ``PreviewChanged``."""
    now = preview(planned=planned, at=at)
    if now.token != confirmed.token:
        raise PreviewChanged(what_changed(confirmed.packed, now))
    return now


def keep(*, planned: Round, seen: Preview, officer_id: int, at: datetime) -> Seen:
    """Keep what an officer confirmed, with the round."""
    return Seen.objects.create(
        round=planned,
        officer_id=officer_id,
        at=at,
        instruction=seen.instruction,
        token=seen.token,
        profiles=seen.profiles,
        cutoff=seen.cutoff,
        tie_break_at=seen.tie_break_at,
    )


def compare_all() -> int:
    """Record the differences of every round that ran since it was confirmed; return how many. Twice is once."""
    waiting = Seen.objects.filter(entered=None, round__ran_at__isnull=False)
    return sum(_compare(pk) for pk in waiting.values_list("pk", flat=True))


def differences_of(held: Round) -> Differences | None:
    """Return how a round that ran differs from the last preview that was confirmed for it, once compared."""
    last = Seen.objects.filter(round=held).defer("profiles").select_related("officer").last()
    if last is None or last.entered is None or last.left is None:
        return None
    return Differences(last, last.entered, last.left, held.cutoff)


@transaction.atomic
def _compare(pk: int) -> bool:
    seen = Seen.objects.select_for_update(of=("self",)).select_related("round").get(pk=pk)
    if seen.entered is not None:
        return False
    seen.entered, seen.left = _entered_and_left(seen.profiles, _invited_by(seen.round))
    seen.save(update_fields=["entered", "left"])
    return True


def _invited_by(held: Round) -> Iterable[int]:
    return Invitation.objects.filter(round=held).values_list("profile_id", flat=True)


def _entered_and_left(before: Iterable[int], after: Iterable[int]) -> tuple[int, int]:
    known, came = set(before), set(after)
    return len(came - known), len(known - came)
