"""One page of a draft: its forms as they stand in the answers, or as somebody typed them.

It is a section's own page (its questions, and 'do you have any?' while it lists nothing) or the page of one entry.
``place`` names it within the draft: ``work``, ``work/add``, ``work/2`` (entries count from 1).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.forms import BoundField
from django.http import QueryDict

from eligibility.date_parts import PARTS, DateParts, typed_parts
from eligibility.fields import Text, in_digits
from eligibility.forms import AnswerForm, YesOrNoForm
from eligibility.occupations import Found
from profiles.asking import Question, Section
from profiles.doubts import Doubt
from profiles.facts import Answers
from profiles.forms.occupations import FindsOccupation
from profiles.forms.own import OwnForm
from profiles.places import at, has
from profiles.services import fingerprint

LONGEST_TYPED = 500
MOST_TYPED = 50
ADD = "add"


class AnyEntriesForm(YesOrNoForm):
    """'Do you have any?', in the words of what the section lists."""

    def __init__(self, *args: Any, question: Text, hint: Text, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered"].label = question
        self.fields["answered"].help_text = hint


@dataclass(frozen=True)
class Problem:
    """A field that cannot be saved as it stands; ``blank`` when nothing was typed there yet."""

    label: str
    message: str
    target: str
    blank: bool


@dataclass
class Page:
    """The forms of one page, which stand for one form where a template draws what is to be fixed.

    ``index`` is the entry's number, 0 for a new one, None for the section's own page. ``typed`` is what somebody
    typed; with ``judged`` off it is shown again without saying what is wrong with it. ``offered`` stands by name in
    the fields of questions that nobody has answered yet. ``found`` are occupations to choose from,
    and ``advice`` is what is said about that search.
    """

    section: Section
    answers: Answers
    today: date
    index: int | None = None
    typed: QueryDict | None = None
    judged: bool = True
    offered: Mapping[str, Any] = field(default_factory=dict)
    found: Sequence[Found] = ()
    advice: Sequence[str] = ()
    refusals: list[Text] = field(default_factory=list)
    forms: list[AnswerForm] = field(init=False)

    def __post_init__(self) -> None:
        self.forms = self._question_forms() if self.index is None else [self._entry_form()]

    def __iter__(self) -> Iterator[BoundField]:
        return (bound for form in self.forms for bound in form)

    @property
    def layout(self) -> str:
        """What the page lays out: the key of an entry, empty for a section's questions."""
        return "" if self.index is None else self.section.listing.key

    def visible_fields(self) -> list[BoundField]:
        return [bound for form in self.forms for bound in form.visible_fields()]

    def non_field_errors(self) -> list[str]:
        errors = (error for form in self.forms for error in form.non_field_errors())
        return [*map(str, self.refusals), *map(str, errors)]

    @property
    def errors(self) -> bool:
        """Whether something on the page is to be fixed; a page's title says so."""
        return bool(self.refusals) or any(form.errors for form in self.forms)

    @property
    def place(self) -> str:
        if self.index is None:
            return self.section.slug
        return f"{self.section.slug}/{self.index or ADD}"

    def is_valid(self) -> bool:
        """Whether all forms are; each is judged, also after a wrong one."""
        verdicts = [form.is_valid() for form in self.forms]
        return all(verdicts)

    def entries(self) -> list[Answers]:
        """Return the entries that the section lists now."""
        part = self.section.part(self.answers)
        return self.section.entries.of(part) if self.section.entries else []

    def asks_for_any(self) -> bool:
        """Whether the page asks 'do you have any?'."""
        return self.index is None and self.section.entries is not None and not self.entries()

    def wants_to_add(self) -> bool:
        """Whether a valid page says that there is something to add."""
        return self.asks_for_any() and bool(self.forms[0].answer())

    def seen(self) -> str:
        """Return a digest of what saving this page would replace, to tell whether it changed meanwhile."""
        return digest(self.entries() if self.index == 0 else self.saved())

    def saved(self) -> Any:
        """Return what is saved of this page: an entry, or the answers of its questions; None for a new entry."""
        if self.index is None:
            part = self.section.part(self.answers)
            return {place: at(part, place) for place in self.asked_places() if has(part, place)}
        entries = self.entries()
        return entries[self.index - 1] if 0 < self.index <= len(entries) else None

    def asked_places(self) -> list[str]:
        """Return where in the part lies what a section's own page answers."""
        places = [place for question in self.section.asked(self.answers) for place in question.places]
        return [*places, self.section.entries.key] if self.section.entries and self.asks_for_any() else places

    def told(self) -> Answers:
        """Return what a valid section's page answers, by where it lies in the part.

        What it lists stays open while there is more to add.
        """
        told: Answers = {}
        if self.asks_for_any() and not self.wants_to_add():
            told |= self.section.listing.changed([])
        for question, form in self.asked():
            told |= question.told(form.answer())
        return told

    def asked(self) -> list[tuple[Question, AnswerForm]]:
        """Return the questions of a section's own page, each with its form."""
        questions = self.section.asked(self.answers)
        return list(zip(questions, self.forms[len(self.forms) - len(questions) :], strict=True))

    def problems(self) -> list[Problem]:
        """Return what cannot be saved on this page as it was typed, in the order of its fields."""
        return [problem for form in self.forms for problem in problems_of(form)]

    def _question_forms(self) -> list[AnswerForm]:
        questions = [self._question_form(question) for question in self.section.asked(self.answers)]
        entries = self.section.entries
        if entries is None or not self.asks_for_any():
            return questions
        known = {"answered": False} if entries.key in self.section.part(self.answers) else {}
        return [self._form(AnyEntriesForm, known, question=entries.question, hint=entries.hint), *questions]

    def _question_form(self, question: Question) -> AnswerForm:
        known = question.known(self.section.part(self.answers))
        initial = question.form.initial_of(known) if known else dict(self.offered)
        return self._form(question.form, initial, **question.options(self.answers))

    def _entry_form(self) -> AnswerForm:
        entries = self.section.listing
        known = self.saved()
        initial = entries.form.initial_of(known) if known else {}
        finds = issubclass(entries.form, FindsOccupation)
        found = {"found": self.found} if finds and self.found else {}
        return self._form(entries.form, initial, **entries.options(self.answers), **found)

    def _form(self, form: type[AnswerForm], initial: Answers, **options: Any) -> AnswerForm:
        if self.typed is None or self.judged:
            return form(self.typed, initial=initial, today=self.today, **options)
        fields = form(today=self.today, **options).fields
        typed = {name: f.widget.value_from_datadict(self.typed, {}, name) for name, f in fields.items()}
        return form(initial=typed, today=self.today, **options)


def problems_of(form: AnswerForm) -> list[Problem]:
    """Return a bound form's errors, each with whether its field is still empty."""
    return [
        Problem(str(bound.label), str(message), bound.auto_id, is_blank(bound.value()))
        for bound in form
        for message in bound.errors
    ]


def digest(value: Any) -> str:
    """Return a short digest of a part of the answers."""
    return fingerprint({"part": value}, ["part"])


def is_blank(value: Any) -> bool:
    """Whether nothing was typed or chosen."""
    return not any(value) if isinstance(value, list | tuple) else value in (None, "", False)


def typed_on(page: Page, posted: QueryDict) -> dict[str, list[str]]:
    """Return what was typed in the page's fields, shortened, to be kept as it is."""
    return {
        name: [value[:LONGEST_TYPED].replace("\x00", "") for value in posted.getlist(name)[:MOST_TYPED]]
        for bound in page
        for name in sent_as(bound)
        if name in posted
    }


def sent_as(bound: BoundField) -> list[str]:
    """Return the names under which a browser sends a field."""
    if isinstance(bound.field.widget, DateParts):
        return [f"{bound.html_name}_{part}" for part in PARTS]
    return [bound.html_name]


def as_typed(kept: Mapping[str, list[str]] | None) -> QueryDict | None:
    """Return kept values as if they had just been sent; None where nothing was kept."""
    if kept is None:
        return None
    typed = QueryDict(mutable=True)
    for name, values in kept.items():
        typed.setlist(name, values)
    return typed


def judged(section: Section, answers: Answers, today: date) -> Page | None:
    """Return a section's own page with its saved answers judged anew, None where nothing is wrong with them.

    Only a section that asks for it is, and only once all its questions are answered.
    """
    part = section.part(answers)
    if not section.judged_anew or not all(question.answered(part) for question in section.asked(answers)):
        return None
    page = Page(section, answers, today)
    page = Page(section, answers, today, None, sent(page))
    return None if page.is_valid() else page


def doubted(section: Section, answers: Answers, today: date) -> tuple[int, Doubt] | None:
    """Return the first saved entry that something is to be asked about, by its number; None where all is clear."""
    if section.entries is None:
        return None
    for number, entry in enumerate(section.entries.of(section.part(answers)), start=1):
        if doubt := section.entries.doubted(entry, answers, today):
            return number, doubt
    return None


def judged_entry(page: Page) -> Page | None:
    """Return a saved entry's page with what is to be asked about it, None where nothing is."""
    saved = page.saved() if page.index else None
    if saved is None or not page.section.listing.doubted(saved, page.answers, page.today):
        return None
    return Page(page.section, page.answers, page.today, page.index, sent(page))


def sent(page: Page) -> QueryDict:
    """Return what a browser would send for a page as it is filled in."""
    typed = QueryDict(mutable=True)
    for bound in page:
        for name, values in as_sent(bound).items():
            typed.setlist(name, values)
    return typed


def notes_of(section: Section, answers: Answers, today: date) -> list[str]:
    """Return what is told about a section's saved answers although nothing is wrong with them."""
    part = section.part(answers)
    return [
        note
        for question in section.asked(answers)
        if issubclass(question.form, OwnForm)
        for note in question.form.notes(question.known(part), today)
    ]


def as_sent(bound: BoundField) -> dict[str, list[str]]:
    """Return what a browser would send for a field as it is filled in."""
    value = bound.value()
    if isinstance(bound.field.widget, DateParts):
        return {
            f"{bound.html_name}_{part}": [text] for part, text in zip(PARTS, typed_parts(value), strict=True)
        }
    empty = value is False or value in (None, "")
    values = value if isinstance(value, list) else [] if empty else [in_digits(value)]
    return {bound.html_name: values} if values else {}


def page_at(
    section: Section, answers: Answers, today: date, index: int | None, kept: Any, *, offered: Any = None
) -> Page:
    """Return a page to be shown: with what was kept of it, and what is wrong with it unless it is just not finished."""
    if kept is None and index is None and (anew := judged(section, answers, today)):
        return anew
    page = Page(section, answers, today, index, as_typed(kept), offered=offered or {})
    if kept is None and (asked := judged_entry(page)):
        return asked
    if kept is None or any(not problem.blank for problem in page.problems()):
        return page
    return Page(section, answers, today, index, page.typed, judged=False)
