"""The verdict on a complete questionnaire, a program at a time, each failed requirement beside its answer."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eligibility.sheet import Sheet
from rules import facts
from rules.assessment import Assessment, assess


@dataclass(frozen=True, slots=True)
class Result:
    """What the result's pages show."""

    assessment: Assessment

    @property
    def as_of(self) -> date:
        return self.assessment.as_of

    @property
    def score(self) -> int:
        return self.assessment.total

    @property
    def met(self) -> int:
        return sum(verdict.eligible for verdict in self.assessment.programs.values())

    @property
    def eligible(self) -> bool:
        return self.met > 0

    @property
    def title(self) -> str:
        if not self.eligible:
            return _("You are not eligible for Express Entry yet")
        return ngettext(
            "You may be eligible for one program", "You may be eligible for %(count)s programs", self.met
        ) % {"count": self.met}

    @property
    def lead(self) -> str:
        if self.eligible:
            return _(
                "That is enough to create a profile and enter the pool. Below you see how each program was "
                "decided, from the answers you gave."
            )
        return _(
            "One program is enough, and at present none is met. Below you see for each what is missing, which "
            "answer it comes from, and what would change it."
        )

    programs = ()


def result_of(sheet: Sheet, on: date) -> Result:
    """Return the verdict on a complete sheet as of a day."""
    return Result(assess(facts.parse(sheet.document(on)), next_change=False))
