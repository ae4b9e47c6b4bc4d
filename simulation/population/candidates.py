"""One whole candidate: the profile JSON that a plan, an index and a seed lead to."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from simulation.population import education, families, instants, languages, trades, work
from simulation.population.calendar import Today
from simulation.population.people import Person, invent
from simulation.population.plans import Json, Plan


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate not yet assessed: the profile JSON as of the assessment day, and the instant of submission."""

    profile: Json
    submitted_at: datetime
    origin: str


def propose(plan: Plan, score: int, today: Today, stream: Random) -> Proposal | None:
    """Return a candidate made to the plan, or None when the life drawn had no room for all of it."""
    person = invent(plan, instants.days_waited(score, stream), today, stream)
    history = work.History()
    schooling = education.choose(person)
    work.canadian_work(person, history)
    employed = _employed_in_canada(person, history)
    credentials = education.canadian_study(person, history, schooling)
    if not work.foreign_work(person, history, education.career_age(schooling)):
        return None
    credentials += education.foreign_study(person, history, schooling)
    profile = _facts(person) | {
        "education": credentials[::-1],
        "language_tests": _tests(person),
        "work": history.jobs[::-1],
        "job_offer": trades.job_offer(person, employed),
        "studied_two_years_in_canada": education.two_years_in_canada(schooling),
    }
    return Proposal(profile, instants.instant(person.waited, person.timezone, today, stream), person.origin)


def _facts(person: Person) -> Json:
    kind = families.spouse_kind(person)
    size = 1 + (kind is not None) + families.children(person, kind is not None)
    alone = families.ALONE if person.plan.age > 24 else families.YOUNG
    status = (families.TOGETHER if kind else alone).pick(person.stream)
    nomination = trades.nomination(person)
    return {
        "as_of": person.today.day.isoformat(),
        "birth_date": person.today.back(person.birth),
        "marital_status": status,
        "intended_province": person.province,
        "family_size": size,
        "settlement_funds_cad": families.funds(person, size),
        "first_official_language": "fr" if person.plan.french_first else "en",
        "primary_occupation_noc": person.noc,
        "certificate_of_qualification": trades.certificate(person),
        "provincial_nomination": nomination,
        "relatives_in_canada": families.relatives(person, bool(person.plan.spouse)),
        "spouse": families.spouse(person, *kind) if kind else None,
    }


def _tests(person: Person) -> list[Json]:
    """Return the test of the first language and, where planned, of the other."""
    plan, tests = person.plan, []
    for levels, is_french in (
        (plan.first_language, plan.french_first),
        (plan.second_language, not plan.french_first),
    ):
        if any(levels):
            day = date.fromordinal(
                person.today.ordinal - languages.days_since_test(person.waited, person.stream)
            )
            tests.append(
                languages.french(levels, day, person.stream)
                if is_french
                else languages.english(levels, person.origin, person.in_canada, day, person.stream)
            )
    return tests


def _employed_in_canada(person: Person, history: work.History) -> int:
    """Return how long the present job in Canada has lasted, in days; 0 for nobody's."""
    present = [job for job in history.jobs if job["end_date"] is None and job["noc"] == person.noc]
    if not present:
        return 0
    return person.today.ordinal - date.fromisoformat(present[0]["start_date"]).toordinal()
