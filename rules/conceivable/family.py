"""Who comes along, and who of a couple is the principal applicant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rules.conceivable.ladders import AsItStands, Ladder, Rung, with_spouse
from rules.swapping import swapped


def ladders(now: AsItStands, partner_birth_date: date | None) -> Iterator[Ladder]:
    """The partner stays behind or comes along; the partner applies instead, where the birth date is known."""
    partner = now.profile.partner
    if partner is None or partner.canadian_citizen_or_pr:
        return
    changed = with_spouse(now.profile, accompanying=not partner.accompanying)
    yield Ladder((Rung("partner_stays" if partner.accompanying else "partner_comes", {}, changed),))
    if partner_birth_date is not None and partner_birth_date <= now.on:
        other = swapped(now.profile, partner_birth_date=partner_birth_date)
        if other is not None:
            yield Ladder((Rung("partner_applies", {}, other),))
