"""What can be changed in a scenario: one part of the facts a page, by the forms that the profile uses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from draws.what_if.forms import NominatedForm, SwapForm
from eligibility.fields import Text
from eligibility.forms import (
    AnswerForm,
    EducationForm,
    FirstLanguageForm,
    FundsForm,
    JobForm,
    LanguageTestForm,
    PrimaryOccupationForm,
    SpouseForm,
)
from eligibility.summaries import ENTRIES, PLAIN, Summary
from profiles.facts import PARTNERED, Answers
from profiles.forms.partner import PartnerFirstLanguageForm
from rules import facts
from rules.swapping import can_swap, swapped

APPLICANT = "applicant"
MOST_ENTRIES = 40
"""As many entries as a list of a profile may have: each is one more row of work for the rules."""


@dataclass(frozen=True)
class Part:
    """One part of a scenario. ``path`` leads to it in the profile JSON; ``entries`` names what a list holds.

    ``keys`` are those that a part without entries holds.
    """

    slug: str
    title: Text
    form: type[AnswerForm]
    path: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    entries: str = ""
    add: Text = ""
    options: Callable[[Answers], Mapping[str, Any]] = lambda _answers: {}
    applies: Callable[[Answers], bool] = lambda _answers: True

    def listed(self, document: Answers) -> list[Answers]:
        """Return the entries of a list."""
        found: Any = document
        for key in self.path:
            found = found[key]
        return list(found)

    def with_entry(self, document: Answers, index: int | None, entry: Answers | None) -> Answers:
        """Return the document with an entry put first (without index), replaced, or (without entry) taken out.

        A new entry stands first, so that of two tests of one day the new one counts.
        """
        entries = self.listed(document)
        if index is None:
            entries = [*([entry] if entry is not None else []), *entries]
        else:
            entries[index : index + 1] = [] if entry is None else [entry]
        return _put(document, self.path, entries)

    def with_answer(self, document: Answers, answer: Answers) -> Answers:
        """Return the document with what a form without entries answered."""
        part: Any = document
        for key in self.path:
            part = part[key]
        return _put(document, self.path, {**part, **answer}) if self.path else {**document, **answer}

    def shown_in(self, document: Answers) -> Any:
        """Return the part of the document that the form shows."""
        part: Any = document
        for key in self.path:
            part = part[key]
        return part

    def held_in(self, document: Answers) -> Any:
        """Return what the part holds, to be compared; None where the document has no such part."""
        if not self.applies(document):
            return None
        shown = self.shown_in(document)
        return shown if self.entries else {key: shown.get(key) for key in self.keys}

    def summaries(self, document: Answers) -> list[Summary]:
        """Return the entries in words."""
        return [ENTRIES[self.entries](entry) for entry in self.listed(document)]


def _put(document: Answers, path: Sequence[str], value: Any) -> Answers:
    if not path:
        return dict(value)
    first, *rest = path
    return {**document, first: _put(document[first], rest, value) if rest else value}


def _partnered(document: Answers) -> bool:
    return document["marital_status"] in PARTNERED and document["spouse"] is not None


def _can_swap(document: Answers) -> bool:
    return can_swap(facts.parse(document))


def _occupations(document: Answers) -> Mapping[str, Any]:
    return {"occupations": [job["noc"] for job in document["work"]]}


def _canada_only(_document: Answers) -> Mapping[str, Any]:
    return {"country": "CA"}


PARTS = (
    Part(
        slug="languages",
        title=_("Language tests"),
        form=LanguageTestForm,
        path=("language_tests",),
        entries="language_tests",
        add=_("Add a language test"),
    ),
    Part(
        slug="first-language",
        title=_("First official language"),
        form=FirstLanguageForm,
        keys=("first_official_language",),
    ),
    Part(
        slug="study",
        title=_("Education"),
        form=EducationForm,
        path=("education",),
        entries="education",
        add=_("Add a credential"),
    ),
    Part(
        slug="work",
        title=_("Work"),
        form=JobForm,
        path=("work",),
        entries="work",
        add=_("Add a job"),
    ),
    Part(
        slug="occupation",
        title=_("Primary occupation"),
        form=PrimaryOccupationForm,
        keys=("primary_occupation_noc",),
        options=_occupations,
    ),
    Part(
        slug="nomination",
        title=_("Provincial nomination"),
        form=NominatedForm,
        keys=("provincial_nomination",),
    ),
    Part(
        slug="funds",
        title=_("Settlement funds"),
        form=FundsForm,
        keys=("settlement_funds_cad",),
    ),
    Part(
        slug="partner",
        title=_("Your partner comes along"),
        form=SpouseForm,
        path=("spouse",),
        keys=("accompanying", "canadian_citizen_or_pr"),
        applies=_partnered,
    ),
    Part(
        slug="partner-languages",
        title=_("Your partner’s language tests"),
        form=LanguageTestForm,
        path=("spouse", "language_tests"),
        entries="language_tests",
        add=_("Add a language test of your partner"),
        applies=_partnered,
    ),
    Part(
        slug="partner-first-language",
        title=_("Your partner’s first official language"),
        form=PartnerFirstLanguageForm,
        path=("spouse",),
        keys=("first_official_language",),
        applies=_partnered,
    ),
    Part(
        slug="partner-study",
        title=_("Your partner’s education"),
        form=EducationForm,
        path=("spouse", "education"),
        entries="education",
        add=_("Add a credential of your partner"),
        applies=_partnered,
    ),
    Part(
        slug="partner-work",
        title=_("Your partner’s work in Canada"),
        form=JobForm,
        path=("spouse", "work"),
        entries="work",
        add=_("Add a job of your partner in Canada"),
        options=_canada_only,
        applies=_partnered,
    ),
    Part(
        slug=APPLICANT,
        title=_("Principal applicant"),
        form=SwapForm,
        keys=("birth_date",),
        applies=_can_swap,
    ),
)
BY_SLUG = {part.slug: part for part in PARTS}


def parts_of(document: Answers) -> list[Part]:
    """Return the parts that a profile JSON has."""
    return [part for part in PARTS if part.applies(document)]


def changed(part: Part, document: Answers, answer: Any, index: int | None) -> Answers:
    """Return the document after a form was answered; ``index`` is the entry's, None for a new one or no list."""
    if part.slug == APPLICANT:
        return with_partner_applying(document, answer)
    return part.with_entry(document, index, answer) if part.entries else part.with_answer(document, answer)


def with_partner_applying(document: Answers, told: Answers) -> Answers:
    """Return the document with the partner as the principal applicant; as it is where the partner cannot be."""
    other = swapped(
        facts.parse(document),
        partner_birth_date=date.fromisoformat(told["birth_date"]),
        partner_language=told["first_official_language"],
    )
    return document if other is None else facts.dump(other)


def in_words(part: Part, document: Answers) -> str:
    """Return a part that is no list, in words."""
    if part.slug == "nomination":
        held = document["provincial_nomination"]
        return ENTRIES["provincial_nomination"](held).title if held else str(_("None"))
    value = part.shown_in(document).get(part.keys[0])
    return str(_("None named")) if value is None else PLAIN[part.keys[0]](value)
