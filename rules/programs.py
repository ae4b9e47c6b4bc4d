"""The three federal programs: who meets them, and every requirement that fails."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from rules import grid
from rules.education import LEVELS
from rules.factors import Findings
from rules.language import reaches, step
from rules.parameters import InForce
from rules.records import ABILITIES
from rules.timeline import Timeline
from rules.work import accrued, longest_run

PROGRAM_BITS: Final = {"CEC": 1, "FSW": 2, "FST": 4, "PNP": 8}

Minimum = tuple[int, ...]


class Verdict(NamedTuple):
    """One program: met or not, the codes of the requirements that fail in their order; the grid for FSW."""

    eligible: bool
    reasons: tuple[str, ...]
    points: int | None = None
    factors: dict[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The minimum requirements in the form in which they are compared: language steps, hours, years."""

    outside: str
    cec_years: int
    cec_hours: int
    cec_high: Minimum
    cec_low: Minimum
    fsw_years: int
    fsw_hours: int
    fsw_language: int
    fsw_education: int
    pass_mark: int
    fst_years: int
    fst_hours: int
    fst_language: Minimum
    funds: tuple[int, ...]
    funds_more: int


@lru_cache(maxsize=64)
def limits(rules: InForce) -> Limits:
    """The `Limits` under `rules`."""
    value = rules.value
    cec, fsw, fst, funds = value("cec.work"), value("fsw.work"), value("fst.work"), value("funds.table")
    return Limits(
        outside=value("cec.destination")["outside"],
        cec_years=cec["window_years"],
        cec_hours=cec["hours"],
        cec_high=(step(value("cec.language")["higher_min_clb"]),) * len(ABILITIES),
        cec_low=(step(value("cec.language")["lower_min_clb"]),) * len(ABILITIES),
        fsw_years=fsw["window_years"],
        fsw_hours=fsw["hours"],
        fsw_language=step(value("fsw.language")["min_clb"]),
        fsw_education=LEVELS.index(value("fsw.education")["min_level"]),
        pass_mark=value("fsw.pass_mark"),
        fst_years=fst["window_years"],
        fst_hours=fst["hours"],
        fst_language=tuple(step(value("fst.language")[ability]) for ability in ABILITIES),
        funds=tuple(funds["amounts"]),
        funds_more=funds["each_additional"],
    )


def judge(known: Timeline, found: Findings) -> dict[str, Verdict]:
    """The verdict of each program, in the order in which an invitation names them."""
    least = limits(known.rules)
    return {
        "CEC": _cec(known, found, least),
        "FSW": _fsw(known, found, least),
        "FST": _fst(known, found, least),
    }


def _verdict(failures: dict[str, bool]) -> Verdict:
    reasons = tuple([code for code, failed in failures.items() if failed])
    return Verdict(not reasons, reasons)


def _cec(known: Timeline, found: Findings, least: Limits) -> Verdict:
    day = found.day
    worked = accrued(known.canadian, day.window(least.cec_years), day.number)
    return _verdict(
        {
            "intends_quebec": known.profile.intended_province == least.outside,
            "work_insufficient": worked < least.cec_hours * known.history.hour,
            "language_below_minimum": not _either(found, cec_minimum(known, found, least)),
        }
    )


def cec_minimum(known: Timeline, found: Findings, least: Limits) -> Minimum:
    """The steps that CEC asks for: the occupation with most qualifying hours decides (rule 13)."""
    if not known.high:
        return least.cec_low
    first, stop = found.day.window(least.cec_years), found.day.number
    high = max(accrued(curve, first, stop) for curve in known.high)
    low = max([accrued(curve, first, stop) for curve in known.low], default=0)
    return least.cec_high if high > low else least.cec_low


def _either(found: Findings, minimum: Minimum) -> bool:
    return reaches(found.first, minimum) or reaches(found.second, minimum)


def _fsw(known: Timeline, found: Findings, least: Limits) -> Verdict:
    day, points = found.day, grid.points(known, found)
    total = sum(points)
    run = longest_run(known.primary_runs, day.window(least.fsw_years), day.number)
    verdict = _verdict(
        {
            "intends_quebec": known.profile.intended_province == least.outside,
            "work_insufficient": run < least.fsw_hours * known.history.hour,
            "language_below_minimum": found.first is None or found.first.lowest < least.fsw_language,
            "education_missing": found.factors.education < least.fsw_education,
            "funds_insufficient": not funds_suffice(known, found.factors.offer > 0, least),
            "points_below_pass_mark": total < least.pass_mark,
        }
    )
    return Verdict(verdict.eligible, verdict.reasons, total, points._asdict())


def _fst(known: Timeline, found: Findings, least: Limits) -> Verdict:
    day = found.day
    offered = known.offer.trade_since <= day.number
    worked = accrued(known.primary, day.window(least.fst_years), day.number)
    return _verdict(
        {
            "intends_quebec": known.profile.intended_province == least.outside,
            "not_a_trade_occupation": not known.trade,
            "work_insufficient": not known.trade or worked < least.fst_hours * known.history.hour,
            "language_below_minimum": not _either(found, least.fst_language),
            "no_offer_or_certificate": not offered and known.trade_certificate_since > day.number,
            "funds_insufficient": not funds_suffice(known, offered, least),
        }
    )


def funds_needed(family_size: int, least: Limits) -> int:
    """The settlement funds in CAD that the table asks of a family."""
    listed = len(least.funds)
    if family_size <= listed:
        return least.funds[family_size - 1]
    return least.funds[-1] + (family_size - listed) * least.funds_more


def funds_suffice(known: Timeline, offered: bool, least: Limits) -> bool:
    """Whether funds reach the table, or a counting offer with a work permit waives them (rule 15)."""
    if offered and known.offer.with_permit:
        return True
    return known.profile.settlement_funds_cad >= funds_needed(known.profile.family_size, least)
