"""The verdict on a complete questionnaire, a program at a time, each failed requirement beside its answer."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.questions import BY_SLUG
from eligibility.sheet import Place, Sheet
from eligibility.wording import ProgramText, Reason, verdicts
from rules import facts
from rules.assessment import Assessment, assess
from rules.explanation import explain

# Which question's answer decides a requirement; without one it is all of them together.
DECIDED_BY = {
    "intends_quebec": "province",
    "work_insufficient": "work",
    "language_below_minimum": "language-tests",
    "education_missing": "education",
    "funds_insufficient": "funds",
    "not_a_trade_occupation": "occupation",
    "no_offer_or_certificate": "certificate",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What the result's pages show: the programs that are met come first."""

    assessment: Assessment
    programs: list[ProgramText]

    @property
    def met(self) -> int:
        return sum(program.eligible for program in self.programs)

    @property
    def title(self) -> str:
        if not self.met:
            return _("You are not eligible for Express Entry yet")
        return ngettext(
            "You may be eligible for one program",
            "You may be eligible for %(count)s programs",
            self.met,
        ) % {"count": self.met}

    @property
    def lead(self) -> str:
        if self.met:
            return _(
                "That is enough to create a profile and enter the pool. Below you see how each program was "
                "decided, from the answers you gave."
            )
        return _(
            "One program is enough, and at present none is met. Below you see for each what is missing, which "
            "answer it comes from, and what would change it."
        )


def assessed(sheet: Sheet, on: date) -> Assessment:
    """Return the assessment of a complete sheet as of a day."""
    return assess(facts.parse(sheet.document(on)), next_change=False)


def result_of(sheet: Sheet, on: date) -> Result:
    """Return the verdict on a complete sheet as of a day, in the language in use."""
    explained = verdicts(explain(facts.parse(sheet.document(on))))
    programs = [
        replace(text, reasons=[linked(reason, sheet) for reason in text.reasons]) for text in explained
    ]
    return Result(assessed(sheet, on), sorted(programs, key=lambda program: not program.eligible))


def linked(reason: Reason, sheet: Sheet) -> Reason:
    """Return a reason with the address of the question whose answer is behind it."""
    question = BY_SLUG.get(DECIDED_BY.get(reason.code, ""))
    if question and not question.asked(sheet.answers):
        question = BY_SLUG["work"]
    return replace(reason, answer_url=Place(question).url if question else reverse("eligibility:answers"))
