"""The work history as a picture and as tables: jobs over ten years, gaps, overlaps, and what counts of them today.

What counts is computed by ``rules.worked``; here are only words and coordinates, in the units of a viewBox.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from eligibility.date_parts import in_words
from eligibility.fields import Text, french
from eligibility.forms.work import MOST_HOURS
from eligibility.occupations import title_of
from eligibility.summaries import period
from profiles.facts import Answers, facts_in
from rules import facts, worked
from rules.deadlines import anniversary
from rules.facts import Profile, ProfileError
from rules.worked import Amount, Period

WORK = "work"
YEARS = 10
WINDOWS = (3, 5)

MEASURES: Mapping[str, Text] = {
    "cec": gettext_lazy("Canadian Experience Class: skilled work in Canada"),
    "fsw_minimum": gettext_lazy(
        "Federal Skilled Worker Program, minimum: the primary occupation without a break"
    ),
    "fsw_points": gettext_lazy("Federal Skilled Worker Program, points: all skilled work"),
    "fst": gettext_lazy("Federal Skilled Trades Program: work in the trade"),
    "crs_canadian": gettext_lazy("Ranking: skilled work in Canada"),
    "crs_foreign": gettext_lazy("Ranking: skilled work outside Canada"),
    "crs_spouse": gettext_lazy("Ranking: your partner’s skilled work in Canada"),
}
SHORT: Mapping[str, Text] = {
    "cec": gettext_lazy("CEC"),
    "fsw_minimum": gettext_lazy("FSW, minimum"),
    "fsw_points": gettext_lazy("FSW, points"),
    "fst": gettext_lazy("FST"),
    "crs_canadian": gettext_lazy("Ranking, Canada"),
    "crs_foreign": gettext_lazy("Ranking, abroad"),
    "crs_spouse": gettext_lazy("Ranking, Canada"),
}
CLOSED: Mapping[str, Text] = {
    "fsw_minimum": gettext_lazy("Your primary occupation must be skilled work; you have named none that is."),
    "fst": gettext_lazy("Your primary occupation must be a trade; you have named none that is."),
}


@dataclass(frozen=True)
class Frame:
    """The size of a drawing, the sides of its plot, the height of a lane; ``every``: years between marks."""

    width: int
    left: int
    right: int
    top: int
    lane: int
    every: int


WIDE = Frame(672, 84, 668, 44, 32, 1)
NARROW = Frame(340, 84, 336, 44, 30, 3)


@dataclass(frozen=True)
class Bar:
    """A period in a lane; ``paint`` is act (counts for something), quiet (does not), you (a gap), or other."""

    x: str
    y: str
    width: str
    height: str
    paint: str


@dataclass(frozen=True)
class Mark:
    """A place on the axis or a lane's middle, with its words, and how high these stand where it matters."""

    at: str
    words: str
    y: str = ""


@dataclass(frozen=True)
class Drawing:
    """One of the two drawings."""

    frame: Frame
    height: str
    base: str
    bars: list[Bar]
    lanes: list[Mark]
    ticks: list[Mark]
    windows: list[Mark]


@dataclass(frozen=True)
class Total:
    """What all jobs amount to by one measure: numbers, and the words of a row."""

    amount: Amount
    title: Text
    hours: str
    needed: Text


@dataclass(frozen=True)
class JobRow:
    """One job: its words, and the hours that it would count for alone, by measure."""

    number: int
    title: str
    period: str
    hours: list[str]


@dataclass(frozen=True)
class WorkPicture:
    """Everything that the page shows of the work history as of a day."""

    on: date
    finding: str
    totals: list[Total]
    jobs: list[JobRow]
    gaps: list[Period]
    overlaps: list[Period]
    too_many: list[Period]
    wide: Drawing
    narrow: Drawing

    @property
    def notes(self) -> list[str]:
        """What is told about the hours of several jobs together."""
        sentence = _(
            "From %(first)s to %(last)s your jobs take more than %(most)s hours a week together. Check the hours "
            "and the dates. At most 30 hours a week count in any case."
        )
        return [
            sentence % {"first": in_words(period.first), "last": in_words(period.last), "most": MOST_HOURS}
            for period in self.too_many
        ]

    @property
    def headings(self) -> list[tuple[Text, Text]]:
        """The measures in short and in full."""
        return [(SHORT[total.amount.measure], total.title) for total in self.totals]


def work_picture(part: Answers, on: date, *, of_partner: bool = False) -> WorkPicture | None:
    """Return the picture of the work that a part of the answers tells; None without a job, or if an entry cannot be.

    A partner's work counts in one way only.
    """
    profile = worker(part, on)
    if profile is None or not profile.work:
        return None
    measured = worked.partners_amounts if of_partner else worked.amounts
    totals = [_total(amount) for amount in measured(profile, on)]
    since = max(anniversary(on, -YEARS), min(job.start_date for job in profile.work))
    single = [measured(alone, on) for alone in worked.alone(profile)]
    lanes = _Lanes(
        profile,
        on,
        [any(amount.hours for amount in amounts) for amounts in single],
        worked.gaps(profile.work, since, on) if since < on else [],
        worked.overlaps(profile.work, on),
    )
    return WorkPicture(
        on,
        _finding(totals),
        totals,
        list(_job_rows(profile, single)),
        lanes.gaps,
        lanes.overlaps,
        worked.too_many_hours(profile.work, on, MOST_HOURS),
        lanes.drawn(WIDE),
        lanes.drawn(NARROW),
    )


def worker(part: Answers, on: date) -> Profile | None:
    """Return the facts about work, with neutral ones in place of all others, which work does not rest on."""
    told = facts_in({key: part[key] for key in ("work", "primary_occupation_noc") if key in part})
    neutral = {
        "birth_date": "1980-01-01",
        "marital_status": "never_married",
        "intended_province": None,
        "family_size": 1,
        "settlement_funds_cad": 0,
        "first_official_language": "en",
        "primary_occupation_noc": None,
    }
    try:
        return facts.parse({**neutral, **told, "as_of": on.isoformat()})
    except ProfileError:
        return None


def in_hours(hours: float) -> str:
    return format_decimal(hours, locale="fr_CA" if french() else "en_CA")


def _total(amount: Amount) -> Total:
    return Total(amount, MEASURES[amount.measure], in_hours(amount.hours), _needed(amount))


def _needed(amount: Amount) -> Text:
    if not amount.open:
        return CLOSED[amount.measure]
    if amount.needed is None:
        return _("Counts by whole years.")
    words = {"hours": in_hours(amount.needed)}
    if amount.reached:
        return _("%(hours)s hours are needed: reached.") % words
    return _("%(hours)s hours are needed: not reached.") % words


def _finding(totals: Sequence[Total]) -> str:
    found = {total.amount.measure: total for total in totals}
    skilled = found.get("fsw_points")
    if skilled is None:
        sentence = _("%(hours)s hours of your partner’s work in the last ten years count.")
        return sentence % {"hours": found[worked.PARTNERS].hours}
    years = skilled.amount.years
    sentence = ngettext(
        "Of your work in the last ten years, %(hours)s hours count as skilled work: %(years)s whole year.",
        "Of your work in the last ten years, %(hours)s hours count as skilled work: %(years)s whole years.",
        years,
    )
    return sentence % {"hours": skilled.hours, "years": years}


def _job_rows(profile: Profile, single: Sequence[Sequence[Amount]]) -> Iterator[JobRow]:
    for number, (job, amounts) in enumerate(zip(profile.work, single, strict=True), start=1):
        end = job.end_date.isoformat() if job.end_date else None
        hours = [in_hours(amount.hours) for amount in amounts]
        yield JobRow(number, title_of(job.noc), period(job.start_date.isoformat(), end), hours)


@dataclass(frozen=True)
class _Lanes:
    """What is drawn: a lane a job, then one for gaps and one for overlaps where there are any."""

    profile: Profile
    on: date
    counts: list[bool]
    gaps: list[Period]
    overlaps: list[Period]

    @property
    def first(self) -> date:
        return anniversary(self.on, -YEARS)

    def drawn(self, frame: Frame) -> Drawing:
        lanes = [
            *self.jobs(),
            *self.marked(self.gaps, _("Gaps"), "you"),
            *self.marked(self.overlaps, _("Overlaps"), "other"),
        ]
        base = frame.top + len(lanes) * frame.lane + 6
        bars = [
            self.bar(frame, number, period, paint)
            for number, (_words, periods, paint) in enumerate(lanes)
            for period in periods
            if period.last >= self.first
        ]
        middles = [frame.top + number * frame.lane + frame.lane / 2 for number in range(len(lanes))]
        words = [words for words, _periods, _paint in lanes]
        return Drawing(
            frame,
            _text(base + 34),
            _text(base),
            bars,
            [Mark(_text(at), told) for at, told in zip(middles, words, strict=True)],
            list(self.ticks(frame)),
            list(self.windows(frame)),
        )

    def jobs(self) -> Iterator[tuple[str, list[Period], str]]:
        for number, (job, counts) in enumerate(zip(self.profile.work, self.counts, strict=True), start=1):
            words = _("Job %(number)s") % {"number": number}
            yield words, [Period(job.start_date, job.end_date or self.on)], "act" if counts else "quiet"

    def marked(
        self, periods: list[Period], words: str, paint: str
    ) -> Iterator[tuple[str, list[Period], str]]:
        if periods:
            yield words, periods, paint

    def bar(self, frame: Frame, number: int, period: Period, paint: str) -> Bar:
        start, end = self.x(frame, period.first), self.x(frame, min(period.last, self.on))
        y = frame.top + number * frame.lane + 7
        return Bar(_text(start), _text(y), _text(max(end - start, 2)), _text(frame.lane - 14), paint)

    def x(self, frame: Frame, day: date) -> float:
        """Return where a day stands; what lies before the picture stands at its left side."""
        share = max(0, (day - self.first).days) / (self.on - self.first).days
        return frame.left + share * (frame.right - frame.left)

    def ticks(self, frame: Frame) -> Iterator[Mark]:
        for year in range(self.first.year + 1, self.on.year + 1):
            if (year - self.first.year) % frame.every == 0:
                yield Mark(_text(self.x(frame, date(year, 1, 1))), str(year))

    def windows(self, frame: Frame) -> Iterator[Mark]:
        for line, years in enumerate(WINDOWS):
            words = _("last %(years)s years") % {"years": years}
            yield Mark(_text(self.x(frame, anniversary(self.on, -years))), words, _text(16 + 18 * line))


def _text(value: float) -> str:
    """Return a coordinate with at most one decimal, always with a point."""
    return f"{value:.1f}".removesuffix(".0")
