"""Language tests whose raw scores convert to the planned levels."""

from datetime import date
from random import Random

from rules.records import ABILITIES
from simulation.population.chances import Weighted, between
from simulation.population.countries import FRENCH_TESTS, english_tests
from simulation.population.plans import Json
from simulation.population.scores import accepted, score_ranges

TWO_YEARS = 729
# Most are tested within the half year before they submit; a few long before.
MONTHS_BEFORE = Weighted(((30, 26), (60, 26), (120, 22), (200, 14), (330, 12)))


def english(levels: tuple[int, ...], origin: str, in_canada: bool, taken: date, stream: Random) -> Json:
    """Return an English test of that day with the given levels (0 to 10)."""
    test = english_tests(origin, in_canada).pick(stream)
    return _test(test if accepted(test, taken) else "ielts_general", levels, taken, stream)


def french(levels: tuple[int, ...], taken: date, stream: Random) -> Json:
    """Return a French test of that day with the given levels (0 to 10)."""
    test = FRENCH_TESTS.pick(stream)
    return _test(test if accepted(test, taken) else "tef_canada", levels, taken, stream)


def days_since_test(waited: int, stream: Random) -> int:
    """Return how long ago a test was taken by someone who submitted ``waited`` days ago; it is still valid."""
    before = between(stream, 6, MONTHS_BEFORE.pick(stream))
    return min(waited + before, max(waited + 2, TWO_YEARS - between(stream, 1, 40)))


def _test(test: str, levels: tuple[int, ...], taken: date, stream: Random) -> Json:
    ranges = score_ranges(test, taken)
    scores = {
        ability: ranges[place][level].draw(stream.random())
        for place, (ability, level) in enumerate(zip(ABILITIES, levels, strict=True))
    }
    return {"test": test, "date_taken": taken.isoformat(), "scores": scores}
