"""Corrections of rounds, prepared, confirmed and carried out as officers do it."""

from datetime import datetime
from typing import Any

from draws.correcting import services
from draws.correcting.carrying_out import carry_out_next
from draws.correcting.choosing import Asked
from draws.models import Invitation, PlannedCorrection, Round, RoundCorrection
from tests import factories
from tests.factories import AT

REASON_EN = "Invited under the wrong class."
REASON_FR = "Invitations dans la mauvaise catégorie."


def prepared(held: Round, *, at: datetime = AT, **differences: Any) -> PlannedCorrection:
    """Return a prepared correction of all invitations of a round, with some things otherwise."""
    every = list(Invitation.objects.filter(round=held).order_by("rank").values_list("pk", flat=True))
    given = {
        "asked": Asked(),
        "invitations": every,
        "reason_en": REASON_EN,
        "reason_fr": REASON_FR,
        "officer_id": factories.officer().pk,
    }
    return services.prepare(round_id=held.pk, at=at, **{**given, **differences})


def confirmed(planned: PlannedCorrection, *, at: datetime = AT) -> PlannedCorrection:
    """Return a correction after another officer confirmed it."""
    return services.confirm(planned=planned, officer_id=factories.officer("orson").pk, at=at)


def corrected(held: Round, *, at: datetime = AT, **differences: Any) -> RoundCorrection:
    """Return what came of a correction that was prepared, confirmed and carried out."""
    planned = confirmed(prepared(held, at=at, **differences), at=at)
    assert carry_out_next(at) == 1
    return RoundCorrection.objects.get(planned=planned)
