"""Up to four columns side by side, the profile as it is first: points, programs, rank, and past rounds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from draws.candidate.past_rounds import PastRound, PastYear, Standpoint, past_year, rounds_of_the_year
from draws.what_if.picture import Bar, Picture, comparison_picture
from draws.what_if.ranks import would_stand
from eligibility.wording import LINE_TITLES, PROGRAM_NAMES, SECTION_TITLES
from eligibility.wording.names import CATEGORY_NAMES
from lifecycle.tables import ProfileState
from profiles.models import Scenario
from profiles.scenarios import Basis, read
from rules.assessment import Assessment, assess_many
from rules.facts import Profile as Facts
from rules.ranking import LINES, SECTION_OF, SECTIONS
from rules.selection import FEDERAL_PROGRAMS

MOST_BESIDE = 3
FEDERAL = ("CEC", "FSW", "FST")
TODAY = gettext_lazy("Today")


@dataclass(frozen=True, slots=True)
class Column:
    """One profile: the candidate's own (without ``scenario``), or a scenario. ``rank`` is None for the ineligible."""

    name: str
    scenario: Scenario | None
    facts: Facts
    result: Assessment
    rank: int | None
    past: PastYear

    @property
    def url(self) -> str:
        return reverse("draws:scenario", args=[self.scenario.pk]) if self.scenario else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value under a column's name; ``differs`` marks what is not as it is today."""

    column: str
    value: Any
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One measure across the columns; ``kind`` says how its values are drawn: number, gain, text, rank, rounds."""

    label: str | Promise
    kind: str
    cells: list[Cell]
    look: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one section of the score."""

    title: str | Promise
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The columns with everything that the page shows of them; ``total`` is how many the pool would hold."""

    columns: list[Column]
    rows: list[Row]
    lines: list[Section]
    picture: Picture
    rounds: int
    total: int

    @property
    def today(self) -> Column:
        return self.columns[0]

    @property
    def scenarios(self) -> list[Column]:
        return self.columns[1:]

    @property
    def best(self) -> Column | None:
        """The scenario with most points, where one has more than today."""
        best = max(self.scenarios, key=lambda column: column.result.total, default=None)
        return best if best and best.result.total > self.today.result.total else None

    @property
    def gain(self) -> int:
        """How many points the best scenario gains."""
        return self.best.result.total - self.today.result.total if self.best else 0


def compare(basis: Basis, scenarios: Sequence[Scenario], at: datetime) -> Comparison:
    """Compare a basis with at most three scenarios, in three queries however many rounds there are."""
    on = at.date()
    beside = list(scenarios[:MOST_BESIDE])
    candidates = [basis.facts, *(read(scenario.facts, on) for scenario in beside)]
    results = assess_many(candidates, on, next_change=False)
    held = rounds_of_the_year(on)
    scores = {result.total for result in results}
    ranks = would_stand(scores, submitted_at=basis.submitted_at, entry=basis.entry, at=at)
    columns = [
        Column(
            name=scenario.name if scenario else str(TODAY),
            scenario=scenario,
            facts=candidate,
            result=result,
            rank=ranks.by_score[result.total] if result.program_bits & FEDERAL_PROGRAMS else None,
            past=past_year(
                Standpoint(result.total, result.program_bits, candidate, basis.submitted_at, on), held
            ),
        )
        for scenario, candidate, result in zip([None, *beside], candidates, results, strict=True)
    ]
    return Comparison(columns, _rows(columns), _lines(columns), _picture(columns), len(held), ranks.total)


def is_in_pool(basis: Basis, at: datetime) -> bool:
    """Whether the basis is a profile in the pool at an instant."""
    return basis.entry is not None and basis.entry.state_at(at) == ProfileState.IN_POOL


def _row(
    columns: list[Column], label: str | Promise, kind: str, value: Callable[[Column], Any], look: str = ""
) -> Row:
    today = value(columns[0])
    cells = [Cell(column.name, value(column), value(column) != today) for column in columns]
    return Row(label, kind, cells, look)


def _rows(columns: list[Column]) -> list[Row]:
    total = columns[0].result.total
    return [
        _row(columns, _("Score"), "number", lambda column: column.result.total, "total"),
        _row(columns, _("Gain"), "gain", lambda column: column.result.total - total, "gainrow"),
        *(_row(columns, SECTION_TITLES[name], "number", partial(_section, name=name)) for name in SECTIONS),
        *(_row(columns, PROGRAM_NAMES[name], "text", partial(_met, program=name)) for name in FEDERAL),
        _row(columns, _("Provincial nomination"), "text", _nominated),
        _row(columns, _("Categories"), "text", _categories),
        _row(columns, _("Rank in the pool now"), "rank", lambda column: column.rank),
        _row(columns, _("Rounds of the past 12 months that would have invited"), "rounds", _invited),
    ]


def _section(column: Column, *, name: str) -> int:
    return column.result.sections[name]


def _line(column: Column, *, place: int) -> int:
    return column.result.lines[place]


def _met(column: Column, *, program: str) -> str:
    return _("met") if column.result.programs[program].eligible else _("not met")


def _nominated(column: Column) -> str:
    return _("counts") if column.result.factors.nomination else _("none")


def _categories(column: Column) -> str:
    return ", ".join(str(CATEGORY_NAMES[code]) for code in column.result.categories) or _("none")


def _invited(column: Column) -> list[PastRound]:
    return column.past.invited


def _lines(columns: list[Column]) -> list[Section]:
    return [
        Section(
            SECTION_TITLES[section],
            [
                _row(columns, LINE_TITLES[line], "number", partial(_line, place=place))
                for place, line in enumerate(LINES)
                if SECTION_OF[line] == section
            ],
        )
        for section in SECTIONS
    ]


def _picture(columns: list[Column]) -> Picture:
    bars = [
        Bar(column.name, [column.result.sections[name] for name in SECTIONS], column.result.total)
        for column in columns
    ]
    return comparison_picture(bars, _latest_open(columns))


def _latest_open(columns: list[Column]) -> PastRound | None:
    """Return the latest round that was open to the profile as it is, or else to the first scenario it was open to."""
    return next(
        (past for column in columns for past in column.past.open if past.held.cutoff is not None), None
    )
