"""Which language test counts on a day, and the level it reaches in each of the four abilities.

A level is kept as a *step*: 0 for 'below CLB 4', then 1 for CLB 4 up to 7 for CLB 10 or higher. Four steps
(listening, reading, writing, speaking) make one *code* of 12 bits. The scales: `parameters/language.yaml`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from rules.deadlines import anniversary
from rules.parameters import InForce, ParameterError, Row
from rules.records import ABILITIES, LanguageTest, Scores

LOWEST_LEVEL: Final = 4
STEPS: Final = 8
NO_LANGUAGE: Final = 0
CODES: Final = STEPS**4

Scale = tuple[list[float], ...]


class Sitting(NamedTuple):
    """One test as it counts from day number `taken` to the day before `until`."""

    taken: int
    until: int
    code: int
    lowest: int
    test: LanguageTest


def level(step: int) -> int:
    """The CLB or NCLC level of a step: 0, or 4 to 10."""
    return step + LOWEST_LEVEL - 1 if step else 0


def step(level: int) -> int:
    """The step at which `level` is reached (levels up to 3 are reached by everybody)."""
    return max(0, level - LOWEST_LEVEL + 1)


def steps(code: int) -> tuple[int, int, int, int]:
    """The four steps of a code in the order of `ABILITIES`."""
    return code >> 9, code >> 6 & 7, code >> 3 & 7, code & 7


@lru_cache(maxsize=256)
def _scale(row: Row) -> Scale | None:
    """The lowest score of each step, an ability at a time; None if the test is not accepted."""
    scores = row.value["min_scores"]
    if scores is None:
        return None
    wanted = list(range(LOWEST_LEVEL, LOWEST_LEVEL + STEPS - 1))
    if any(sorted(scores[ability]) != wanted for ability in ABILITIES):
        raise ParameterError(f"{row.name} must give the lowest score of the levels {wanted} for {ABILITIES}.")
    return tuple([scores[ability][level] for level in wanted] for ability in ABILITIES)


@lru_cache(maxsize=1 << 14)
def _accepted(test: str, taken: date, rules: InForce) -> tuple[str, Scale] | None:
    """Language and scale of a test by the day it was taken; None for a day on which it was not accepted."""
    scales = rules.book[f"language.{test}"]
    if taken < scales.rows[0].first_day:
        return None
    row = scales.on(taken)
    scale = _scale(row)
    return None if scale is None else (row.value["language"], scale)


def report(test: str, taken: date, wanted: Iterable[int], rules: InForce) -> Scores | None:
    """The lowest scores of a test taken on a day that reach four steps; None if it was not accepted then."""
    accepted = _accepted(test, taken, rules)
    if accepted is None:
        return None
    scale = accepted[1]
    return Scores(*[scale[place][step - 1] if step else 0 for place, step in enumerate(wanted)])


def sittings(tests: Iterable[LanguageTest], rules: InForce) -> dict[str, list[Sitting]]:
    """Accepted tests by language ("en", "fr"), the latest first; of one day, the one listed first."""
    found: dict[str, list[Sitting]] = {"en": [], "fr": []}
    years = rules.value("test.validity_years")
    for test in tests:
        accepted = _accepted(test.test, test.date_taken, rules)
        if accepted is not None:
            language, scale = accepted
            found[language].append(_sitting(test, scale, years))
    for listed in found.values():
        if len(listed) > 1:
            listed.sort(key=lambda sitting: -sitting.taken)
    return found


def _sitting(test: LanguageTest, scale: Scale, years: int) -> Sitting:
    scores = test.scores
    listening = bisect_right(scale[0], scores.listening)
    reading = bisect_right(scale[1], scores.reading)
    writing = bisect_right(scale[2], scores.writing)
    speaking = bisect_right(scale[3], scores.speaking)
    return Sitting(
        test.date_taken.toordinal(),
        anniversary(test.date_taken, years).toordinal(),
        listening << 9 | reading << 6 | writing << 3 | speaking,
        min(listening, reading, writing, speaking),
        test,
    )


def counting(listed: list[Sitting], day: int) -> Sitting | None:
    """The sitting that counts on `day` out of those of one language: the latest valid one."""
    for sitting in listed:
        if sitting.taken <= day:
            return sitting if day < sitting.until else None
    return None


def reaches(sitting: Sitting | None, minimum: tuple[int, ...]) -> bool:
    """Whether one sitting reaches a step in each ability."""
    if sitting is None:
        return False
    listening, reading, writing, speaking = steps(sitting.code)
    return (
        listening >= minimum[0] and reading >= minimum[1] and writing >= minimum[2] and speaking >= minimum[3]
    )
