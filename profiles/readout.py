"""A profile's answers in words, for pages that show and don't ask."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from eligibility.fields import Text
from eligibility.summaries import ENTRIES, PLAIN, Summary
from profiles.asking import Entries, Question, Section
from profiles.detail_words import detail_lines
from profiles.facts import Answers
from profiles.forms.own import OwnForm
from profiles.levels import level_words, levels_of
from profiles.pages import Page, notes_of
from profiles.sections import shown


@dataclass(frozen=True)
class Row:
    """A question and its answer; ``change_url`` leads to where it is asked."""

    label: Text
    value: Text
    note: str = ""
    change_url: str = ""


@dataclass(frozen=True)
class Block:
    """The rows of a section."""

    slug: str
    title: Text
    rows: list[Row]


def blocks(answers: Answers, *, changeable: bool = False, today: date | None = None) -> list[Block]:
    """Return all sections that these answers call for, in words, with what is told about them as of ``today``."""
    return [
        Block(
            section.slug,
            section.title,
            _noted(section, answers, [*rows_of(section, answers, changeable=changeable)], today),
        )
        for section in shown(answers)
    ]


def _noted(section: Section, answers: Answers, rows: list[Row], today: date | None) -> list[Row]:
    """Return a section's rows, the last one with what is told about the section's answers."""
    notes = notes_of(section, answers, today) if today else []
    return [*rows[:-1], replace(rows[-1], note=" ".join(notes))] if notes else rows


def rows_of(section: Section, answers: Answers, *, changeable: bool = False) -> Iterator[Row]:
    """Yield a section's questions and entries with their answers."""
    part = section.part(answers)
    url = reverse("profiles:section", args=[section.slug]) if changeable else ""
    if section.entries:
        yield from _entries(section, section.entries, part, url)
    for question in section.asked(answers):
        yield from plain_rows(question, part, url)


def plain_rows(question: Question, part: Answers, url: str = "") -> Iterator[Row]:
    """Yield the answers of a question's form."""
    fields = question.form.base_fields
    known = question.known(part)
    if issubclass(question.form, OwnForm):
        told = question.form.rows(known) or [(question.first_open(part), _("Not answered"))]
        yield from (Row(label, answer, "", url) for label, answer in told)
        return
    for key in question.keys:
        answer = PLAIN[key](known[key]) if key in known else _("Not answered")
        yield Row(fields[key].label or "", answer, "", url)


def summary_of(entries: Entries, entry: Answers) -> Summary:
    """Return an entry in words, with what a profile tells beside the facts."""
    summary = ENTRIES[entries.key](entry)
    levels = [level_words(found)] if entries.key == "language_tests" and (found := levels_of(entry)) else []
    return replace(summary, lines=(*summary.lines, *levels, *detail_lines(entries.key, entry)))


def in_lines(summary: Summary) -> SafeString:
    """Return what was told of an entry beside its name, a line each."""
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in summary.lines))


def _entries(section: Section, entries: Entries, part: Answers, url: str) -> Iterator[Row]:
    held = entries.of(part)
    if not held:
        told = _("No") if entries.key in part else _("Not answered")
        yield Row(entries.question, told, "", url)
    for number, entry in enumerate(held, start=1):
        summary = summary_of(entries, entry)
        address = reverse("profiles:entry", args=[section.slug, number]) if url else ""
        yield Row(entries.numbered % {"number": number}, summary.title, in_lines(summary), address)


def saved_rows(page: Page) -> list[Row]:
    """Return what is saved of a page, to be shown beside what was typed on it."""
    entries = page.section.entries
    if page.index is None:
        return [row for row in rows_of(page.section, page.answers) if row.value]
    saved = page.saved()
    if entries is None or saved is None:
        return []
    summary = summary_of(entries, saved)
    return [Row(entries.numbered % {"number": page.index}, summary.title, in_lines(summary))]
