"""What is kept of a profile so that a change of the tables re-scores it without its facts.

A `Kept` row holds, as small whole numbers, everything that points and programs follow from on a day by look-ups
and comparisons alone. It stays true until `holds_until`, whatever the birthday, and as long as what is *read into*
it by parameters (conversion tables of tests, windows and hours of work, conditions of offers, lists of
occupations) stays the same: `basis` names that. What the tables then give is worked out in `rules.rescoring`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from functools import lru_cache
from typing import Any, Final, NamedTuple

from rules.changes import first_change
from rules.factors import Findings
from rules.grid import grid, skilled_years
from rules.parameters import FOLDER, InForce
from rules.programs import cec_minimum, limits
from rules.timeline import SpouseTimeline, Timeline
from rules.work import accrued, longest_run

DERIVATION: Final = 1
"""To be raised by whoever changes how facts are turned into a `Kept` row: rows of another number are read anew."""

MOST_FUNDS: Final = 2_000_000_000
MOST_FAMILY: Final = 30_000

APPLIED: Final[dict[str, tuple[str, ...]]] = {
    "crs.core.age": (),
    "crs.core.education": (),
    "crs.core.first_language": (),
    "crs.core.second_language": (),
    "crs.core.canadian_work": ("window_years", "excludes"),
    "crs.core.maximum": (),
    "crs.spouse.education": (),
    "crs.spouse.language": (),
    "crs.spouse.canadian_work": ("window_years", "excludes"),
    "crs.spouse.maximum": (),
    "crs.transferability.education": (),
    "crs.transferability.foreign_work": ("window_years",),
    "crs.transferability.maximum": (),
    "crs.transferability.tiers": (),
    "crs.transferability.trade_certificate": (),
    "crs.additional.arranged_employment": (),
    "crs.additional.canadian_study": (),
    "crs.additional.french": (),
    "crs.additional.maximum": (),
    "crs.additional.provincial_nomination": (),
    "crs.additional.sibling": ("min_age", "statuses"),
    "cec.language": ("higher_teer",),
    "fst.language": (),
    "fsw.language": (),
    "fsw.education": (),
    "fsw.pass_mark": (),
    "fsw.grid.adaptability": ("work_hours",),
    "fsw.grid.age": (),
    "fsw.grid.arranged_employment": (),
    "fsw.grid.education": (),
    "fsw.grid.experience": ("window_years",),
    "fsw.grid.language": (),
    "funds.table": (),
}
"""Parameters that are applied to a `Kept` row, with those of their keys that are read into it all the same.

Every other parameter counts as read into it, so that a new one is never overlooked.
"""
DATED_BY_FACTS: Final = "language."
"""Parameters of which the row in force on a fact's own day is read, so that all their rows count."""
IRRELEVANT: Final = "lifecycle."


class Kept(NamedTuple):
    """One row: the ranking's factors but for the age, and what programs ask beside them.

    born, sent: day numbers of birth and of sending. quebec, cec_work, cec_high, fsw_work, trade, fst_work, fst_offer,
    trade_certificate, offer_permit, applicant_study, applicant_work, relative, spouse_study, spouse_work: 0 or 1.
    skilled_years: of the FSW grid. spouse_step: the best lowest step of the spouse's valid tests. funds: CAD, rounded
    down. steady: the first later day, as a number, on which the result differs by anything but age (`days.NEVER` if
    there is none), under the parameters by which the row was read. categories: sum of `CATEGORY_BITS`. The others as
    in `factors.Factors`.
    """

    born: int
    sent: int
    funds: int
    steady: int
    family_size: int
    with_spouse: int
    education: int
    first_language: int
    second_language: int
    canadian_years: int
    foreign_years: int
    spouse_education: int
    spouse_language: int
    spouse_canadian_years: int
    certificate: int
    nomination: int
    offer: int
    canadian_study: int
    french_first: int
    sibling: int
    quebec: int
    cec_work: int
    cec_high: int
    fsw_work: int
    trade: int
    fst_work: int
    fst_offer: int
    trade_certificate: int
    offer_permit: int
    skilled_years: int
    applicant_study: int
    applicant_work: int
    relative: int
    spouse_study: int
    spouse_work: int
    spouse_step: int
    categories: int


class Holding(NamedTuple):
    """A `Kept` row, the basis on which it was read, and the first day on which it may no longer be true."""

    kept: Kept
    basis: str
    until: date


def keep(known: Timeline, found: Findings, category_bits: int, steady: int) -> Holding:
    """The row of a timeline on the day of its findings; `steady` as in `Kept`."""
    profile, day, least = known.profile, found.day, limits(known.rules)
    number, hour = day.number, known.history.hour
    trade_work = accrued(known.primary, day.window(least.fst_years), number)
    kept = Kept(
        born=profile.birth_date.toordinal(),
        sent=profile.as_of.toordinal(),
        funds=min(MOST_FUNDS, int(profile.settlement_funds_cad)),
        steady=steady,
        family_size=min(MOST_FAMILY, profile.family_size),
        **{name: value for name, value in found.factors._asdict().items() if name != "age"},
        quebec=int(profile.intended_province == least.outside),
        cec_work=int(accrued(known.canadian, day.window(least.cec_years), number) >= least.cec_hours * hour),
        cec_high=int(cec_minimum(known, found, least) is least.cec_high),
        fsw_work=int(
            longest_run(known.primary_runs, day.window(least.fsw_years), number) >= least.fsw_hours * hour
        ),
        trade=int(known.trade),
        fst_work=int(trade_work >= least.fst_hours * hour),
        fst_offer=int(known.offer.trade_since <= number),
        trade_certificate=int(known.trade_certificate_since <= number),
        offer_permit=int(known.offer.with_permit),
        skilled_years=skilled_years(known, found),
        applicant_study=int(profile.studied_two_years_in_canada),
        applicant_work=int(longest_run(known.full_time_runs, 0, number) >= _full_time(known.rules) * hour),
        relative=int(known.relative_since <= number),
        **_of_spouse(known.spouse, number, known.rules),
        categories=category_bits,
    )
    return Holding(kept, basis(known.rules), date.fromordinal(first_change(known, number)))


def _of_spouse(spouse: SpouseTimeline | None, number: int, rules: InForce) -> dict[str, int]:
    if spouse is None:
        return {"spouse_study": 0, "spouse_work": 0, "spouse_step": 0}
    worked = longest_run(spouse.full_time_runs, 0, number)
    valid = [sitting.lowest for sitting in spouse.sittings if sitting.taken <= number < sitting.until]
    return {
        "spouse_study": int(spouse.studied),
        "spouse_work": int(worked >= _full_time(rules) * spouse.history.hour),
        "spouse_step": max(valid, default=0),
    }


def _full_time(rules: InForce) -> int:
    return int(grid(rules).adaptability["work_hours"])


@lru_cache(maxsize=64)
def basis(rules: InForce) -> str:
    """A digest of all that facts are read by under `rules`: rows of the same basis mean the same."""
    read: dict[str, Any] = {"derivation": DERIVATION, "fields": Kept._fields, "lists": _lists()}
    for name, parameter in rules.book.items():
        if name.startswith(DATED_BY_FACTS):
            read[name] = [[row.first_day.isoformat(), row.value] for row in parameter.rows]
        elif name in APPLIED:
            read[name] = {key: rules.value(name)[key] for key in APPLIED[name]}
        elif not name.startswith(IRRELEVANT):
            read[name] = rules.value(name)
    return hashlib.sha256(json.dumps(read, sort_keys=True, default=str).encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def _lists() -> str:
    """A digest of the lists of occupations and countries, which have no days."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.csv")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
