"""Credentials whose highest counted level is the planned one, with their assessments and Canadian studies."""

from dataclasses import dataclass

from simulation.population.calendar import YEAR
from simulation.population.chances import Weighted, between, chance
from simulation.population.countries import ASSESSORS
from simulation.population.levels import Level
from simulation.population.people import Person
from simulation.population.plans import LONG_STUDY, NO_STUDY, SHORT_STUDY, Json
from simulation.population.work import History, beside_study, filler

# Days that a program of each level takes, holidays included.
DURATION = {
    Level.SECONDARY: 1_060, Level.ONE_YEAR: 330, Level.TWO_YEAR: 640, Level.THREE_YEAR: 1_340,
    Level.MASTERS: 640, Level.PROFESSIONAL: 1_900, Level.DOCTORAL: 1_560,
}  # fmt: skip
CANADIAN_DURATION = DURATION | {Level.ONE_YEAR: 300, Level.MASTERS: 600}
# Age at which a level's last credential is usually in hand.
SCHOOLING = {
    Level.NONE: 16.5, Level.SECONDARY: 17.5, Level.ONE_YEAR: 18.5, Level.TWO_YEAR: 19.5, Level.THREE_YEAR: 21.0,
    Level.TWO_OR_MORE: 21.5, Level.MASTERS: 22.5, Level.PROFESSIONAL: 23.5, Level.DOCTORAL: 26.0,
}  # fmt: skip
SHORT_LEVELS = Weighted(((Level.ONE_YEAR, 45), (Level.TWO_YEAR, 55)))
FIVE_YEARS = 1_820


@dataclass(frozen=True, slots=True)
class Schooling:
    """Which credentials a plan asks for: those earned abroad, and the one earned in Canada."""

    abroad: tuple[Level, ...]
    canadian: Level | None


def choose(person: Person) -> Schooling:
    """Return the credentials that make the planned level, the highest abroad last."""
    level, study = person.plan.education, person.plan.study
    if study == NO_STUDY:
        return Schooling(_ladder(person, level), None)
    if study == SHORT_STUDY:
        canadian = level if level <= Level.TWO_YEAR else SHORT_LEVELS.pick(person.stream)
        below = _before_short_study(level)
    else:
        canadian = _long(level)
        below = _before_long_study(person, level)
    abroad = _ladder(person, below) if below else (Level.SECONDARY,)
    return Schooling(abroad, canadian)


def _long(level: Level) -> Level:
    """Return the long credential from Canada that makes the level, together with one from abroad if need be."""
    return Level.THREE_YEAR if level is Level.TWO_OR_MORE else level


def career_age(schooling: Schooling) -> float:
    """Return the age at which work abroad can begin."""
    return SCHOOLING[schooling.abroad[-1]] if schooling.abroad else SCHOOLING[Level.NONE]


def canadian_study(person: Person, history: History, schooling: Schooling) -> list[Json]:
    """Return the Canadian credential, completed before the work in Canada, and move the history before it."""
    level, stream, plan = schooling.canadian, person.stream, person.plan
    if level is None:
        return []
    completed = max(history.until, person.waited) + between(stream, 4, 160)
    length = int(CANADIAN_DURATION[level] * (0.94 + 0.16 * stream.random()))
    months = round(length / 30.4)
    studied = min(months, {SHORT_STUDY: 20, LONG_STUDY: 44}[plan.study])
    beside_study(person, history, completed + length, completed)
    history.until = completed + length
    study: Json = {
        "full_time_months": max(8, studied - between(stream, 0, 2)),
        "months_in_canada": max(8, months - between(stream, 0, 2)),
        "mostly_language_training": False,
        "mostly_distance": False,
        "return_home_award": False,
    }
    return [_credential(person, level, "CA", history.until, completed) | {"canadian_study": study}]


def two_years_in_canada(schooling: Schooling) -> bool:
    """Return whether the Canadian study was two academic years or more in a program of at least that length."""
    return schooling.canadian is not None and schooling.canadian not in {Level.ONE_YEAR, Level.SECONDARY}


def foreign_study(person: Person, history: History, schooling: Schooling) -> list[Json]:
    """Return the credentials from abroad, newest first, completed before the first job told and in good time."""
    credentials: list[Json] = []
    if not schooling.abroad:
        return credentials
    begun = completed_abroad(person, history, schooling)
    filler(person, history, begun)
    for step, level in enumerate(reversed(schooling.abroad)):
        entry, begun = _foreign_credential(person, level, begun, highest=step == 0)
        credentials.append(entry)
    return credentials


def completed_abroad(person: Person, history: History, schooling: Schooling) -> int:
    """Return how many days ago the last credential from abroad was completed, after most at the usual age."""
    stream = person.stream
    usual = person.birth - int((career_age(schooling) + 0.3 + 2.2 * stream.random()) * YEAR)
    just_before = history.until + between(stream, 5, 200)
    return just_before if usual < just_before or chance(stream, 0.04) else usual


def _before_short_study(level: Level) -> Level | None:
    """Return the highest credential from abroad of somebody who studied for a year or two in Canada."""
    if level is Level.TWO_OR_MORE:
        return Level.THREE_YEAR
    return level if level > Level.TWO_OR_MORE else None


def _before_long_study(person: Person, level: Level) -> Level | None:
    """Return the highest credential from abroad of somebody who earned a long one in Canada."""
    if level is Level.TWO_OR_MORE:
        return SHORT_LEVELS.pick(person.stream) if chance(person.stream, 0.3) else Level.THREE_YEAR
    if level is Level.THREE_YEAR:
        return None
    return Level.MASTERS if level is Level.DOCTORAL and chance(person.stream, 0.5) else Level.THREE_YEAR


def _ladder(person: Person, level: Level) -> tuple[Level, ...]:
    """Return a credential from abroad and those that led to it, lowest first."""
    stream = person.stream
    school = (Level.SECONDARY,) if chance(stream, 0.4) else ()
    if level is Level.NONE:
        return ()
    if level is Level.SECONDARY:
        return (Level.SECONDARY,)
    if level is Level.TWO_OR_MORE:
        second = Level.THREE_YEAR if chance(stream, 0.3) else SHORT_LEVELS.pick(stream)
        return (
            (*school, Level.THREE_YEAR, second)
            if chance(stream, 0.7)
            else (*school, second, Level.THREE_YEAR)
        )
    if level in {Level.MASTERS, Level.DOCTORAL}:
        middle = (Level.MASTERS,) if level is Level.DOCTORAL and chance(stream, 0.8) else ()
        return (*school, Level.THREE_YEAR, *middle, level)
    return (*school, level)


def _foreign_credential(person: Person, level: Level, before: int, *, highest: bool) -> tuple[Json, int]:
    """Return a credential completed ``before`` days back, and the day on which the one before it was completed.

    Lower credentials are assessed only as far as the planned level needs them.
    """
    stream, plan = person.stream, person.plan
    if level is Level.SECONDARY:
        before = max(before, person.birth - int((17.2 + 1.6 * stream.random()) * YEAR))
    start = before + int(DURATION[level] * (0.94 + 0.2 * stream.random()))
    entry = _credential(person, level, person.origin, start, before)
    counts = highest or (plan.education is Level.TWO_OR_MORE and level is not Level.SECONDARY)
    if counts or (level is not Level.SECONDARY and chance(stream, 0.35)):
        entry["eca"] = _assessment(person, level, before)
    return entry, start + between(stream, 20, 120)


def _assessment(person: Person, level: Level, completed: int) -> Json:
    stream = person.stream
    medical = person.noc in {"31100", "31101", "31102"}
    organization = "MCC" if medical else "PEBC" if person.noc == "31120" else ASSESSORS.pick(stream)
    issued = min(person.waited + between(stream, 8, 420), FIVE_YEARS, completed)
    return {
        "organization": organization,
        "issued_on": person.today.back(max(issued, min(person.waited + 1, completed))),
        "equivalency": level.word,
    }


def _credential(person: Person, level: Level, country: str, start: int, completed: int) -> Json:
    return {
        "level": level.word,
        "country": country,
        "start_date": person.today.back(start),
        "completion_date": person.today.back(completed),
        "eca": None,
        "canadian_study": None,
    }
