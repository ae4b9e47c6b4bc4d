"""What the rules make of plans, thousands at a time: their ranking points, and whether the grid lets them in."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from rules import parameters
from rules.grid import grid
from rules.language import LOWEST_LEVEL, STEPS
from rules.ranking import FactorTable, rank
from rules.records import ABILITIES
from simulation.population.plans import FSW
from simulation.population.strata import Columns

# Work abroad is drawn beyond the three years that the ranking counts, as far as the age allows.
CAREER_BEGINS, CAREER_COUNTED = 24, 6


def ranking(columns: Columns, day: date) -> NDArray[np.int16]:
    """Return the Comprehensive Ranking System's total of each plan on a day."""
    narrow = {
        "with_spouse": columns["spouse"],
        "age": columns["age"],
        "education": columns["level"],
        "canadian_years": columns["canadian"],
        "foreign_years": columns["foreign"],
        "spouse_education": columns["spouse_level"],
        "spouse_canadian_years": columns["spouse_canadian"],
        "certificate": columns["certificate"],
        "nomination": columns["nomination"],
        "offer": np.zeros_like(columns["age"]),
        "canadian_study": columns["study"],
        "french_first": columns["french_first"],
        "sibling": columns["sibling"],
    }
    table = {name: column.astype(np.uint8) for name, column in narrow.items()}
    table |= {
        f"{whose}_language": _code(columns, whose).astype(np.uint16)
        for whose in ("first", "second", "spouse")
    }
    return rank(FactorTable(table), parameters.on(day)).total


def admits(columns: Columns, day: date) -> NDArray[np.bool_]:
    """Return which plans reach the pass mark of the skilled workers' grid, or need none.

    A close estimate, to spare hopeless attempts: whether a finished candidate is eligible is decided by the rules.
    """
    rules = parameters.on(day)
    table, mark = grid(rules), rules.value("fsw.pass_mark")
    language = np.array(table.language)
    worth = table.adaptability
    abroad = np.clip(columns["age"] - CAREER_BEGINS, columns["foreign"], CAREER_COUNTED)
    years = columns["canadian"] + np.where(columns["foreign"] >= 3, abroad, columns["foreign"])
    adaptability = (
        worth["applicant_work"] * (columns["canadian"] >= 1)
        + worth["applicant_study"] * (columns["study"] == 2)
        + worth["relative"] * columns["sibling"]
        + worth["spouse_language"] * (_lowest(columns, "spouse") >= table.spouse_step)
    )
    points = (
        np.array(table.education)[columns["level"]]
        + sum(language[_step(columns[f"first_{ability}"])] for ability in ABILITIES)
        + table.second_points * (_lowest(columns, "second") >= table.second_step)
        + np.array(table.experience)[years]
        + np.array(table.age)[columns["age"]]
        + np.minimum(adaptability, worth["max"])
    )
    admitted: NDArray[np.bool_] = (columns["program"] != FSW) | (points >= mark)
    return admitted


def _step(levels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rules' steps of levels: 0 below CLB 4, then 1 to 7."""
    return np.maximum(levels - LOWEST_LEVEL + 1, 0)


def _lowest(columns: Columns, prefix: str) -> NDArray[np.int64]:
    lowest: NDArray[np.int64] = np.min(
        [_step(columns[f"{prefix}_{ability}"]) for ability in ABILITIES], axis=0
    )
    return lowest


def _code(columns: Columns, prefix: str) -> NDArray[np.int64]:
    code = np.zeros_like(columns["age"])
    for ability in ABILITIES:
        code = code * STEPS + _step(columns[f"{prefix}_{ability}"])
    return code
