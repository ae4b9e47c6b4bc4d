"""The same rows of factors for both sides: columns for `rules.ranking`, inputs for OpenFisca."""

from datetime import date

import numpy as np
from numpy.typing import NDArray
from openfisca_core.periods import period
from openfisca_core.simulations import Simulation, SimulationBuilder

from bench.openfisca_country import CountryTaxBenefitSystem
from bench.openfisca_country.variables import ABILITIES, COMPUTED, EducationLevel
from rules.education import LEVELS
from rules.factors import Factors
from rules.language import CODES, STEPS, level
from rules.lookups import AGES, LEVEL_SLOTS, YEARS, lookups
from rules.parameters import InForce
from rules.ranking import FactorTable

ON = date(2026, 3, 1)
PERIOD = period(ON.isoformat())
CHUNK = 8192


def random_table(size: int, seed: int = 1) -> FactorTable:
    """Rows of factors, each factor drawn evenly from its range on its own."""
    rng = np.random.default_rng(seed)

    def up_to(most: int) -> NDArray[np.uint8]:
        return rng.integers(0, most, size, dtype=np.uint8, endpoint=True)

    def language() -> NDArray[np.uint16]:
        steps = rng.integers(0, STEPS, (4, size), dtype=np.uint16)
        return (steps[0] << 9 | steps[1] << 6 | steps[2] << 3 | steps[3]).astype(np.uint16)

    columns = {name: up_to(1) for name in Factors._fields}
    columns |= {"age": rng.integers(17, 50, size, dtype=np.uint8)}
    columns |= {name: up_to(len(LEVELS) - 1) for name in ("education", "spouse_education")}
    columns |= {name: language() for name in ("first_language", "second_language", "spouse_language")}
    columns |= {name: up_to(6) for name in ("canadian_years", "foreign_years", "spouse_canadian_years")}
    return FactorTable(columns)


def simulation_of(table: FactorTable) -> Simulation:
    """One OpenFisca simulation that holds every row as a person, with all inputs set."""
    columns = table.columns
    made = SimulationBuilder.build_default_simulation(CountryTaxBenefitSystem(), count=len(table))
    made.set_input("spouse", PERIOD, columns["with_spouse"].astype(bool))
    made.set_input("age", PERIOD, columns["age"].astype(np.int32))
    made.set_input("canadian_years", PERIOD, columns["canadian_years"].astype(np.int32))
    made.set_input("education_rank", PERIOD, columns["education"].astype(np.int32))
    ranks = np.array([EducationLevel[name].index for name in LEVELS])
    made.set_input("education", PERIOD, EducationLevel.encode(ranks[columns["education"]]))
    levels = np.array([level(step) for step in range(STEPS)], np.int32)
    for which in ("first", "second"):
        codes = columns[f"{which}_language"]
        for place, ability in enumerate(ABILITIES):
            made.set_input(f"{which}_{ability}", PERIOD, levels[codes >> (9 - 3 * place) & (STEPS - 1)])
    return made


def forget(simulation: Simulation) -> None:
    """Drop every computed value, so that the next calculation computes it again; inputs stay."""
    for variable in COMPUTED:
        simulation.delete_arrays(variable.__name__, PERIOD)


def rank_core(table: FactorTable, rules: InForce) -> NDArray[np.int16]:
    """The core points alone, from the tables and in the chunks that `rules.ranking.rank` uses."""
    tables, columns = lookups(rules), table.columns
    total = np.empty(len(table), np.int16)
    line = np.empty(CHUNK, np.int16)
    for start in range(0, len(table), CHUNK):
        rows = slice(start, start + CHUNK)
        spouse, points = columns["with_spouse"][rows].astype(np.uint16), total[rows]
        by_code, part = spouse * np.uint16(CODES), line[: len(points)]
        tables.age.take(spouse * np.uint16(AGES) + columns["age"][rows], out=points, mode="clip")
        for entries, index in (
            (tables.education, spouse * np.uint16(LEVEL_SLOTS) + columns["education"][rows]),
            (tables.first_language, by_code + columns["first_language"][rows]),
            (tables.second_language, by_code + columns["second_language"][rows]),
            (tables.canadian_work, spouse * np.uint16(YEARS) + columns["canadian_years"][rows]),
        ):
            entries.take(index, out=part, mode="clip")
            points += part
    return total
