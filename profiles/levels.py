"""What a test's scores amount to in levels of CLB or NCLC, as the rules read them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from eligibility.forms.languages import ABILITIES, LANGUAGE_OF, scores_fit
from profiles.facts import Answers
from profiles.pages import Page
from rules.deadlines import test_expiry
from rules.language import level, sittings, steps
from rules.parameters import SYSTEM_BEGAN
from rules.parameters import on as parameters_on
from rules.records import LanguageTest, Scores

HIGHEST = 10
LOWEST = 4


@dataclass(frozen=True)
class Levels:
    """The levels of one test: of each ability in order, 0 below CLB 4, 10 for 10 or higher.

    ``until`` is the first day on which the test no longer counts.
    """

    language: str
    of: tuple[int, ...]
    until: date

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

    @property
    def last_day(self) -> date:
        """The last day on which the test counts."""
        return self.until - timedelta(days=1)


def written(level: int) -> str:
    """Return a level as it is written: ``10+`` for the highest, ``<4`` for what is below the lowest."""
    return f"{level}+" if level >= HIGHEST else str(level) if level else f"<{LOWEST}"


def level_words(levels: Levels) -> str:
    """Return the levels in one line."""
    return _(
        "%(scale)s: listening %(listening)s, reading %(reading)s, writing %(writing)s, speaking %(speaking)s"
    ) % {"scale": levels.scale, **levels.words}


def levels_on(page: Page) -> Levels | None:
    """Return the levels of the test on a page, as it is saved or typed; None where there is none or it is not whole."""
    if page.layout != "language_tests":
        return None
    saved = page.saved()
    if page.typed is None:
        return levels_of(saved) if saved else None
    form = Page(page.section, page.answers, page.today, page.index, page.typed).forms[0]
    form.is_valid()
    told = form.cleaned_data
    if any(told.get(name) is None for name in ("test", "date_taken", *ABILITIES)):
        return None
    scores = {ability: told[ability] for ability in ABILITIES}
    return levels_of({"test": told["test"], "date_taken": told["date_taken"].isoformat(), "scores": scores})


def levels_of(entry: Answers) -> Levels | None:
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
    taken = sittings([test], parameters_on(max(test.date_taken, SYSTEM_BEGAN)))[language]
    if not taken:
        return None
    return Levels(language, tuple(map(level, steps(taken[0].code))), test_expiry(test.date_taken))
