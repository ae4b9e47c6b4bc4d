"""Points and programs of many at once from what is kept of them, under any tables that are read the same way.

The same as `rules.assessment.assess_many` gives from the facts, for every row of whom `holds` says so.
Whoever a new table of settlement funds gives a grace must be assessed from the facts: `Rescored.unsure` says who.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from rules.deadlines import funds_update_deadline
from rules.factors import OLDEST, Factors
from rules.grid import grid
from rules.kept import Kept
from rules.parameters import InForce
from rules.programs import PROGRAM_BITS, Limits, limits
from rules.ranking import FactorTable, Points, rank

Column = NDArray[np.int64]
Columns = dict[str, Column]
Bools = NDArray[np.bool_]

EPOCH: Final = date(1970, 1, 1).toordinal()
_WIDE: Final = frozenset({"first_language", "second_language", "spouse_language"})


@dataclass(frozen=True, slots=True)
class Rescored:
    """One entry a row: points, sums of `PROGRAM_BITS`, and who must be assessed from the facts instead.

    short_of_funds: who fails a program by funds alone and was sent before the table that is in force; `unsure` are
    these until the new table is asked of them.
    """

    points: Points
    programs: NDArray[np.int16]
    unsure: Bools
    short_of_funds: Bools


def columns_of(rows: list[Kept]) -> Columns:
    """Rows as columns by name, for a few; whoever has many has them as columns already."""
    table = np.array(rows, np.int64).reshape(len(rows), len(Kept._fields)).T
    return dict(zip(Kept._fields, table, strict=True))


def rescore(kept: Columns, on: date, rules: InForce) -> Rescored:
    """The results of every row on a day that the rows hold for, under the rules of that day."""
    ages = _ages(kept["born"], on)
    table = {
        name: (ages if name == "age" else kept[name]).astype(np.uint16 if name in _WIDE else np.uint8)
        for name in Factors._fields
    }
    met = _Met(kept, ages, rules)
    bits = (
        PROGRAM_BITS["CEC"] * met.cec()
        + PROGRAM_BITS["FSW"] * (met.fsw() & met.funds_for_fsw())
        + PROGRAM_BITS["FST"] * (met.fst() & met.funds_for_fst())
        + PROGRAM_BITS["PNP"] * (kept["nomination"] > 0)
    ).astype(np.int16)
    short, last_day = _short_of_funds(met, rules), funds_update_deadline(rules)
    in_grace = last_day is not None and on <= last_day
    return Rescored(rank(FactorTable(table), rules), bits, short & in_grace, short)


def _ages(born: Column, on: date) -> Column:
    """Completed years; who was born on 29 February is a year older on 1 March in common years."""
    days = (born - EPOCH).astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (days - months).astype(np.int64) + 1
    early = (on.month < month) | ((on.month == month) & (on.day < day))
    ages: Column = np.clip(on.year - year - early, 0, OLDEST)
    return ages


def _short_of_funds(met: _Met, rules: InForce) -> Bools:
    """Who fails by funds alone under a table newer than what was sent: what held before it needs their facts."""
    before = met.kept["sent"] < rules["funds.table"].first_day.toordinal()
    only_funds = (met.fsw() & ~met.funds_for_fsw()) | (met.fst() & ~met.funds_for_fst())
    short: Bools = before & only_funds
    return short


class _Met:
    """Who meets what, by columns: the programs' requirements (`rules.programs`) over kept rows."""

    def __init__(self, kept: Columns, age: Column, rules: InForce) -> None:
        self.kept, self.age, self.rules = kept, age, rules
        self.least, self.table = limits(rules), grid(rules)
        self.first, self.second = (_steps(kept[f"{which}_language"]) for which in ("first", "second"))
        self.enough = kept["funds"] >= _needed(kept["family_size"], self.least)

    def cec(self) -> Bools:
        high = self._either(self.least.cec_high)
        low = self._either(self.least.cec_low)
        return self._elsewhere() & self._is("cec_work") & np.where(self._is("cec_high"), high, low)

    def fsw(self) -> Bools:
        """All but the funds."""
        met: Bools = (
            self._elsewhere()
            & self._is("fsw_work")
            & (self.first.min(axis=0) >= self.least.fsw_language)
            & (self.kept["first_language"] > 0)
            & (self.kept["education"] >= self.least.fsw_education)
            & (self._grid() >= self.least.pass_mark)
        )
        return met

    def fst(self) -> Bools:
        """All but the funds."""
        entitled = self._is("fst_offer") | self._is("trade_certificate")
        trained = self._is("trade") & self._is("fst_work")
        return self._elsewhere() & trained & entitled & self._either(self.least.fst_language)

    def funds_for_fsw(self) -> Bools:
        return self.enough | ((self.kept["offer"] > 0) & self._is("offer_permit"))

    def funds_for_fst(self) -> Bools:
        return self.enough | (self._is("fst_offer") & self._is("offer_permit"))

    def _is(self, name: str) -> Bools:
        true: Bools = self.kept[name] != 0
        return true

    def _elsewhere(self) -> Bools:
        elsewhere: Bools = self.kept["quebec"] == 0
        return elsewhere

    def _either(self, minimum: tuple[int, ...]) -> Bools:
        least = np.array(minimum)[:, np.newaxis]
        reached = (self.first >= least).all(axis=0) & (self.kept["first_language"] > 0)
        return reached | ((self.second >= least).all(axis=0) & (self.kept["second_language"] > 0))

    def _grid(self) -> Column:
        table, kept = self.table, self.kept
        language = np.array(table.language)[self.first].sum(axis=0) * (kept["first_language"] > 0)
        second = (self.second.min(axis=0) >= table.second_step) & (kept["second_language"] > 0)
        points: Column = (
            np.array(table.education)[kept["education"]]
            + language
            + table.second_points * second
            + np.array(table.experience)[kept["skilled_years"]]
            + np.array(table.age)[self.age]
            + table.arranged * (kept["offer"] > 0)
            + np.minimum(table.adaptability["max"], self._adaptability())
        )
        return points

    def _adaptability(self) -> Column:
        worth, kept = self.table.adaptability, self.kept
        own = sum(worth[item] * kept[item] for item in ("applicant_study", "applicant_work", "relative"))
        partners = sum(worth[item] * kept[item] for item in ("spouse_study", "spouse_work"))
        fluent = self._is("with_spouse") & (kept["spouse_step"] >= max(1, self.table.spouse_step))
        return (
            own
            + partners
            + worth["arranged_employment"] * (kept["offer"] > 0)
            + worth["spouse_language"] * fluent
        )


def _steps(codes: Column) -> Column:
    """The four steps of each code: an array of four rows."""
    wide = codes.astype(np.int64)
    return np.stack([wide >> 9, wide >> 6 & 7, wide >> 3 & 7, wide & 7])


def _needed(size: Column, least: Limits) -> Column:
    """The funds that are asked of a family of each size."""
    listed = np.array(least.funds)
    beyond = np.maximum(size.astype(np.int64) - len(listed), 0)
    needed: Column = listed[np.minimum(size, len(listed)) - 1] + beyond * least.funds_more
    return needed
