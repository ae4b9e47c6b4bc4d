"""A pool of two thousand, made once: what it shows holds for larger ones as well."""

from collections.abc import Sequence
from datetime import date

import pytest

from simulation.population.histories import Candidate
from simulation.population.pool import Recipe, make

RECIPE = Recipe(seed=11, as_of=date(2026, 9, 24), size=2_000)


@pytest.fixture(scope="session")
def candidates() -> Sequence[Candidate]:
    return make(RECIPE, range(RECIPE.size))
