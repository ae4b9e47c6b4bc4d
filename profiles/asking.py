"""How a profile asks: questions, entries of lists, and sections, as the rows of tables."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from eligibility.fields import Text
from eligibility.forms import AnswerForm
from profiles.doubts import Doubt
from profiles.facts import DETAILS, Answers
from profiles.places import at, has, placed, root


def always(_answers: Answers) -> bool:
    return True


def no_options(_answers: Answers) -> dict[str, Any]:
    return {}


def no_doubts(_entry: Answers, _born: date | None, _today: date) -> Iterator[Doubt]:
    return iter(())


@dataclass(frozen=True)
class Question:
    """A form on a section's own page, and the keys that it answers.

    ``under`` is where in the section's part these keys lie: '' for the part itself, ``identity.passport`` for a
    dictionary within it. ``optional`` keys are asked with the others, and may stay untold. ``options`` are the form's,
    from all answers. ``asked_at`` names the field that asks a key, where it is called otherwise.
    """

    form: type[AnswerForm]
    keys: tuple[str, ...]
    options: Callable[[Answers], dict[str, Any]] = no_options
    asked: Callable[[Answers], bool] = always
    under: str = ""
    optional: tuple[str, ...] = ()
    asked_at: Mapping[str, str] = field(default_factory=dict)

    @property
    def places(self) -> tuple[str, ...]:
        """Where in the part each of the keys lies, the optional ones last."""
        return tuple(map(self.place, (*self.keys, *self.optional)))

    def place(self, key: str) -> str:
        """Return where in the part a key lies."""
        return f"{self.under}.{key}" if self.under else key

    def known(self, part: Answers) -> Answers:
        """Return what a part holds of this question, by key; a key that is not answered is absent."""
        return {
            key: at(part, place)
            for key, place in zip((*self.keys, *self.optional), self.places, strict=True)
            if has(part, place)
        }

    def answered(self, part: Answers) -> bool:
        """Whether a part answers this question wholly."""
        return all(has(part, self.place(key)) for key in self.keys)

    def first_open(self, part: Answers) -> Text:
        """Return the label of the first field that a part still leaves open."""
        fields, known = self.form.base_fields, self.known(part)
        named = (self.asked_at.get(key, key) for key in self.keys if key not in known)
        open_fields = (fields[name] for name in named if name in fields)
        first = next((one for one in open_fields if one.required), next(iter(fields.values())))
        return first.label or ""

    def told(self, answer: Answers) -> Answers:
        """Return what the form answered by where it lies."""
        return {self.place(key): value for key, value in answer.items()}


@dataclass(frozen=True)
class Entries:
    """Facts that are told one a page: a list under ``key``, or with ``single`` at most one, else null.

    ``doubts`` yields what cannot well be about an entry, of whom was born on a day, as of today.
    """

    key: str
    form: type[AnswerForm]
    question: Text
    hint: Text
    add: Text
    add_another: Text
    numbered: Promise
    counted: Promise
    single: bool = False
    options: Callable[[Answers], dict[str, Any]] = no_options
    doubts: Callable[[Answers, date | None, date], Iterator[Doubt]] = no_doubts

    def of(self, part: Answers) -> list[Answers]:
        """Return the entries that a part of the answers holds."""
        held = part.get(self.key)
        if self.single:
            return [held] if held else []
        return list(held or [])

    def doubted(self, entry: Answers, answers: Answers, today: date) -> Doubt | None:
        """Return what is to be asked about a saved entry that nobody has confirmed yet: the first of it."""
        sure = (entry.get(DETAILS) or {}).get("sure", [])
        doubts = self.doubts(entry, self.options(answers).get("born"), today)
        return next((doubt for doubt in doubts if doubt.key not in sure), None)

    def changed(self, entries: list[Answers]) -> Answers:
        """Return these entries as the part of the answers that holds them."""
        return {self.key: (entries[0] if entries else None) if self.single else entries}


@dataclass(frozen=True)
class Section:
    """A row of the task list.

    ``of_partner``: its answers live under ``spouse``. ``judged_anew``: what is saved is judged again whenever the
    task list is shown, because time or another section's answers can make it wrong.
    """

    slug: str
    title: Text
    group: Text
    help: tuple[Text, ...]
    questions: tuple[Question, ...] = ()
    entries: Entries | None = None
    shown: Callable[[Answers], bool] = always
    needed: Callable[[Answers], bool] = always
    of_partner: bool = False
    judged_anew: bool = False

    def part(self, answers: Answers) -> Answers:
        """Return the part of the answers that this section reads and writes."""
        return (answers.get("spouse") or {}) if self.of_partner else answers

    @property
    def listing(self) -> Entries:
        """What this section lists. Raises ``LookupError`` for one that lists nothing."""
        if self.entries is None:
            raise LookupError(self.slug)
        return self.entries

    def merged(self, answers: Answers, told: Answers) -> Answers:
        """Return the top-level changes that write ``told``, values by where they lie, into the part."""
        changed = placed(self.part(answers), told)
        return {"spouse": changed} if self.of_partner else {key: changed[key] for key in map(root, told)}

    def asked(self, answers: Answers) -> list[Question]:
        """Return the questions that the section's page asks, as things stand."""
        return [question for question in self.questions if question.asked(answers)]
