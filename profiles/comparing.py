"""What changed from one version of the answers to another, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from eligibility.date_parts import in_words
from eligibility.fields import NocField, Text, in_digits
from eligibility.summaries import PLAIN, Summary, occupation
from profiles.asking import Entries, Question, Section
from profiles.facts import Answers
from profiles.forms.own import OwnForm, words
from profiles.readout import in_lines, summary_of
from profiles.sections import SECTIONS

Labelled = dict[tuple[str, int], str]
Pair = tuple[Answers | None, Answers | None]

TELLING_APART: dict[str, tuple[str, ...]] = {
    "education": ("level", "completion_date"),
    "language_tests": ("test", "date_taken"),
    "work": ("noc", "start_date"),
    "relatives_in_canada": ("relationship", "birth_date"),
}
"""By list: the answers of which one at least stays when an entry is corrected. Without any it is another entry."""


@dataclass(frozen=True)
class Change:
    """One answer, or one entry, before and after; empty where there was or is none. ``about`` names its entry."""

    label: Text
    before: str
    after: str
    about: str = ""

    @property
    def kind(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


@dataclass(frozen=True)
class ChangedSection:
    """A section of the profile with what changed in it."""

    slug: str
    title: Text
    changes: list[Change]


def changes_between(old: Answers, new: Answers) -> list[ChangedSection]:
    """Return what changed by section, in the order of the forms; nothing where two versions tell the same.

    Entries of a list are matched by what they tell, so that removing the first one is one change.
    """
    compared = [
        (section, [*_entries(section, old, new), *_questions(section, old, new)]) for section in SECTIONS
    ]
    return [ChangedSection(section.slug, section.title, changes) for section, changes in compared if changes]


def _part(section: Section, answers: Answers) -> Answers:
    return section.part(answers) if section.shown(answers) else {}


def _questions(section: Section, old: Answers, new: Answers) -> Iterator[Change]:
    for question in section.questions:
        known = [_known(section, question, answers) for answers in (old, new)]
        if known[0] != known[1]:
            before, after = (_told(question, one) for one in known)
            for key in {**after, **before}:
                if before.get(key) != after.get(key):
                    yield Change(key[0], before.get(key, ""), after.get(key, ""))


def _known(section: Section, question: Question, answers: Answers) -> Answers:
    """Return what answers hold of a question that they call for; nothing of one that they do not."""
    return question.known(_part(section, answers)) if question.asked(answers) else {}


def _told(question: Question, known: Answers) -> Labelled:
    """Return the answers to a question by label, counted where a label comes more than once."""
    if issubclass(question.form, OwnForm):
        rows = question.form.rows(known) if known else []
    else:
        labels = question.form.base_fields
        rows = [(labels[key].label or "", PLAIN[key](known[key])) for key in question.keys if key in known]
    found: Labelled = {}
    for label, answer in rows:
        found[str(label), sum(key[0] == str(label) for key in found)] = str(answer)
    return found


def _entries(section: Section, old: Answers, new: Answers) -> Iterator[Change]:
    entries = section.entries
    if entries is None:
        return
    before, after = (entries.of(_part(section, answers)) for answers in (old, new))
    for gone, come in _pairs(entries, *_unmatched(before, after)):
        if gone and come:
            yield from _corrected(entries, gone, come)
        elif gone:
            summary = summary_of(entries, gone)
            yield Change(summary.title, _in_full(summary), "")
        elif come:
            summary = summary_of(entries, come)
            yield Change(summary.title, "", _in_full(summary))


def _unmatched(before: list[Answers], after: list[Answers]) -> tuple[list[Answers], list[Answers]]:
    """Return the entries of each list that the other one does not hold."""
    come = list(after)
    gone = []
    for entry in before:
        if entry in come:
            come.remove(entry)
        else:
            gone.append(entry)
    return gone, come


def _pairs(entries: Entries, gone: list[Answers], come: list[Answers]) -> Iterator[Pair]:
    """Yield what was corrected with what it was, then what has gone, then what has come."""
    left = list(come)
    alone: list[Answers] = []
    for entry in gone:
        likeness = [(_likeness(entries, entry, other), other) for other in left]
        best, twin = max(likeness, key=lambda found: found[0], default=(0, None))
        if twin is None or not best:
            alone.append(entry)
            continue
        left.remove(twin)
        yield entry, twin
    yield from ((entry, None) for entry in alone)
    yield from ((None, entry) for entry in left)


def _likeness(entries: Entries, one: Answers, other: Answers) -> int:
    """Return how many answers two entries share, 0 for two different things."""
    telling = TELLING_APART.get(entries.key)
    if telling and all(one.get(key) != other.get(key) for key in telling):
        return 0
    return 1 + len([key for key in one if one[key] == other.get(key)])


def _corrected(entries: Entries, old: Answers, new: Answers) -> Iterator[Change]:
    title = summary_of(entries, new).title
    before, after = entries.form.initial_of(old), entries.form.initial_of(new)
    for name, field in entries.form.base_fields.items():
        told = [_answer(field, known.get(name)) for known in (before, after)]
        if told[0] != told[1]:
            yield Change(field.label or "", told[0], told[1], about=title)


def _answer(field: forms.Field, value: Any) -> str:
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, list):
        names = dict(getattr(field, "choices", ()))
        return "; ".join(str(names.get(key, key)) for key in value) or _("None of these")
    if isinstance(field, NocField) and value:
        return occupation(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return in_digits(value)
    return words(field, value)


def _in_full(summary: Summary) -> str:
    return in_lines(summary) or summary.title
