"""What time alone will change for a candidate in the next 24 months, as its page, its picture and its file show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from draws.charts.step_charts import Ending, Step, StepChart, step_chart
from eligibility.wording.names import number
from eligibility.wording.outlooks import counts, happens, in_calendar, opens, prevents
from rules.assessment import assess
from rules.deadlines import anniversary
from rules.facts import Profile
from rules.outlook import Change, outlook, renewed, walk

YEARS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing of a day. ``kind`` and ``brief`` are for the calendar, where others may read along."""

    kind: str
    happens: str
    prevents: str
    brief: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the list: what happens, what it opens or closes, which points it changes, the score around it.

    ``at`` is the instant where the day is that of a deadline to the second.
    """

    day: date
    things: list[Dated]
    opens: list[str]
    counts: list[str]
    before: int
    after: int
    at: datetime | None = None

    @property
    def delta(self) -> int:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that no rule of points knows: of an invitation, or of a draft."""

    kind: str
    at: datetime
    happens: str | Promise
    prevents: str | Promise
    brief: str | Promise


@dataclass(frozen=True, slots=True)
class Row:
    """A day of the picture's table; ``expected`` is the score with tests and assessments renewed."""

    day: date
    expected: int
    unprevented: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The score over time. ``parted``: what to prevent differs from what is expected."""

    chart: StepChart
    rows: list[Row]
    finding: str
    parted: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """The list and its picture from a day on."""

    on: date
    until: date
    score: int
    days: list[Day]
    picture: Picture


INVITED = _("Last day to answer your invitation to apply.")
TO_ANSWER = _(
    "Apply or decline before this instant: without an answer your profile leaves the pool for good."
)
DRAFT_ENDS = _("Your draft lapses.")
TO_SEND = _("Send it before this instant. Afterwards you can begin anew from its answers.")


def invitation_deadline(at: datetime) -> Deadline:
    """Return the deadline of an open invitation."""
    return Deadline("invitation_ends", at, INVITED, TO_ANSWER, _("Last day to answer an invitation to apply"))


def draft_deadline(at: datetime) -> Deadline:
    """Return the deadline of a draft."""
    return Deadline("draft_ends", at, DRAFT_ENDS, TO_SEND, _("The draft of a profile lapses"))


def outlook_of(
    facts: Profile, on: date, *, ends_on: date | None = None, deadlines: Iterable[Deadline] = ()
) -> Outlook:
    """Return all that is ahead of a candidate from a day on; ``ends_on`` is when the profile leaves the pool."""
    until = anniversary(on, YEARS_AHEAD)
    changes = outlook(facts, on, until, ends_on=ends_on)
    score = assess(facts, on, next_change=False).total
    days = [_day(change) for change in changes]
    endings = [Ending(ends_on, "profile_expires")] if ends_on else []
    for deadline in deadlines:
        if on <= deadline.at.date() <= until:
            days.append(_deadline(deadline, days, score))
            endings.append(Ending(deadline.at.date(), deadline.kind))
    days.sort(key=lambda one: one.day)
    return Outlook(on, until, score, days, _picture(facts, Step(on, score), until, changes, endings))


def next_day(facts: Profile, on: date) -> Day | None:
    """Return the next day on which points, programs or categories change, if it is in the time looked ahead."""
    ahead = walk(facts, on, anniversary(on, YEARS_AHEAD))
    return next((_day(change) for change in ahead if change.weighs), None)


def _day(change: Change) -> Day:
    things = [
        Dated(cause.kind, happens(cause), prevents(cause, change), in_calendar(cause))
        for cause in (*change.causes, *change.notes)
    ]
    return Day(change.on, things, opens(change), counts(change), change.before.total, change.after.total)


def _deadline(deadline: Deadline, days: Sequence[Day], score: int) -> Day:
    day = deadline.at.date()
    held = [one.after for one in days if one.day <= day]
    score = held[-1] if held else score
    thing = Dated(deadline.kind, str(deadline.happens), str(deadline.prevents), str(deadline.brief))
    return Day(day, [thing], [], [], score, score, deadline.at)


# ---- the picture -------------------------------------------------------------------------------------------


def _picture(
    facts: Profile, now: Step, until: date, changes: Sequence[Change], endings: Sequence[Ending]
) -> Picture:
    unprevented = _steps(now, changes)
    expected = _renewed_steps(facts, now, until) or unprevented
    days = sorted({step.day for step in (*expected, *unprevented)})
    rows = [Row(day, _score_on(expected, day), _score_on(unprevented, day)) for day in days]
    parted = any(row.expected != row.unprevented for row in rows)
    chart = step_chart(expected, unprevented, until=until, endings=endings)
    return Picture(chart, rows, _finding(rows, parted), parted)


def _steps(now: Step, changes: Iterable[Change]) -> list[Step]:
    return [now, *(Step(change.on, change.after.total) for change in changes if change.delta)]


def _renewed_steps(facts: Profile, now: Step, until: date) -> list[Step]:
    """Return the steps with tests and assessments renewed; none if renewing alone would change today's score."""
    kept = renewed(facts, now.day)
    if kept == facts or assess(kept, now.day, next_change=False).total != now.score:
        return []
    return _steps(now, (change for change in outlook(kept, now.day, until) if change.on < until))


def _score_on(steps: Sequence[Step], day: date) -> int:
    return [step.score for step in steps if step.day <= day][-1]


def _finding(rows: Sequence[Row], parted: bool) -> str:
    scores = [row.expected for row in rows]
    lowest = min(row.unprevented for row in rows)
    words = {"now": number(scores[0]), "highest": number(max(scores)), "lowest": number(lowest)}
    if len({*scores, *(row.unprevented for row in rows)}) == 1:
        return gettext("Time alone does not change your score of %(now)s in these 24 months.") % words
    if parted:
        return (
            gettext(
                "You score %(now)s today. With tests and assessments renewed in time, the highest is %(highest)s; "
                "if you renew nothing, the lowest is %(lowest)s."
            )
            % words
        )
    return (
        gettext(
            "You score %(now)s today. The highest of these 24 months is %(highest)s, the lowest %(lowest)s."
        )
        % words
    )
