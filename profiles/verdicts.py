"""What answers lead to on a day, ready to be shown: a verdict a program, and the score."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.assessment import Assessment, assess
from rules.facts import Profile


@dataclass(frozen=True)
class Outcome:
    """The assessment, in the shapes that the components draw."""

    assessment: Assessment
    programs: list[Any]
    sections: list[Any]

    @property
    def eligible(self) -> bool:
        return any(verdict.eligible for verdict in self.assessment.programs.values())


def outcome_of(profile: Profile, on: date | None = None, *, changeable: bool = False) -> Outcome:
    """Return the outcome as of a day; with ``changeable`` each reason leads to where its answer is given."""
    return Outcome(assess(profile, on, next_change=False), [], [])
