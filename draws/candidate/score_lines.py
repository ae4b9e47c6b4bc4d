"""The 16 lines of a score in their four sections: points, reasons in sentences, tables, and the source."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from draws.candidate import score_tables, section_tables
from draws.candidate.score_tables import Table
from eligibility.wording import LineText, SectionText, sections
from rules.explanation import Explanation, Line

NO_SPOUSE = _("Does not apply to you. Its 40 points are part of your core section.")
NOTES: dict[str, Promise] = {
    "transferability": _("Education or foreign work, together with language or Canadian work."),
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """One line: its points, the most that it can earn for this candidate, and why."""

    title: str
    points: int
    most: int
    sentences: Sequence[str]
    tables: Sequence[Table]
    source: str


@dataclass(frozen=True, slots=True)
class SectionShown:
    """One section with its lines; ``points`` may be less than their sum, because of its own cap."""

    title: str
    points: int
    most: int
    note: str | Promise
    lines: list[LineShown]


def sections_of(explanation: Explanation) -> list[SectionShown]:
    """Return the four sections of an explained score."""
    explained = {line.factor: line for line in explanation.lines}
    return [
        SectionShown(
            title=section.title,
            points=section.points,
            most=section.most,
            note=note_of(section),
            lines=[line_of(told, explained[told.factor], explanation) for told in section.lines],
        )
        for section in sections(explanation)
    ]


def line_of(told: LineText, explained: Line, explanation: Explanation) -> LineShown:
    """Return one line with its sentences and the tables behind it."""
    return LineShown(
        title=told.title,
        points=told.points,
        most=told.most,
        sentences=told.sentences,
        tables=[
            *score_tables.tables_of(explained, explanation.as_of),
            *section_tables.tables_of(explained, explanation.as_of),
        ],
        source=told.source,
    )


def note_of(section: SectionText) -> str | Promise:
    """Return what is to be said of a section as a whole, empty if nothing is."""
    if section.code == "spouse" and not section.most:
        return NO_SPOUSE
    return section.note or NOTES.get(section.code, "")
