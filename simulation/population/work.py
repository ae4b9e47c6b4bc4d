"""Work histories that add up to the planned years, told backwards from the assessment day.

A full-time year counts 364 days; part-time spells last longer for the same hours. Around the work that counts
stand jobs that do not: beside a course, unpaid, low-skilled, on one's own account.
"""

from dataclasses import dataclass, field

from simulation.population.calendar import FULL_YEAR
from simulation.population.chances import Weighted, between, chance
from simulation.population.countries import WORK_ELSEWHERE
from simulation.population.occupations import UNSKILLED, related
from simulation.population.people import Person
from simulation.population.plans import CEC, FST, FSW, Json

FULL_TIME = Weighted(((40, 58), (37.5, 22), (35, 8), (44, 4), (48, 3), (30, 3), (32, 2)))
PART_TIME = Weighted(((20, 50), (24, 20), (15, 18), (25, 12)))
COUNTED_HOURS = 30
TEN_YEARS = 3_640
GAPS = Weighted(((0, 45), (14, 20), (45, 20), (120, 12), (240, 3)))
STILL_EMPLOYED = 0.74
SHORTEST = 75


Span = tuple[int, int]
"""First and last day of a job, both included, in days back; a last day of 0 means still employed."""


@dataclass(slots=True)
class History:
    """Jobs, newest first, and the number of days back at which the time before them ends."""

    jobs: list[Json] = field(default_factory=list)
    until: int = 0


@dataclass(slots=True)
class Block:
    """Counted work in one place: full-time days to be worked, and where, in which occupation."""

    days: int
    country: str
    noc: str
    ongoing: bool
    unbroken: int
    unusual: float = 0.05


def job(person: Person, noc: str, country: str, days: Span, hours: float, **marks: bool) -> Json:
    """Return a job of some hours a week; ``marks`` are the facts that differ from an ordinary paid job."""
    today, (start, end) = person.today, days
    entry: Json = {
        "noc": noc,
        "country": country,
        "start_date": today.back(start),
        "end_date": today.back(end) if end else None,
        "hours_per_week": hours,
        "paid": True,
        "authorized": True,
        "self_employed": False,
        "full_time_student": False,
    }
    entry.update(marks)
    return entry


def canadian_work(person: Person, history: History) -> None:
    """Add the planned years in Canada, so that a candidate of the Canadian class had one when submitting."""
    years, stream = person.plan.canadian, person.stream
    if not years:
        return
    spare = stream.random() * (2.6 if years == 5 else 0.9) + 0.03
    days = int(FULL_YEAR * (years + spare))
    ongoing = chance(stream, STILL_EMPLOYED)
    if person.plan.program == CEC and person.waited > days - FULL_YEAR - 10:
        # The year was complete on the day of submission, so the work had ended by then.
        ongoing = False
        history.until = person.waited + between(stream, 1, 120)
    elif not ongoing:
        history.until = person.waited + between(stream, 1, 240)
    block = Block(days, "CA", person.noc, ongoing, unbroken=FULL_YEAR + 8)
    _work(person, history, block)


def foreign_work(person: Person, history: History, schooling: float) -> bool:
    """Add the planned years abroad before the time already told; False when life is too short for them."""
    tier, stream = person.plan.foreign, person.stream
    abroad_now = not history.until and person.plan.program == FSW and chance(stream, STILL_EMPLOYED)
    if not abroad_now:
        history.until = max(history.until, person.waited) + between(stream, 5, 150)
    room = min(TEN_YEARS - history.until, int((person.age_at(history.until) - schooling) * FULL_YEAR))
    days = _foreign_days(person, tier, room)
    if days is None:
        return False
    if days:
        country = WORK_ELSEWHERE.pick(stream) if chance(stream, 0.14) else person.origin
        noc = person.noc if not history.jobs or chance(stream, 0.6) else _other(person, person.noc)
        block = Block(days, country, noc, abroad_now, unbroken=FULL_YEAR + 8, unusual=0.08)
        _work(person, history, block)
    return history.until <= TEN_YEARS or tier == 3


def _foreign_days(person: Person, tier: int, room: int) -> int | None:
    stream = person.stream
    if tier == 0:
        short = between(stream, 40, 330) if chance(stream, 0.35) else 0
        return short if short + 60 < room else 0
    low = int(FULL_YEAR * (tier + 0.03))
    high = min(room - 60, int(FULL_YEAR * (tier + 0.92)) if tier < 3 else TEN_YEARS)
    if high < low:
        return None
    if tier < 3:
        return between(stream, low, high)
    return low + int((high - low) * stream.random() ** 0.7)


def _work(person: Person, history: History, block: Block) -> None:
    """Fill a block with one to four jobs, the newest long enough for an unbroken year where there is room."""
    stream, left, first = person.stream, block.days, True
    while left > 0:
        share = _share(person, left, first, block.unbroken)
        noc = block.noc if first or chance(stream, 0.7) else _other(person, block.noc)
        _spell(person, history, block, share, noc, ongoing=block.ongoing and first)
        left -= share
        first = False
        if left > 0:
            gap = GAPS.pick(stream)
            history.until += between(stream, gap // 2, gap) if _room(person, history, left) else 0


def _other(person: Person, noc: str) -> str:
    """Return an occupation of the same field; tradespeople stay in their trade, whose program wants it so."""
    return noc if person.plan.program == FST else related(noc, person.stream)


def _share(person: Person, left: int, first: bool, unbroken: int) -> int:
    stream = person.stream
    if left < 3 * SHORTEST or chance(stream, 0.45):
        return left
    shortest = unbroken if first and left >= unbroken else SHORTEST
    share = between(stream, min(shortest, left), left)
    return share if left - share >= SHORTEST else left


def _room(person: Person, history: History, left: int) -> bool:
    return history.until + left + 260 < TEN_YEARS and person.age_at(history.until + left) > 20


def _spell(person: Person, history: History, block: Block, days: int, noc: str, *, ongoing: bool) -> None:
    """Add one job of that many full-time days, ending on the day before what is already told."""
    stream = person.stream
    hours, length = FULL_TIME.pick(stream), days
    if days < 200 and not ongoing and chance(stream, 0.25) and _room(person, history, 2 * days):
        hours = PART_TIME.pick(stream)
        length = int(days * COUNTED_HOURS / hours) + 1
    end = 0 if ongoing else history.until + 1
    start = end + length - 1 if end else length
    own = block.country != "CA" and not ongoing and chance(stream, 0.06)
    history.jobs.append(job(person, noc, block.country, (start, end), hours, self_employed=own))
    history.until = start
    if hours >= COUNTED_HOURS and length > 200 and chance(stream, block.unusual):
        _second_job(person, history, block.country, start, end)


def _second_job(person: Person, history: History, country: str, start: int, end: int) -> None:
    """Add a job beside another one, which counts nothing as the week is already full."""
    stream = person.stream
    begun = between(stream, end + 30, start)
    over = max(end, begun - between(stream, 60, 400)) if begun > end + 60 else end
    noc = UNSKILLED.pick(stream) if chance(stream, 0.6) else related(person.noc, stream)
    volunteer = chance(stream, 0.2)
    history.jobs.append(job(person, noc, country, (begun, over), PART_TIME.pick(stream), paid=not volunteer))


def beside_study(person: Person, history: History, start: int, end: int) -> None:
    """Add a student's job in Canada, which never counts."""
    stream = person.stream
    if end - 10 > start or not chance(stream, 0.55) or start - end < 120:
        return
    begun = between(stream, end + 60, start - 30)
    noc, hours, days = UNSKILLED.pick(stream), PART_TIME.pick(stream), (begun, max(end, 1))
    history.jobs.append(job(person, noc, "CA", days, hours, full_time_student=True))


def filler(person: Person, history: History, schooled: int) -> None:
    """Add a job that does not count in the years between the last credential and the work already told."""
    idle = schooled - history.until
    if idle < 500 or not chance(person.stream, 0.6):
        return
    end = history.until + between(person.stream, 30, idle // 3)
    start = end + between(person.stream, idle // 4, idle // 2)
    history.jobs.append(job(person, UNSKILLED.pick(person.stream), person.origin, (start, end), 40))
