"""When things end: a day or an instant in, the day or instant of the deadline out.

Days are UTC days. A deadline of N days is the start plus N times 24 hours; an anniversary is the same day
and month, at 00:00 UTC, and 29 February becomes 1 March in common years. On a deadline the thing has ended.
Sources: `parameters/lifecycle.yaml` and `parameters/funds.yaml`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from rules import parameters
from rules.parameters import InForce


def anniversary(day: date, years: int) -> date:
    """The day `years` after `day` (before it, if negative), kept within the calendar of years 1 to 9999."""
    year = day.year + years
    if year > date.max.year:
        return date.max
    if year < date.min.year:
        return date.min
    if day.month == 2 and day.day == 29:
        return date(year, 2, 28) + timedelta(days=1)
    return day.replace(year=year)


def completed_years(since: date, on: date) -> int:
    """Whole years from `since` to `on`: the age on that day of somebody born on `since`; 0 before it."""
    years = on.year - since.year
    return max(0, years if anniversary(since, years) <= on else years - 1)


def draft_deadline(started_at: datetime) -> datetime:
    """The instant at which a draft begun at `started_at` lapses."""
    return _days_later(started_at, "lifecycle.draft_days")


def code_deadline(issued_at: datetime) -> datetime:
    """The instant from which a personal reference code issued at `issued_at` is no longer taken."""
    return _days_later(issued_at, "lifecycle.reference_code_days")


def invitation_deadline(issued_at: datetime) -> datetime:
    """The instant at which an invitation lapses, by the number of days in force when it was issued."""
    return _days_later(issued_at, "lifecycle.invitation_days")


def nomination_deadline(confirmed_at: datetime) -> datetime:
    """The instant at which a nomination that the province confirmed can no longer be accepted."""
    return _days_later(confirmed_at, "lifecycle.nomination_acceptance_days")


def profile_deadline(submitted_at: datetime) -> datetime:
    """The instant at which a profile first submitted at `submitted_at` leaves the pool."""
    submitted_on = submitted_at.astimezone(UTC).date()
    months = parameters.on(submitted_on).value("lifecycle.profile_months")
    ends_on = anniversary(submitted_on, months // 12)
    return datetime(ends_on.year, ends_on.month, ends_on.day, tzinfo=UTC)


def test_expiry(taken_on: date) -> date:
    """The first day on which a language test taken on `taken_on` no longer counts."""
    return anniversary(taken_on, _latest("test.validity_years"))


def eca_expiry(issued_on: date) -> date:
    """The first day on which a credential assessment issued on `issued_on` no longer counts."""
    return anniversary(issued_on, _latest("eca.validity_years"))


def funds_update_deadline(rules: InForce) -> date | None:
    """The last day on which a profile already in the pool may still rest on the funds table before this one.

    None where the table under `rules` has no published deadline, or one before its own first day.
    """
    row = rules["funds.table"]
    deadline: date | None = row.value.get("profile_update_deadline")
    return deadline if deadline is not None and deadline >= row.first_day else None


def _days_later(start: datetime, parameter: str) -> datetime:
    days = parameters.on(start.astimezone(UTC).date()).value(parameter)
    return start + timedelta(days=days)


def _latest(parameter: str) -> int:
    years: int = parameters.BOOK[parameter].rows[-1].value
    return years
