"""Which raw scores of a test convert to a level, by the conversion tables of the rules."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from rules import parameters
from rules.records import ABILITIES

LOWEST_LEVEL = 4
# The step between two scores of a report, and the highest one.
REPORTED = {
    "ielts_general": (0.5, 9), "celpip_general": (1, 12), "pte_core": (1, 90), "tef_canada": (1, 699),
    "tcf_canada": (1, 699),
}  # fmt: skip
TCF_HIGHEST_IN_WRITING_AND_SPEAKING = 20
# Above the last threshold reports thin out: few reach the highest score.
THINNING = 1.8


@dataclass(frozen=True, slots=True)
class ScoreRange:
    """Scores from ``low`` up, ``count`` of them, ``step`` apart; ``power`` above 1 favours the low ones."""

    low: float
    step: float
    count: int
    power: float

    def draw(self, chance: float) -> float:
        """Return one of the scores for a random number from 0 to 1."""
        score = self.low + self.step * int(chance**self.power * self.count)
        return int(score) if self.step == 1 else score


def accepted(test: str, taken: date) -> bool:
    """Return whether a test taken on a day can count."""
    return _lowest(test, taken) is not None


@cache
def score_ranges(test: str, taken: date) -> tuple[tuple[ScoreRange, ...], ...]:
    """Return a range for each ability (listening, reading, writing, speaking) and each level 0 to 10."""
    scores = _lowest(test, taken)
    if scores is None:
        raise LookupError(f"{test} was not accepted on {taken}")
    return tuple(_ranges(test, ability, tuple(sorted(scores[ability].values()))) for ability in ABILITIES)


def _lowest(test: str, taken: date) -> dict[str, dict[int, float]] | None:
    """Return the lowest score for each level, an ability at a time; None while the test is not accepted."""
    scores: dict[str, dict[int, float]] | None = (
        parameters.BOOK[f"language.{test}"].on(taken).value["min_scores"]
    )
    return scores


@cache
def _ranges(test: str, ability: str, lowest: tuple[float, ...]) -> tuple[ScoreRange, ...]:
    """Return the ranges of levels 0 to 10; ``lowest`` holds the lowest scores for the levels 4 to 10."""
    step, highest = REPORTED[test]
    if test == "tcf_canada" and ability in {"writing", "speaking"}:
        highest = TCF_HIGHEST_IN_WRITING_AND_SPEAKING
    below = _range(max(step, lowest[0] // 2), lowest[0], step, 0.6)
    steps = [_range(low, above, step, 1) for low, above in pairwise(lowest)]
    return (*[below] * LOWEST_LEVEL, *steps, _range(lowest[-1], highest + step, step, THINNING))


def _range(low: float, above: float, step: float, power: float) -> ScoreRange:
    return ScoreRange(low, step, max(1, round((above - low) / step)), power)
