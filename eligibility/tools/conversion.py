"""What the scores of one test come to: levels, what they open, what they earn. Every figure is from ``rules``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from eligibility.fields import in_digits
from eligibility.forms.languages import LANGUAGE_OF, TEST_NAMES
from eligibility.wording.names import ABILITY_NAMES, PROGRAM_NAMES, Text, level
from eligibility.wording.sources import CONVERSION_SOURCES
from rules import parameters
from rules.language import CODES, Sitting, sittings, steps
from rules.language import level as level_of
from rules.lookups import lookups
from rules.parameters import BOOK, Row
from rules.programs import Minimum, limits
from rules.records import ABILITIES, LanguageTest, Scores


@dataclass(frozen=True, slots=True)
class Opening:
    """One use of the language that has a minimum; ``missing`` are the abilities below it."""

    key: str
    title: Text
    least: Mapping[str, int]
    missing: tuple[str, ...]

    @property
    def missing_words(self) -> str:
        return ", ".join(str(ABILITY_NAMES[ability]).lower() for ability in self.missing)


@dataclass(frozen=True, slots=True)
class Points:
    """CRS points of a test by itself, without and with a spouse or partner who is scored."""

    without: int
    with_spouse: int


@dataclass(frozen=True)
class Converted:
    """A sitting as read on a day. It is None for a test that was not accepted on the day it was taken."""

    test: LanguageTest
    on: date
    sitting: Sitting | None

    @property
    def language(self) -> str:
        return LANGUAGE_OF[self.test.test]

    @property
    def test_name(self) -> str:
        return TEST_NAMES[self.test.test]

    @cached_property
    def levels(self) -> dict[str, int]:
        """The level of each ability, 0 below 4; empty for a test that was not accepted."""
        reached = steps(self.sitting.code) if self.sitting else ()
        return {ability: level_of(step) for ability, step in zip(ABILITIES, reached, strict=False)}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each ability in words: its score and its level."""
        return [
            {
                "ability": ABILITY_NAMES[ability],
                "score": in_digits(getattr(self.test.scores, ability)),
                "level": level(reached, self.language),
            }
            for ability, reached in self.levels.items()
        ]

    @property
    def expires_on(self) -> date | None:
        """The first day on which it no longer counts."""
        return date.fromordinal(self.sitting.until) if self.sitting else None

    @property
    def last_day(self) -> date | None:
        return self.expires_on - timedelta(days=1) if self.expires_on else None

    @property
    def counts(self) -> bool:
        return self.expires_on is not None and self.on < self.expires_on

    @property
    def openings(self) -> list[Opening]:
        """What the levels open or do not, on the day."""
        least = limits(parameters.on(self.on))
        asked: list[tuple[str, Text, Minimum]] = [
            ("FSW", PROGRAM_NAMES["FSW"], (least.fsw_language,) * len(ABILITIES)),
            ("CEC_higher", _("Canadian Experience Class, work of TEER 0 or 1"), least.cec_high),
            ("CEC_lower", _("Canadian Experience Class, work of TEER 2 or 3"), least.cec_low),
            ("FST", PROGRAM_NAMES["FST"], least.fst_language),
        ]
        return [self._opening(*one) for one in asked] if self.sitting else []

    def _opening(self, key: str, title: Text, minimum: Minimum) -> Opening:
        wanted = {ability: level_of(step) for ability, step in zip(ABILITIES, minimum, strict=True)}
        missing = tuple(ability for ability in ABILITIES if self.levels[ability] < wanted[ability])
        return Opening(key, title, wanted, missing)

    @property
    def first_points(self) -> Points:
        """Points as the first official language."""
        return self._points(lookups(parameters.on(self.on)).first_language.tolist())

    @property
    def second_points(self) -> Points:
        """Points as the second official language."""
        return self._points(lookups(parameters.on(self.on)).second_language.tolist())

    def _points(self, table: list[int]) -> Points:
        code = self.sitting.code if self.sitting else 0
        return Points(table[code], table[CODES + code])


def converted(entry: Mapping[str, Any], on: date) -> Converted:
    """Return what an entry of ``language_tests`` comes to when read on a day."""
    test = LanguageTest(entry["test"], date.fromisoformat(entry["date_taken"]), Scores(**entry["scores"]))
    listed = sittings([test], parameters.on(on))[LANGUAGE_OF[test.test]]
    return Converted(test, on, listed[0] if listed else None)


@dataclass(frozen=True, slots=True)
class Scale:
    """One conversion table: the lowest score of each level, the highest level first; None if not accepted."""

    test: str
    row: Row

    @property
    def test_name(self) -> str:
        return TEST_NAMES[self.test]

    @property
    def accepted(self) -> bool:
        return self.row.value["min_scores"] is not None

    @property
    def title(self) -> str:
        return _("CLB") if LANGUAGE_OF[self.test] == "en" else _("NCLC")

    @property
    def levels(self) -> list[tuple[int, list[float]]]:
        """Each level with the four lowest scores."""
        scores = self.row.value["min_scores"] or {}
        listed = sorted(scores.get(ABILITIES[0], ()), reverse=True)
        return [(clb, [scores[ability][clb] for ability in ABILITIES]) for clb in listed]

    @property
    def shown(self) -> list[tuple[str, list[str]]]:
        """The levels as the page prints them; the highest stands for itself and more."""
        highest = max((clb for clb, _scores in self.levels), default=None)
        return [
            (f"{clb}+" if clb == highest else str(clb), [in_digits(score) for score in scores])
            for clb, scores in self.levels
        ]

    @property
    def source(self) -> str:
        return str(CONVERSION_SOURCES[self.row.source])


def scales_of(test: str) -> list[Scale]:
    """Return every conversion table of a test, the newest first."""
    scales = [Scale(test, row) for row in reversed(BOOK[f"language.{test}"].rows)]
    return [scale for scale in scales if scale.accepted]
