"""The calendar of rounds: a month of days, with what was held, what is planned, and what plans are about to make."""

from calendar import MONDAY, Calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils.functional import Promise

from draws.models import Occurrence, RecurringPlan, Round
from draws.recurring.turns import Turn, coming, with_turns
from draws.recurring.words import COMING, SKIPPED, names_of, round_state, why_skipped

FIRST_YEAR = 2015
YEARS_AHEAD = 5
DAY = timedelta(days=1)
WEEKS = Calendar(MONDAY)


@dataclass(frozen=True, slots=True)
class Entry:
    """A round on a day of the calendar: one that there is, or that a plan is about to make, or that was skipped."""

    instant: datetime
    names: list[Promise]
    size: int | None
    round: Round | None
    plan: RecurringPlan | None
    kind: str
    word: str | Promise
    why: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the month; nothing but its place in the grid when it belongs to another month."""

    day: date
    inside: bool
    today: bool
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday on; ``previous`` and ``next`` as its address names them, or nothing."""

    first: date
    weeks: list[list[Day]]
    previous: date | None
    next: date | None

    @property
    def count(self) -> int:
        """How many rounds it has, without the days that were skipped."""
        entries = [entry for week in self.weeks for day in week for entry in day.entries]
        return sum(entry.size is not None for entry in entries)

    @property
    def is_empty(self) -> bool:
        return not any(day.entries for week in self.weeks for day in week)


def month_named(name: str, today: date) -> date:
    """Return the first day of a month named as 2026-10; of this month where the name makes no sense here."""
    try:
        first = datetime.strptime(name, "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        first = today
    return (
        first.replace(day=1) if FIRST_YEAR <= first.year <= today.year + YEARS_AHEAD else today.replace(day=1)
    )


def month_of(first: date, at: datetime) -> Month:
    """Return a month with everything in it, in the same few queries however much that is."""
    end = _next(first) - DAY
    entries = sorted(
        [*_rounds(first, end), *_skipped(first, end), *_coming(first, end, at)],
        key=lambda entry: (entry.instant, entry.round.number if entry.round else 0),
    )
    today = at.date()
    weeks = [
        [_day(day, first, today, entries) for day in week]
        for week in WEEKS.monthdatescalendar(first.year, first.month)
    ]
    previous, following = (first - DAY).replace(day=1), _next(first)
    return Month(
        first,
        weeks,
        previous if previous.year >= FIRST_YEAR else None,
        following if following.year <= today.year + YEARS_AHEAD else None,
    )


def _day(day: date, first: date, today: date, entries: list[Entry]) -> Day:
    inside = day.month == first.month
    held = [entry for entry in entries if entry.instant.date() == day] if inside else []
    return Day(day, inside, day == today, held)


def _rounds(first: date, end: date) -> list[Entry]:
    """Return the rounds by the day on which they ran, or else are to run."""
    span = (_midnight(first), _midnight(end + DAY) - timedelta(microseconds=1))
    found = Round.objects.filter(Q(ran_at__range=span) | Q(ran_at=None, planned_for__range=span))
    return [_round(held) for held in found.select_related("occurrence__plan")]


def _round(held: Round) -> Entry:
    kind, word = round_state(held)
    occurrence: Occurrence | None = getattr(held, "occurrence", None)
    return Entry(
        instant=held.ran_at or held.planned_for,
        names=names_of(held),
        size=held.size,
        round=held,
        plan=occurrence.plan if occurrence else None,
        kind=kind,
        word=word,
    )


def _skipped(first: date, end: date) -> list[Entry]:
    found = Occurrence.objects.filter(day__range=(first, end), round=None).select_related("plan")
    return [
        Entry(held.plan.instant(held.day), [], None, None, held.plan, "wait", SKIPPED, why_skipped(held))
        for held in found
    ]


def _coming(first: date, end: date, at: datetime) -> list[Entry]:
    """Return what the running plans are about to make on the days of a month."""
    if end < at.date():
        return []
    plans = with_turns(RecurringPlan.objects.running(), at)
    return [
        _turn(turn, plan)
        for plan in plans
        for turn in coming(plan, at, end)
        if turn.day >= first and turn.occurrence is None
    ]


def _turn(turn: Turn, plan: RecurringPlan) -> Entry:
    names = names_of(turn.step.instruction()) if turn.step else []
    return Entry(turn.instant, names, turn.step.size if turn.step else None, None, plan, "todo", COMING)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
