"""What a round's instruction says, when it may be followed, and the digest that a confirmation binds it by."""

import hashlib
from datetime import UTC, date, datetime
from typing import cast

from draws.errors import CategoryNotInForce, OutsideThePeriod
from draws.models import Round, RoundType
from rules.authority import provisions
from rules.category_versions import versions_on
from rules.selection import RoundType as SelectionType


def completed(planned: Round) -> Round:
    """Fill in what follows from the rest: the version of the category on the planned day, and the authority.

    Raises ``CategoryNotInForce`` when the list of that day has no such category, or has it in another version than
    the one named; ``OutsideThePeriod`` when the planned time is on neither of the two dates.
    """
    day = utc_day(planned.planned_for)
    if planned.round_type == RoundType.CATEGORY:
        planned.category_version = planned.category_version or versions_on(day).get(planned.category, "")
    planned.authority = ", ".join(provisions(cast("SelectionType", planned.round_type)))
    require_in_force(planned, planned.planned_for)
    return planned


def require_in_force(planned: Round, at: datetime) -> None:
    """Raise what forbids to follow the instruction at an instant: its category's version, or its two dates."""
    if not version_holds(planned, utc_day(at)):
        raise CategoryNotInForce
    if not within_period(planned, utc_day(at)):
        raise OutsideThePeriod


def in_force(planned: Round, at: datetime) -> bool:
    """Whether nothing forbids to follow the instruction at an instant."""
    return version_holds(planned, utc_day(at)) and within_period(planned, utc_day(at))


def version_holds(planned: Round, day: date) -> bool:
    """Whether the category is in the list of a day, in the version of the instruction."""
    if planned.round_type != RoundType.CATEGORY:
        return True
    return (
        bool(planned.category_version) and versions_on(day).get(planned.category) == planned.category_version
    )


def within_period(planned: Round, day: date) -> bool:
    """Whether a day is one of the instruction's two dates; without dates every day is."""
    return planned.period is None or day in planned.period


def digest_of_instruction(held: Round) -> str:
    """Return the SHA-256 of everything that the instruction says, as 64 hexadecimal digits."""
    said = (
        held.number,
        held.round_type,
        held.programs,
        held.category,
        held.category_version,
        held.size,
        held.planned_for.astimezone(UTC).isoformat(),
        held.period_from.isoformat() if held.period_from else "",
        held.authority,
    )
    return hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()


def is_confirmed(held: Round) -> bool:
    """Whether a second officer confirmed the instruction as it is now."""
    return held.confirmed_by_id is not None and held.confirmed_instruction == digest_of_instruction(held)


def utc_day(at: datetime) -> date:
    return at.astimezone(UTC).date()
