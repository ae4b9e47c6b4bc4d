"""What a test's scores amount to in levels of CLB or NCLC, as the rules read them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from eligibility.forms.languages import ABILITIES, LANGUAGE_OF, scores_fit
from profiles.facts import Answers
from rules.language import level, sittings, steps
from rules.parameters import on as parameters_on
from rules.records import LanguageTest, Scores

HIGHEST = 10
LOWEST = 4


@dataclass(frozen=True)
class Levels:
    """The levels of one test: of each ability in order, 0 below CLB 4, 10 for 10 or higher."""

    language: str
    of: tuple[int, ...]

    @property
    def scale(self) -> str:
        """CLB for English, NCLC for French."""
        return "CLB" if self.language == "en" else "NCLC"

    @property
    def lowest(self) -> int:
        return min(self.of)

    @property
    def words(self) -> dict[str, str]:
        """Each level as it is written, by ability."""
        return dict(zip(ABILITIES, map(written, self.of), strict=True))


def written(level: int) -> str:
    """Return a level as it is written: ``10+`` for the highest, ``<4`` for what is below the lowest."""
    return f"{level}+" if level >= HIGHEST else str(level) if level else f"<{LOWEST}"


def levels_of(entry: Answers, today: date) -> Levels | None:
    """Return the levels of an entry of ``language_tests``; None if they cannot be, or the test was not accepted."""
    if not {"test", "date_taken", "scores"} <= entry.keys() or not scores_fit(entry):
        return None
    scores: dict[str, Any] = entry["scores"]
    test = LanguageTest(
        entry["test"],
        date.fromisoformat(entry["date_taken"]),
        Scores(*[scores[ability] for ability in ABILITIES]),
    )
    language = LANGUAGE_OF[test.test]
    taken = sittings([test], parameters_on(today))[language]
    return Levels(language, tuple(map(level, steps(taken[0].code)))) if taken else None
