"""What answers lead to on a day, in sentences: a verdict a program, and the points of the score."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from eligibility.wording import ProgramText, SectionText, sections, verdicts
from rules.explanation import explain
from rules.facts import Profile

SECTION_OF_REASON: Mapping[str, str] = {
    "intends_quebec": "plans",
    "work_insufficient": "work",
    "language_below_minimum": "languages",
    "education_missing": "study",
    "funds_insufficient": "plans",
    "not_a_trade_occupation": "work",
    "no_offer_or_certificate": "certificate",
}
"""Where the answer is given that decided a requirement; the grid's points come from everywhere."""


@dataclass(frozen=True)
class Outcome:
    """The verdict of each program and the four sections of the score, as the components draw them."""

    programs: list[ProgramText]
    sections: list[SectionText]

    @property
    def eligible(self) -> bool:
        return any(program.eligible for program in self.programs)

    @property
    def score(self) -> int:
        return sum(section.points for section in self.sections)


def outcome_of(profile: Profile, on: date, *, changeable: bool = False) -> Outcome:
    """Return the outcome as of a day; with ``changeable`` each reason leads to where its answer is given."""
    explanation = explain(profile, on)
    programs = verdicts(explanation)
    return Outcome(
        [_with_links(program) for program in programs] if changeable else programs, sections(explanation)
    )


def _with_links(program: ProgramText) -> ProgramText:
    reasons = [
        replace(reason, answer_url=reverse("profiles:section", args=[SECTION_OF_REASON[reason.code]]))
        if reason.code in SECTION_OF_REASON
        else reason
        for reason in program.reasons
    ]
    return replace(program, reasons=reasons)
