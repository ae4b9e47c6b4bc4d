"""Spouses, children, relatives in Canada, and the money a family needs."""

from datetime import date

from simulation.population import languages
from simulation.population.calendar import FULL_YEAR, YEAR
from simulation.population.chances import Weighted, between, chance
from simulation.population.countries import ASSESSORS
from simulation.population.education import DURATION, SCHOOLING, SHORT_LEVELS
from simulation.population.levels import Level
from simulation.population.occupations import UNSKILLED, Kind, occupations
from simulation.population.people import Person
from simulation.population.plans import FST, FSW, Json
from simulation.population.work import FULL_TIME, job

ALONE = Weighted(
    (("never_married", 88), ("divorced", 7), ("separated", 3), ("widowed", 1.4), ("annulled", 0.6))
)
YOUNG = Weighted((("never_married", 99), ("divorced", 1)))
TOGETHER = Weighted((("married", 86), ("common_law", 14)))
FAMILY_STATUS = Weighted((("citizen", 45), ("permanent_resident", 55)))
OTHER_RELATIVES = Weighted(
    (
        ("aunt_or_uncle", 34),
        ("cousin", 38),
        ("niece_or_nephew", 8),
        ("parent", 8),
        ("grandparent", 4),
        ("other", 8),
    )
)
CHILDREN = Weighted(((0, 42), (1, 28), (2, 22), (3, 6), (4, 2)))
FUNDS_FOR_ONE, FUNDS_FOR_EACH_OTHER = 15_600, 4_350
UNSCORED_SPOUSES = 0.28


def children(person: Person, partnered: bool) -> int:
    """Return how many dependent children the candidate has."""
    expected = CHILDREN.pick(person.stream)
    if not partnered and not chance(person.stream, 0.12):
        return 0
    years = max(0, person.plan.age - (26 if partnered else 32))
    return min(expected, years // 3)


def funds(person: Person, family_size: int) -> int:
    """Return settlement funds: enough where the program asks for them, whatever there is elsewhere."""
    needed = FUNDS_FOR_ONE + FUNDS_FOR_EACH_OTHER * (family_size - 1)
    plenty = 1.02 + person.stream.expovariate(1.6)
    if person.plan.program not in {FSW, FST} and chance(person.stream, 0.35):
        plenty = 0.1 + 0.85 * person.stream.random()
    return int(needed * plenty / 50) * 50


def spouse_kind(person: Person) -> tuple[bool, bool] | None:
    """Return (accompanying, citizen or permanent resident) of a spouse, None for those who have none."""
    if person.plan.spouse:
        return True, False
    if person.plan.age < 23 or not chance(
        person.stream, UNSCORED_SPOUSES * min(1, (person.plan.age - 22) / 12)
    ):
        return None
    citizen = chance(person.stream, 0.3)
    return (citizen and chance(person.stream, 0.5)), citizen


def spouse(person: Person, accompanying: bool, citizen: bool) -> Json:
    """Return the spouse's facts: as planned for one who is scored, in outline for another."""
    facts: Json = {
        "accompanying": accompanying,
        "canadian_citizen_or_pr": citizen,
        "education": [],
        "first_official_language": "fr" if person.plan.french_first else "en",
        "language_tests": [],
        "work": [],
        "studied_two_years_in_canada": False,
    }
    if person.plan.spouse:
        facts["education"] = _education(person)
        facts["language_tests"] = _tests(person)
        facts["work"] = _work(person)
    return facts


def relatives(person: Person, scored_spouse: bool) -> list[Json]:
    """Return relatives in Canada: a sibling who counts where planned, and others who do not count in the ranking."""
    stream, people = person.stream, []
    if person.plan.sibling:
        whose = "spouse" if scored_spouse and chance(stream, 0.3) else "applicant"
        people.append(_relative(person, "sibling", whose, FAMILY_STATUS.pick(stream)))
    elif chance(stream, 0.015):
        people.append(_relative(person, "sibling", "applicant", "temporary_resident"))
    if chance(stream, 0.07):
        people.append(
            _relative(person, OTHER_RELATIVES.pick(stream), "applicant", FAMILY_STATUS.pick(stream))
        )
    return people


def _relative(person: Person, relationship: str, whose: str, status: str) -> Json:
    older = {"sibling": 0, "parent": 27, "grandparent": 54, "aunt_or_uncle": 24, "niece_or_nephew": -8}
    years = max(person.plan.age + older.get(relationship, 0) + between(person.stream, -7, 9), 19)
    born = person.today.back(int(years * YEAR) + between(person.stream, 0, 364))
    return {"relationship": relationship, "of": whose, "birth_date": born, "status": status}


def _education(person: Person) -> list[Json]:
    level, stream = Level(person.plan.spouse_level), person.stream
    steps = {
        Level.NONE: (),
        Level.TWO_OR_MORE: (Level.THREE_YEAR, SHORT_LEVELS.pick(stream)),
    }.get(level, (level,))
    completed = max(int(person.birth - (SCHOOLING[level] + 1) * YEAR), person.waited + 500)
    return [_credential(person, step, completed + 700 * place) for place, step in enumerate(reversed(steps))]


def _credential(person: Person, level: Level, completed: int) -> Json:
    today, stream = person.today, person.stream
    return {
        "level": level.word,
        "country": person.origin,
        "start_date": today.back(completed + DURATION[level]),
        "completion_date": today.back(completed),
        "eca": {
            "organization": ASSESSORS.pick(stream),
            "issued_on": today.back(person.waited + between(stream, 10, 400)),
            "equivalency": level.word,
        },
        "canadian_study": None,
    }


def _tests(person: Person) -> list[Json]:
    levels = person.plan.spouse_language
    if not any(levels):
        return []
    taken = date.fromordinal(person.today.ordinal - languages.days_since_test(person.waited, person.stream))
    if person.plan.french_first:
        return [languages.french(levels, taken, person.stream)]
    return [languages.english(levels, person.origin, person.in_canada, taken, person.stream)]


def _work(person: Person) -> list[Json]:
    """Return the spouse's planned years in Canada and, for most, a job abroad before."""
    stream, years, jobs, until = person.stream, person.plan.spouse_canadian, [], 0
    noc = occupations(Kind(between(stream, 0, 1)), Level.THREE_YEAR).pick(stream)
    if years:
        until = int(FULL_YEAR * (years + 0.05 + 0.85 * stream.random()))
        jobs.append(job(person, noc, "CA", (until, 0), FULL_TIME.pick(stream)))
    elif person.in_canada and chance(stream, 0.4):
        until = between(stream, 60, 700)
        jobs.append(job(person, UNSKILLED.pick(stream), "CA", (until, 0), FULL_TIME.pick(stream)))
    if chance(stream, 0.6) and person.plan.age > 25:
        end = until + between(stream, 30, 500) if until or chance(stream, 0.4) else 0
        start = end + between(stream, 250, max(260, int((person.plan.age - 22) * YEAR) - end))
        if person.age_at(start) > 19:
            jobs.append(job(person, noc, person.origin, (start, end), FULL_TIME.pick(stream)))
    return jobs
