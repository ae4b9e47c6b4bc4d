"""The requirements of the three programs and the FSW grid, each with the facts and the rule that decided it."""

from __future__ import annotations

from rules import evidence, grid
from rules.education import LEVELS
from rules.explained import Facts, GridFactor, Requirement, Rule, rule
from rules.factors import Findings
from rules.language import counting, level
from rules.occupations import noc2021
from rules.programs import Limits, Verdict, cec_minimum, funds_needed, limits
from rules.records import ABILITIES
from rules.timeline import Timeline
from rules.work import longest_run

Explained = dict[str, tuple[Facts, Rule]]


def requirements(
    known: Timeline, found: Findings, verdicts: dict[str, Verdict]
) -> dict[str, tuple[Requirement, ...]]:
    """Every requirement of each program in the order of the reasons, met or not."""
    least = limits(known.rules)
    explained = {"CEC": _cec(known, found, least), "FSW": _fsw(known, found, least, verdicts["FSW"])}
    explained["FST"] = _fst(known, found, least)
    return {
        program: tuple(
            Requirement(program, code, code not in verdicts[program].reasons, facts, read)
            for code, (facts, read) in parts.items()
        )
        for program, parts in explained.items()
    }


def _cec(known: Timeline, found: Findings, least: Limits) -> Explained:
    rules, worked = known.rules, known.history
    minimum = cec_minimum(known, found, least)
    facts = _languages(known, found)
    facts["higher"] = minimum == least.cec_high
    needed = dict(zip(ABILITIES, map(level, minimum), strict=True))
    taken = known.rules.value("cec.language")
    thresholds = {"higher_min_clb": taken["higher_min_clb"], "lower_min_clb": taken["lower_min_clb"]}
    return {
        "intends_quebec": _destination(known, "cec"),
        "work_insufficient": (
            evidence.work(known.canadian, least.cec_years, worked, found.day),
            rule(rules["cec.work"], rules.value("cec.work")),
        ),
        "language_below_minimum": (facts, rule(rules["cec.language"], {**needed, **thresholds})),
    }


def _destination(known: Timeline, program: str) -> tuple[Facts, Rule]:
    row = known.rules[f"{program}.destination"]
    return {"intended_province": known.profile.intended_province}, rule(row, row.value)


def _languages(known: Timeline, found: Findings) -> Facts:
    first = known.profile.first_official_language
    second = "fr" if first == "en" else "en"
    return {
        first: evidence.language_test(known.first, found.day),
        second: evidence.language_test(known.second, found.day),
    }


def _fsw(known: Timeline, found: Findings, least: Limits, verdict: Verdict) -> Explained:
    rules, day = known.rules, found.day
    reached = found.factors.education
    education = evidence.education(known.profile.education, known.credentials, reached, day)
    language = evidence.language_test(known.first, day)
    level_needed = rules.value("fsw.language")["min_clb"]
    offered = found.factors.offer > 0
    points: Facts = {"points": verdict.points, "factors": dict(verdict.factors or {})}
    return {
        "intends_quebec": _destination(known, "fsw"),
        "work_insufficient": (
            _longest_run(known, found, least),
            rule(rules["fsw.work"], rules.value("fsw.work")),
        ),
        "language_below_minimum": (
            {"language": known.profile.first_official_language, **language},
            rule(rules["fsw.language"], dict.fromkeys(ABILITIES, level_needed)),
        ),
        "education_missing": (education, rule(rules["fsw.education"], rules.value("fsw.education"))),
        "funds_insufficient": _funds(known, least, offered),
        "points_below_pass_mark": (points, rule(rules["fsw.pass_mark"], rules.value("fsw.pass_mark"))),
    }


def _longest_run(known: Timeline, found: Findings, least: Limits) -> Facts:
    day, noc = found.day, known.profile.primary_occupation_noc
    first = day.window(least.fsw_years)
    run = longest_run(known.primary_runs, first, day.number)
    return {
        "noc": noc,
        "teer": noc2021[noc].teer if noc else None,
        "skilled": noc is not None and noc2021[noc].teer in known.rules.value("work.skilled_teer"),
        "longest_run_hours": evidence.hours(run, known.history),
        "full_time_hours": known.history.cap // known.history.scale,
        "window_years": least.fsw_years,
        "from": evidence.day_text(first),
        "to": evidence.day_text(day.number - 1),
    }


def _funds(known: Timeline, least: Limits, offered: bool) -> tuple[Facts, Rule]:
    profile = known.profile
    needed = funds_needed(profile.family_size, least)
    facts: Facts = {
        "settlement_funds_cad": profile.settlement_funds_cad,
        "family_size": profile.family_size,
        "waived": offered and known.offer.with_permit,
    }
    return facts, rule(known.rules["funds.table"], {"family_size": profile.family_size, "amount_cad": needed})


def _fst(known: Timeline, found: Findings, least: Limits) -> Explained:
    rules, day = known.rules, found.day
    noc = known.profile.primary_occupation_noc
    language = {name: rules.value("fst.language")[name] for name in ABILITIES}
    return {
        "intends_quebec": _destination(known, "fst"),
        "not_a_trade_occupation": ({"noc": noc}, rule(rules["fst.trades"], rules.value("fst.trades"))),
        "work_insufficient": (
            {
                "noc": noc,
                "trade": known.trade,
                **evidence.work(known.primary, least.fst_years, known.history, day),
            },
            rule(rules["fst.work"], rules.value("fst.work")),
        ),
        "language_below_minimum": (_languages(known, found), rule(rules["fst.language"], language)),
        "no_offer_or_certificate": (
            _offer_or_certificate(known, found),
            rule(rules["fst.offer_or_certificate"], rules.value("fst.offer_or_certificate")),
        ),
        "funds_insufficient": _funds(known, least, known.offer.trade_since <= day.number),
    }


def _offer_or_certificate(known: Timeline, found: Findings) -> Facts:
    """Whether an offer or a certificate exists, counts, and is in the trade of the primary occupation."""
    profile, number = known.profile, found.day.number
    certificate, offer = profile.certificate_of_qualification, profile.job_offer
    return {
        "noc": profile.primary_occupation_noc,
        "offer_noc": offer.noc if offer else None,
        "offer_counts": known.offer.trade_since <= number,
        "certificate_noc": certificate.noc if certificate else None,
        "certificate_issued_on": certificate.issued_on.isoformat() if certificate else None,
        "certificate_counts": known.trade_certificate_since <= number,
    }


def factors(known: Timeline, found: Findings, verdict: Verdict) -> tuple[GridFactor, ...]:
    """The six factors of the FSW grid with the points that the verdict gave."""
    explained = {
        "education": _grid_education(known, found),
        "language": _grid_language(known, found),
        "experience": _grid_experience(known, found),
        "age": _grid_age(known, found),
        "arranged_employment": _grid_offer(known, found),
        "adaptability": _grid_adaptability(known, found),
    }
    points = verdict.factors or {}
    return tuple(GridFactor(name, points[name], facts, read) for name, (facts, read) in explained.items())


def _grid_education(known: Timeline, found: Findings) -> tuple[Facts, Rule]:
    row, reached = known.rules["fsw.grid.education"], found.factors.education
    facts = evidence.education(known.profile.education, known.credentials, reached, found.day)
    return facts, rule(row, {LEVELS[reached]: row.value["table"][LEVELS[reached]]}, row.value["max"])


def _grid_language(known: Timeline, found: Findings) -> tuple[Facts, Rule]:
    row, second = known.rules["fsw.grid.language"], counting(known.second, found.day.number)
    facts: Facts = {
        "language": known.profile.first_official_language,
        **evidence.language_test(known.first, found.day),
        "second_lowest": level(second.lowest) if second else None,
    }
    return facts, rule(row, row.value, row.value["max"])


def _grid_experience(known: Timeline, found: Findings) -> tuple[Facts, Rule]:
    row = known.rules["fsw.grid.experience"]
    facts = evidence.work(known.skilled, row.value["window_years"], known.history, found.day)
    return facts, rule(row, row.value["table"], row.value["max"])


def _grid_age(known: Timeline, found: Findings) -> tuple[Facts, Rule]:
    row = known.rules["fsw.grid.age"]
    facts: Facts = {"birth_date": known.profile.birth_date.isoformat(), "age": found.factors.age}
    return facts, rule(row, row.value["table"], row.value["max"])


def _grid_offer(known: Timeline, found: Findings) -> tuple[Facts, Rule]:
    row = known.rules["fsw.grid.arranged_employment"]
    facts = evidence.job_offer(known.profile.job_offer, found.day, known.rules)
    return facts, rule(row, row.value["points"], row.value["max"])


def _grid_adaptability(known: Timeline, found: Findings) -> tuple[Facts, Rule]:
    row = known.rules["fsw.grid.adaptability"]
    return {"items": grid.adaptability(known, found)}, rule(row, row.value, row.value["max"])
