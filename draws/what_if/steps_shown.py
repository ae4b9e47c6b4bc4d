"""The best steps as pages list them: points, words, and whether they can be tried in a scenario."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eligibility.wording.steps import StepText, step_text
from profiles.scenarios import LONGEST_NAME, Basis
from rules.steps import Step, best_steps, one_of_each

MOST_ON_TOP = 3
MOST_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step with its words."""

    step: Step
    text: StepText


@dataclass(frozen=True, slots=True)
class StepsShown:
    """The first steps, and the rest that is folded away."""

    first: Sequence[StepShown]
    rest: Sequence[StepShown]


def steps_of(basis: Basis, on: date) -> list[Step]:
    """Return the best steps of a basis on a day."""
    return best_steps(basis.facts, on, partner_birth_date=basis.partner_birth_date)


def top_steps(basis: Basis, on: date) -> list[StepShown]:
    """Return the three best steps, no two of one kind."""
    return [StepShown(step, step_text(step)) for step in one_of_each(steps_of(basis, on))[:MOST_ON_TOP]]


def all_steps(basis: Basis, on: date) -> StepsShown:
    """Return every step in words, the greatest gain first."""
    listed = [StepShown(step, step_text(step)) for step in steps_of(basis, on)]
    return StepsShown(listed[:MOST_AT_ONCE], listed[MOST_AT_ONCE:])


def step_of(basis: Basis, on: date, key: str) -> Step | None:
    """Return the step with a key; None when the basis or the day has changed since it was shown."""
    return next((step for step in steps_of(basis, on) if step.key == key), None)


def name_of(step: Step) -> str:
    """Return the name of a scenario that tries a step."""
    return step_text(step).title[:LONGEST_NAME]
