"""The sorts of candidates that a pool is mixed of, and how plans of each sort are drawn, thousands at a time.

Each sort is a row of rough shares and averages. They make plausible people; how many of each end up in a pool
is decided by the score bands, for which plans are picked by their score.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.records import ABILITIES
from simulation.population.levels import Level
from simulation.population.occupations import Kind
from simulation.population.plans import CEC, FST, FSW, LONG_STUDY, NO_STUDY, SHORT_STUDY, Plan

Columns = dict[str, NDArray[np.int64]]
# How far each ability lies above the person's average, in levels: writing is the hard one.
EASE = (0.35, 0.2, -0.45, -0.1)
# Nobody's four levels are equal: spread of one ability around the person's average.
UNEVENNESS = 0.75


@dataclass(frozen=True, slots=True)
class Stratum:
    """One sort of candidates.

    ``levels`` weighs none … doctoral; ``canadian`` weighs 0 … 5 years, ``foreign`` 0 … 3; ``kinds`` managers and
    professionals, other skilled occupations, trades; ``study`` none, short, long; ``tongue`` is the average and
    the spread of the first language's level, ``second`` the share with a test of the other language and its
    average level; ``certificate`` the share of the trades with a certificate of qualification.
    """

    share: float
    program: int
    age: tuple[float, float]
    levels: tuple[float, ...]
    tongue: tuple[float, float]
    second: tuple[float, float]
    canadian: tuple[float, ...]
    foreign: tuple[float, ...]
    kinds: tuple[float, ...]
    study: tuple[float, ...]
    french_first: bool = False
    certificate: float = 0.1


STRATA = (
    # Studied in Canada, then stayed to work.
    Stratum(
        0.26, CEC, (27.5, 3.4), (0, 1, 6, 20, 22, 26, 22, 1, 1.5), (8.9, 1.1), (0.05, 6.2),
        (0, 50, 28, 13, 6, 3), (55, 20, 12, 13), (48, 44, 8), (0, 55, 45),
    ),
    # Came to Canada to work.
    Stratum(
        0.15, CEC, (33, 5), (0, 3, 5, 10, 38, 14, 25, 3, 3), (8.7, 1.2), (0.06, 6.2),
        (0, 46, 28, 14, 7, 5), (6, 10, 14, 70), (55, 35, 10), (100, 0, 0),
    ),
    # Skilled work without a degree, in Canada.
    Stratum(
        0.12, CEC, (33, 7), (2, 26, 16, 24, 22, 6, 4, 0, 0), (7.0, 1.1), (0.02, 5.5),
        (0, 48, 28, 13, 7, 4), (20, 20, 18, 42), (8, 66, 26), (62, 30, 8),
    ),
    # Applies from abroad.
    Stratum(
        0.20, FSW, (33, 5.5), (0, 0.5, 1, 3, 32, 22, 36, 3, 4), (8.8, 1.0), (0.06, 6.2),
        (96, 2, 1.2, 0.5, 0.2, 0.1), (0, 7, 12, 81), (66, 28, 6), (95, 2, 3),
    ),
    # Applies from abroad, French first.
    Stratum(
        0.06, FSW, (32.5, 5.5), (0, 0.5, 2, 8, 24, 22, 38, 2, 4), (9.0, 1.2), (0.7, 6.0),
        (94, 3, 2, 1, 0, 0), (0, 8, 14, 78), (58, 34, 8), (93, 3, 4), french_first=True,
    ),
    # In Canada, French first.
    Stratum(
        0.04, CEC, (30.5, 5), (0, 3, 6, 14, 30, 18, 26, 1, 2), (9.3, 1.1), (0.75, 6.8),
        (0, 48, 28, 13, 7, 4), (34, 18, 14, 34), (46, 42, 12), (50, 24, 26), french_first=True,
    ),
    # Trades.
    Stratum(
        0.05, FST, (33.5, 6.5), (3, 32, 22, 24, 13, 3, 3, 0, 0), (6.8, 1.1), (0.02, 5.2),
        (20, 24, 26, 16, 9, 5), (18, 16, 18, 48), (0, 0, 100), (86, 12, 2), certificate=0.7,
    ),
    # The upper end: young, a master's or a doctorate, work on both sides, often French as well.
    Stratum(
        0.05, CEC, (29, 2.6), (0, 0, 0, 0, 6, 22, 50, 6, 16), (9.9, 0.6), (0.45, 7.6),
        (0, 20, 32, 22, 14, 12), (4, 14, 22, 60), (78, 20, 2), (25, 15, 60),
    ),
    # The lower end: older, little schooling or little language.
    Stratum(
        0.07, CEC, (45, 6), (10, 32, 14, 20, 16, 4, 4, 0, 0), (6.3, 1.1), (0.02, 5.2),
        (0, 62, 24, 8, 4, 2), (36, 22, 16, 26), (8, 62, 30), (88, 10, 2),
    ),
)  # fmt: skip

MARRIED_AT_22, MARRIED_MORE_A_YEAR, MARRIED_AT_MOST = 0.06, 0.045, 0.72
SCORED_SPOUSES, SIBLINGS, NOMINEES = 0.62, 0.06, 0.12
SPOUSE_LEVELS = (1, 9, 6, 12, 34, 10, 22, 3, 3)
SPOUSE_CANADIAN = (0, 52, 26, 12, 6, 4)


def draw(stratum: Stratum, rows: int, stream: np.random.Generator) -> Columns:
    """Return ``rows`` plans of one sort as columns named like the fields of ``Plan``."""
    whole = np.zeros(rows, dtype=np.int64)
    columns = {name: whole.copy() for name in Plan._fields}
    columns["program"] += stratum.program
    columns["french_first"] += stratum.french_first
    columns["age"] = np.clip(np.rint(stream.normal(*stratum.age, rows)), 18, 60).astype(np.int64)
    for name in ("levels", "canadian", "foreign", "kinds", "study"):
        column = {"levels": "level", "kinds": "kind"}.get(name, name)
        columns[column] = _weighed(getattr(stratum, name), rows, stream)
    _put(columns, "first", *_languages(stratum.tongue, np.ones(rows, dtype=bool), stream))
    share, average = stratum.second
    _put(columns, "second", *_languages((average, 1.6), stream.random(rows) < share, stream))
    trade = columns["kind"] == Kind.TRADE
    columns["certificate"] = (trade & (stream.random(rows) < stratum.certificate)).astype(np.int64)
    columns["sibling"] = (stream.random(rows) < SIBLINGS).astype(np.int64)
    columns["nomination"] = (stream.random(rows) < NOMINEES).astype(np.int64)
    _add_spouses(columns, stream)
    return columns


def _weighed(shares: tuple[float, ...], rows: int, stream: np.random.Generator) -> NDArray[np.int64]:
    edges = np.cumsum(shares) / np.sum(shares)
    return np.searchsorted(edges, stream.random(rows), side="right").astype(np.int64)


def _languages(
    tongue: tuple[float, float], tested: NDArray[np.bool_], stream: np.random.Generator
) -> tuple[NDArray[np.int64], ...]:
    """Return the four levels of a test, correlated as one person's are; 0 for those without a test."""
    average = stream.normal(*tongue, len(tested))
    levels = []
    for ease in EASE:
        level = np.rint(average + ease + stream.normal(0, UNEVENNESS, len(tested)))
        levels.append(np.where(tested, np.clip(level, 4, 10), 0).astype(np.int64))
    return tuple(levels)


def _put(columns: Columns, prefix: str, *levels: NDArray[np.int64]) -> None:
    for ability, values in zip(ABILITIES, levels, strict=True):
        columns[f"{prefix}_{ability}"] = values


def _add_spouses(columns: Columns, stream: np.random.Generator) -> None:
    rows = len(columns["age"])
    married = np.clip(MARRIED_AT_22 + MARRIED_MORE_A_YEAR * (columns["age"] - 22), 0.02, MARRIED_AT_MOST)
    scored = (stream.random(rows) < married * SCORED_SPOUSES).astype(np.int64)
    in_canada = (columns["canadian"] > 0) & (stream.random(rows) < 0.35)
    tested = (scored == 1) & (stream.random(rows) < 0.62)
    columns["spouse"] = scored
    columns["spouse_level"] = scored * _weighed(SPOUSE_LEVELS, rows, stream)
    columns["spouse_canadian"] = scored * in_canada * _weighed(SPOUSE_CANADIAN, rows, stream)
    _put(columns, "spouse", *_languages((7.2, 1.6), tested, stream))


def feasible(columns: Columns) -> NDArray[np.bool_]:
    """Return which plans one life can hold: years enough, study and level that go together, language that admits.

    It only spares hopeless attempts: whether a finished candidate is eligible is decided by the rules.
    """
    level, study = columns["level"], columns["study"]
    schooling = np.array([16, 18, 19, 20, 21, 23, 23, 24, 27])[level]
    abroad = np.array([0, 1.1, 2.1, 3.2])[columns["foreign"]]
    studying = np.where((study == SHORT_STUDY) & (level >= 5), 1.8, 0) + np.where(study == LONG_STUDY, 0.5, 0)
    in_canada = columns["canadian"] * 1.05 + 0.2
    years = schooling + abroad + studying + in_canada
    short = np.isin(level, (2, 3, 5, 6, 8)) & (study == SHORT_STUDY)
    long = np.isin(level, (4, 5, 6, 7, 8)) & (study == LONG_STUDY)
    suits = (study == NO_STUDY) | short | long
    ten_years = abroad + studying + in_canada <= 9.4
    checks = (years <= columns["age"], suits, ten_years, _admits(columns), _licensed(columns))
    possible: NDArray[np.bool_] = np.logical_and.reduce(checks)
    return possible


def _licensed(columns: Columns) -> NDArray[np.bool_]:
    """Return which plans keep professional degrees to professionals."""
    kept: NDArray[np.bool_] = (columns["level"] != Level.PROFESSIONAL) | (columns["kind"] == Kind.HIGH)
    return kept


def _admits(columns: Columns) -> NDArray[np.bool_]:
    lowest = np.min([columns[f"first_{ability}"] for ability in ABILITIES], axis=0)
    needed = np.where(columns["program"] == FSW, 7, np.where(columns["kind"] == Kind.HIGH, 7, 5))
    trades = (columns["program"] == FST) & (columns["kind"] == Kind.TRADE)
    worked = np.where(columns["program"] == CEC, columns["canadian"] >= 1, True)
    years = columns["canadian"] + columns["foreign"]
    admitted: NDArray[np.bool_] = (lowest >= needed) & worked & (years >= np.where(trades, 2, 1))
    return admitted
