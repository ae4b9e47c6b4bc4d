"""Who a candidate is before any paper: origin, birthday, occupation, and how long the profile has been waiting."""

from dataclasses import dataclass
from random import Random

from simulation.population.calendar import YEAR, Today
from simulation.population.chances import Weighted, between
from simulation.population.countries import origins
from simulation.population.occupations import occupations
from simulation.population.plans import Plan

PROVINCES = Weighted(
    (
        ("ON", 46), ("BC", 17), ("AB", 15), ("MB", 4), ("SK", 4), ("NS", 4), ("NB", 3), ("NL", 1), ("PE", 1),
        ("YT", 0.4), ("NT", 0.3), ("NU", 0.1), (None, 4),
    )
)  # fmt: skip


@dataclass(slots=True)
class Person:
    """One candidate in the making; every later choice draws from ``stream``.

    ``waited`` is the number of days since the profile was submitted, ``age_days`` the age in days.
    """

    plan: Plan
    stream: Random
    today: Today
    waited: int
    origin: str
    timezone: float
    noc: str
    birth: int
    province: str | None

    @property
    def in_canada(self) -> bool:
        return self.plan.canadian > 0

    def age_at(self, days_back: int) -> float:
        """Return the age in years, with a fraction, that many days before the assessment day."""
        return (self.birth - days_back) / YEAR


def invent(plan: Plan, waited: int, today: Today, stream: Random) -> Person:
    """Return somebody whom the plan fits."""
    country = origins(bool(plan.french_first), plan.canadian > 0).pick(stream)
    return Person(
        plan=plan,
        stream=stream,
        today=today,
        waited=waited,
        origin=country.code,
        timezone=country.timezone,
        noc=occupations(plan.occupation_kind, plan.education).pick(stream),
        birth=int(plan.age * YEAR) + between(stream, 2, 363),
        province=PROVINCES.pick(stream),
    )
