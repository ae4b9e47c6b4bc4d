"""What the demo's candidate scores, as it is and with one thing changed, for the answers to the exercises.

The figures hold on the day on which the demo is made: its people are then as old, and their papers as new, as always.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from profiles.facts import facts_of
from rules import parameters
from rules.assessment import Assessment, assess
from simulation.demo_people import software_engineer

FINER_WRITING = 7.5
WEAKER_SPEAKING = 6.5


def assessed(on: date, **scores: float) -> Assessment:
    """Return the assessment of the demo's candidate on a day, with other scores in single parts of the test."""
    told = software_engineer(on)
    test = told["language_tests"][0]
    changed = {**test, "scores": {**test["scores"], **scores}}
    return assess(facts_of({**told, "language_tests": [changed]}, on), on, next_change=False)


def score(on: date, **scores: float) -> int:
    return assessed(on, **scores).total


def gain(on: date, **scores: float) -> int:
    """Return by how many points other scores in the test change the score, up or down."""
    return abs(score(on, **scores) - score(on))


def score_nominated(on: date) -> int:
    return score(on) + int(parameters.on(on).value("crs.additional.provincial_nomination"))


def section(on: date, code: str) -> int:
    return assessed(on).sections[code]


FIGURES: Mapping[str, Callable[[date], int]] = {
    "demo.score": score,
    "demo.score_nominated": score_nominated,
    "demo.score_finer_writing": partial(score, writing=FINER_WRITING),
    "demo.score_weaker_speaking": partial(score, speaking=WEAKER_SPEAKING),
    "demo.loss_weaker_speaking": partial(gain, speaking=WEAKER_SPEAKING),
    "demo.points_core": partial(section, code="core"),
    "demo.points_transferability": partial(section, code="transferability"),
}
