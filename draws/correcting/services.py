"""What officers do with a correction: one prepares it, another confirms or anybody drops it; a job carries it out."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.desk.officer_log import Verb, about_record, note
from draws.correcting.choosing import Asked, open_of
from draws.correcting.errors import (
    CorrectionSettled,
    CorrectionWaits,
    NothingToWithdraw,
    RoundHasNotRun,
    SamePersonCorrects,
)
from draws.correcting.returning import forecast_of
from draws.models import PlannedCorrection, Round
from draws.models.corrections import WAITING
from lifecycle import moves
from lifecycle.errors import LostRace, NoSuchMove
from lifecycle.tables import RoundState

CORRECTABLE = (RoundState.COMPLETED, RoundState.PUBLISHED)


@transaction.atomic
def prepare(
    *,
    round_id: int,
    asked: Asked,
    invitations: list[int],
    reason_en: str,
    reason_fr: str,
    officer_id: int | None,
    at: datetime,
) -> PlannedCorrection:
    """Keep which invitations of a round are to be withdrawn, by rank, and why. Nothing is withdrawn yet.

    Raises ``RoundHasNotRun``, ``CorrectionWaits`` while another one of the round waits, and ``NothingToWithdraw``
    when none of them is an open invitation of the round.
    """
    held = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    if held.state not in CORRECTABLE:
        raise RoundHasNotRun
    if PlannedCorrection.objects.filter(round=held, state__in=WAITING).exists():
        raise CorrectionWaits
    still_open = list(open_of(held, at).filter(pk__in=invitations).values_list("pk", flat=True))
    if not still_open:
        raise NothingToWithdraw
    planned = PlannedCorrection(
        round=held,
        invitations=still_open,
        asked=asked.document(),
        forecast=forecast_of(still_open, at),
        reason_en=reason_en,
        reason_fr=reason_fr,
        prepared_by_id=officer_id,
        prepared_at=at,
    )
    moves.begin(planned, "prepare", at=at, actor_id=officer_id)
    _note(planned, Verb.PREPARED, officer_id, at)
    return planned


@transaction.atomic
def confirm(
    *, planned: PlannedCorrection, officer_id: int | None, at: datetime, why: str = ""
) -> PlannedCorrection:
    """Let a prepared correction be carried out, as the second of two officers; the job takes it from here.

    Raises ``SamePersonCorrects`` for who prepared it where the settings ask for four eyes, ``CorrectionSettled`` for
    all but the first who confirm or drop it.
    """
    if settings.EEPORTAL_FOUR_EYES and _preparer_of(planned) == officer_id:
        raise SamePersonCorrects
    _settle(planned, "confirm", officer_id, at)
    _note(planned, Verb.CONFIRMED_CORRECTION, officer_id, at, why)
    return planned


@transaction.atomic
def drop(
    *, planned: PlannedCorrection, officer_id: int | None, at: datetime, why: str = ""
) -> PlannedCorrection:
    """Drop a prepared correction: nothing is withdrawn. Raises ``CorrectionSettled`` once it was settled."""
    _settle(planned, "drop", officer_id, at)
    _note(planned, Verb.DROPPED, officer_id, at, why)
    return planned


def _settle(planned: PlannedCorrection, event: str, officer_id: int | None, at: datetime) -> None:
    try:
        moves.move(planned, event, at=at, actor_id=officer_id)
    except (LostRace, NoSuchMove):
        raise CorrectionSettled from None


def _preparer_of(planned: PlannedCorrection) -> int | None:
    """Return who prepared it as the database knows it, whatever the caller's copy says."""
    return PlannedCorrection.objects.values_list("prepared_by", flat=True).get(pk=planned.pk)


def _note(
    planned: PlannedCorrection, verb: Verb, officer_id: int | None, at: datetime, why: str = ""
) -> None:
    if officer_id is not None:
        about = about_record(planned, more=f"round={planned.round.number}")
        note(officer_id=officer_id, verb=verb, about=about, why=why, at=at)
