"""Recurring plans for the tests: every second Wednesday at 14:30 UTC, general and French in turn."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from accounts.models import Role, User
from draws.models import Category, RecurringPlan, Round, RoundType
from draws.recurring import planning, services
from draws.recurring.days import Unit
from tests import factories
from tests.factories import AT

GENERAL = {"round_type": RoundType.GENERAL, "size": 4500}
FRENCH = {"round_type": RoundType.CATEGORY, "category": Category.FRENCH, "size": 3000}
FIRST = datetime(2026, 9, 30, 14, 30, tzinfo=UTC)
"""The first Wednesday after ``AT``."""
WEEK = timedelta(weeks=1)
DAYS: dict[str, Any] = {
    "name": "General, alternating with French",
    "unit": Unit.WEEKS,
    "every": 2,
    "weekday": 2,
    "hour": time(14, 30),
    "first_day": date(2026, 9, 28),
}


def planner() -> User:
    return factories.officer("petra", Role.OFFICER)


def senior() -> User:
    return factories.officer("sefton", Role.SENIOR_OFFICER)


def set_up(*steps: dict[str, Any], at: datetime = AT, **days: Any) -> RecurringPlan:
    """Return a plan that is being set up, with its rounds; general and French unless told."""
    plan = services.set_up(told={**DAYS, **days}, officer_id=planner().pk, at=at)
    for step in steps or (GENERAL, FRENCH):
        services.put_step(plan=plan, position=None, told=step, officer_id=planner().pk, at=at)
    return plan


def running(*steps: dict[str, Any], at: datetime = AT, **days: Any) -> RecurringPlan:
    """Return a plan that was started at an instant."""
    plan = set_up(*steps, at=at, **days)
    return services.start(plan=plan, officer_id=planner().pk, at=at)


def work(at: datetime) -> int:
    """Do what the job does."""
    return planning.create_due(at=at)


def made() -> list[tuple[date, str]]:
    """Return the day and the type of every round that was made by a plan, the earliest first."""
    rounds = Round.objects.exclude(occurrence=None).order_by("planned_for")
    return [(held.planned_for.date(), held.category or held.round_type) for held in rounds]
