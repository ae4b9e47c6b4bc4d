"""A questionnaire as far as it is filled in: what is answered, what comes next, what an answer changes.

Pure: it reads and returns documents. ``answers`` holds whole answers only; an entry or an offer of which
screens are still to come stands in ``unfinished``, by the slug of its question.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from eligibility.asking import Part, Question, Step
from eligibility.questions import QUESTIONS, SPOUSE, occupations, partnered

MOST_ENTRIES = 30


@dataclass(frozen=True, slots=True)
class Place:
    """A screen: a question, and for a thing or an entry (``number``, from 1) one of its steps."""

    question: Question
    step: Step | None = None
    number: int | None = None

    @property
    def screen(self) -> Step:
        """The step whose form the screen shows; a plain question has but one."""
        return self.step or self.question.steps[0]

    @property
    def url(self) -> str:
        slugs: dict[str, Any] = {"slug": self.question.slug}
        if self.step is None:
            return reverse("eligibility:question", kwargs=slugs)
        if self.number is None:
            return reverse("eligibility:step", kwargs=slugs | {"step": self.step.slug})
        return reverse("eligibility:entry", kwargs=slugs | {"step": self.step.slug, "number": self.number})


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers and unfinished entries of a questionnaire; every change returns a new sheet."""

    answers: Part
    unfinished: Part

    # What is answered.

    def holder(self, question: Question) -> Part:
        """Return where a question's keys stand: all answers, or the partner's."""
        held: Part = (self.answers.get(question.of) or {}) if question.of else self.answers
        return held

    def has_value(self, question: Question) -> bool:
        return question.slug in self.unfinished or question.key in self.holder(question)

    def value(self, question: Question) -> Any:
        """Return the thing or the list of a question, finished or not; None where it is not answered."""
        kept = self.unfinished.get(question.slug)
        return self.holder(question).get(question.key) if kept is None else kept

    def entries(self, question: Question) -> list[Part]:
        return list(self.value(question) or ())

    def part(self, place: Place) -> Part:
        """Return what a screen's form shows: the holder's keys, the thing, or one entry (empty if new)."""
        if place.question.kind == "plain":
            return self.holder(place.question)
        if place.number is None:
            return dict(self.value(place.question) or {})
        entries = self.entries(place.question)
        return entries[place.number - 1] if place.number <= len(entries) else {}

    def document(self, on: date) -> Part:
        """Return the profile JSON of a complete sheet as of a day."""
        named = self.answers.get("primary_occupation_noc")
        return {
            **self.answers,
            "as_of": on.isoformat(),
            "primary_occupation_noc": named if named in occupations(self.answers) else None,
            SPOUSE: self.answers.get(SPOUSE) if partnered(self.answers) else None,
        }

    # What is asked, and what comes next.

    def asked(self) -> list[Question]:
        return [question for question in QUESTIONS if question.asked(self.answers)]

    def gap(self, question: Question) -> Place | None:
        """Return the first screen of a question that still needs an answer."""
        if question.kind == "plain":
            return None if question.steps[0].done(self.holder(question)) else Place(question)
        if not self.has_value(question):
            return Place(question)
        value = self.value(question)
        if question.kind == "thing":
            missing = None if value is None else next(iter(to_do(question, value)), None)
            return Place(question, missing) if missing else None
        for number, entry in enumerate(value, start=1):
            if missing := next(iter(to_do(question, entry)), None):
                return Place(question, missing, number)
        return None

    def first_gap(self) -> Place | None:
        """Return the first screen that needs an answer; None when the verdict can be given."""
        return next((gap for question in self.asked() if (gap := self.gap(question))), None)

    def is_open(self, question: Question) -> bool:
        """Say whether a question may be looked at: asked, and every earlier one answered."""
        for earlier in self.asked():
            if earlier.slug == question.slug:
                return True
            if self.gap(earlier):
                return False
        return False

    def detour(self, place: Place) -> Place | None:
        """Return where to go instead of a screen whose thing or entry is not there or not so far yet."""
        question = place.question
        if place.step is None:
            return None
        if place.number is None and self.value(question) is None:
            return Place(question)
        if place.number is not None and not 1 <= place.number <= min(
            len(self.entries(question)) + 1, MOST_ENTRIES
        ):
            return Place(question)
        part = self.part(place)
        due = next(iter(to_do(question, part)), place.step)
        steps = asked_steps(question, part)
        if place.step not in steps or steps.index(due) < steps.index(place.step):
            return replace(place, step=due) if due in steps else Place(question)
        return None

    def after(self, place: Place) -> Place | None:
        """Return the next screen after one that was just answered; None when all is answered.

        An entry's steps follow one another; after its last the list is shown, to add another.
        """
        question = place.question
        if place.step is None:
            begun = question.kind == "thing" and self.value(question) is not None
            return Place(question, question.steps[0]) if begun else self.first_gap()
        steps = asked_steps(question, self.part(place))
        following = steps[steps.index(place.step) + 1 :]
        if following:
            return replace(place, step=following[0])
        return Place(question) if question.kind == "list" else self.first_gap()

    def before(self, place: Place) -> Place | None:
        """Return the screen that 'Back' leads to; None before the first."""
        question = place.question
        if place.step is not None:
            steps = asked_steps(question, self.part(place))
            position = steps.index(place.step)
            return replace(place, step=steps[position - 1]) if position else Place(question)
        asked = self.asked()
        position = asked.index(question)
        return Place(asked[position - 1]) if position else None

    # What an answer changes.

    def with_answer(self, place: Place, answer: Part) -> "Sheet":
        """Return the sheet after a screen's form was answered."""
        question = place.question
        if question.kind == "plain":
            return self.with_keys(question, answer)
        if place.number is None:
            return self.with_value(question, {**self.part(place), **answer})
        entries = self.entries(question)
        entries[place.number - 1 : place.number] = [{**self.part(place), **answer}]
        return self.with_value(question, entries)

    def with_presence(self, question: Question, there: bool) -> "Sheet":
        """Return the sheet after yes or no to a thing or a list; yes keeps what is there, or begins one."""
        if not there:
            return self.with_value(question, [] if question.kind == "list" else None)
        if self.value(question):
            return self
        return self.with_value(question, [{}] if question.kind == "list" else {})

    def without(self, question: Question, number: int) -> "Sheet":
        """Return the sheet without one entry of a list."""
        entries = self.entries(question)
        del entries[number - 1 : number]
        return self.with_value(question, entries)

    def with_value(self, question: Question, value: Any) -> "Sheet":
        """Return the sheet with a thing or a list, among the answers if it is whole."""
        unfinished = {slug: kept for slug, kept in self.unfinished.items() if slug != question.slug}
        if not whole(question, value):
            return Sheet(self.answers, {**unfinished, question.slug: value})
        return Sheet(self.answers, unfinished).with_keys(question, {question.key: settled(question, value)})

    def with_keys(self, question: Question, keys: Part) -> "Sheet":
        """Return the sheet with keys set where the question's answer stands."""
        if question.of:
            keys = {question.of: {**self.holder(question), **keys}}
        return Sheet({**self.answers, **keys}, self.unfinished)


def asked_steps(question: Question, part: Part) -> list[Step]:
    return [step for step in question.steps if step.asked(part)]


def to_do(question: Question, part: Part) -> list[Step]:
    """Return the steps of a thing or an entry that are not done, in order."""
    return [step for step in asked_steps(question, part) if not step.done(part)]


def whole(question: Question, value: Any) -> bool:
    parts = value if question.kind == "list" else [] if value is None else [value]
    return not any(to_do(question, part) for part in parts)


def settled(question: Question, value: Any) -> Any:
    """Return a whole value without what only steps that are not asked any more had told."""
    if question.kind == "list":
        return [settled_part(question, part) for part in value]
    return None if value is None else settled_part(question, value)


def settled_part(question: Question, part: Part) -> Part:
    stale = {key for step in question.steps if not step.asked(part) for key in step.keys}
    return {key: value for key, value in part.items() if key not in stale}
