"""The 16 lines of the Comprehensive Ranking System, each with the facts and the rule that decided it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from rules import evidence
from rules.deadlines import anniversary
from rules.education import LEVELS
from rules.explained import Facts, Line, Rule, Section, rule
from rules.factors import Findings
from rules.language import counting, level
from rules.lookups import language_tier, tier
from rules.ranges import holds
from rules.ranking import LINES, SECTION_OF, SECTIONS
from rules.timeline import SpouseTimeline, Timeline

Explained = tuple[Facts, Rule]


def lines(known: Timeline, found: Findings, points: list[int]) -> tuple[Line, ...]:
    """The 16 lines, in order, with the `points` that the ranking gave."""
    explained = [_EXPLAIN[name](known, found) for name in LINES]
    return tuple(
        Line(SECTION_OF[name], name, earned, facts, read)
        for name, earned, (facts, read) in zip(LINES, points, explained, strict=True)
    )


def sections(known: Timeline, points: list[int]) -> tuple[Section, ...]:
    """The four sections with the `points` that the ranking gave."""
    found = []
    for name, earned in zip(SECTIONS, points, strict=True):
        read = known.rules[f"crs.{name}.maximum"]
        most = read.value[_column(known)] if isinstance(read.value, dict) else read.value
        found.append(Section(name, earned, rule(read, most, most)))
    return tuple(found)


def _column(known: Timeline) -> str:
    return "with" if known.spouse is not None else "without"


def _row(table: list[dict[str, Any]], key: str, number: int) -> dict[str, Any]:
    return next(row for row in table if holds(row[key], number))


def _age(known: Timeline, found: Findings) -> Explained:
    read, column, age = known.rules["crs.core.age"], _column(known), found.factors.age
    cell = _row(read.value["table"], "ages", age)
    facts: Facts = {"birth_date": known.profile.birth_date.isoformat(), "age": age}
    change = next((row for row in read.value["table"] if row["ages"][0] > age), None)
    if change is not None and change[column] != cell[column]:
        on = anniversary(known.profile.birth_date, change["ages"][0])
        facts["changes"] = {"on": on.isoformat(), "age": change["ages"][0], "points": change[column]}
    return facts, rule(read, {**cell, "column": column}, read.value["max"][column])


def _education(known: Timeline, found: Findings) -> Explained:
    read, column = known.rules["crs.core.education"], _column(known)
    reached = found.factors.education
    facts = evidence.education(known.profile.education, known.credentials, reached, found.day)
    cell = {"level": LEVELS[reached], **read.value["table"][LEVELS[reached]], "column": column}
    return facts, rule(read, cell, read.value["max"][column])


def _first_language(known: Timeline, found: Findings) -> Explained:
    facts = {
        "language": known.profile.first_official_language,
        **evidence.language_test(known.first, found.day),
    }
    return _per_ability(known, "crs.core.first_language", facts)


def _second_language(known: Timeline, found: Findings) -> Explained:
    language = "fr" if known.profile.first_official_language == "en" else "en"
    facts = {"language": language, **evidence.language_test(known.second, found.day)}
    return _per_ability(known, "crs.core.second_language", facts)


def _per_ability(known: Timeline, parameter: str, facts: Facts) -> Explained:
    read, column = known.rules[parameter], _column(known)
    table = read.value["per_ability"]
    levels = facts.get("levels", {})
    facts["points"] = {ability: _row(table, "clb", clb)[column] for ability, clb in levels.items()}
    return facts, rule(read, {"per_ability": table, "column": column}, read.value["max"][column])


def _canadian_work(known: Timeline, found: Findings) -> Explained:
    read, column = known.rules["crs.core.canadian_work"], _column(known)
    facts = evidence.work(known.canadian, read.value["window_years"], known.history, found.day)
    cell = _row(read.value["table"], "years", facts["years"])
    later = [row for row in read.value["table"] if row["years"][0] > facts["years"]]
    if later:
        facts["next"] = {"years": later[0]["years"][0], "points": later[0][column]}
    return facts, rule(read, {**cell, "column": column}, read.value["max"][column])


def _of_spouse(
    known: Timeline, parameter: str, explain: Callable[[SpouseTimeline, Any], tuple[Facts, Any]]
) -> Explained:
    """A line of the spouse section; without a scored spouse the facts say which of them it is."""
    read = known.rules[parameter]
    if known.spouse is None:
        return {"spouse": _spouse_state(known)}, rule(read, None, 0)
    facts, cell = explain(known.spouse, read.value)
    return {"spouse": "scored", **facts}, rule(read, cell, read.value["max"])


def _spouse_state(known: Timeline) -> str:
    partner = known.profile.partner
    if partner is None:
        return "none"
    return "not_accompanying" if not partner.accompanying else "citizen_or_permanent_resident"


def _spouse_education(known: Timeline, found: Findings) -> Explained:
    def explain(spouse: SpouseTimeline, value: Any) -> tuple[Facts, Any]:
        partner, reached = known.profile.partner, found.factors.spouse_education
        listed = partner.education if partner else ()
        facts = evidence.education(listed, spouse.credentials, reached, found.day)
        return facts, {"level": LEVELS[reached], "points": value["table"][LEVELS[reached]]}

    return _of_spouse(known, "crs.spouse.education", explain)


def _spouse_language(known: Timeline, found: Findings) -> Explained:
    partner = known.profile.partner

    def explain(spouse: SpouseTimeline, value: Any) -> tuple[Facts, Any]:
        language = partner.first_official_language if partner else None
        facts = {"language": language, **evidence.language_test(spouse.first, found.day)}
        table, levels = value["per_ability"], facts.get("levels", {})
        facts["points"] = {ability: _row(table, "clb", clb)["points"] for ability, clb in levels.items()}
        return facts, {"per_ability": table}

    return _of_spouse(known, "crs.spouse.language", explain)


def _spouse_canadian_work(known: Timeline, found: Findings) -> Explained:
    def explain(spouse: SpouseTimeline, value: Any) -> tuple[Facts, Any]:
        facts = evidence.work(spouse.canadian, value["window_years"], spouse.history, found.day)
        return facts, _row(value["table"], "years", facts["years"])

    return _of_spouse(known, "crs.spouse.canadian_work", explain)


def _lowest(found: Findings) -> int:
    return level(found.first.lowest) if found.first else 0


def _transfer(known: Timeline, found: Findings, parameter: str, own: str | None) -> Explained:
    """A group of combinations: the tier of education or foreign work with language and with Canadian work."""
    read, tiers = known.rules[parameter], known.rules.value("crs.transferability.tiers")
    language = language_tier(known.rules, found.first.lowest if found.first else 0)
    worked = tier(tiers["canadian_work_years"], found.factors.canadian_years)
    with_language = read.value["with_language"].get(own, {}).get(language, 0)
    with_work = read.value["with_canadian_work"].get(own, {}).get(worked, 0)
    facts: Facts = {
        "lowest_level": _lowest(found),
        "canadian_years": found.factors.canadian_years,
        "with_language": with_language,
        "with_canadian_work": with_work,
    }
    cell = {"tier": own, "language_tier": language, "canadian_work_tier": worked}
    return facts, rule(read, cell, read.value["max"])


def _transfer_education(known: Timeline, found: Findings) -> Explained:
    tiers = known.rules.value("crs.transferability.tiers")["education"]
    name = LEVELS[found.factors.education]
    own = next((own for own, names in tiers.items() if name in names), None)
    facts, read = _transfer(known, found, "crs.transferability.education", own)
    return {"level": name, **facts}, read


def _transfer_foreign_work(known: Timeline, found: Findings) -> Explained:
    parameter = "crs.transferability.foreign_work"
    ranges = known.rules.value("crs.transferability.tiers")["foreign_work_years"]
    window = known.rules.value(parameter)["window_years"]
    worked = evidence.work(known.foreign, window, known.history, found.day)
    facts, read = _transfer(known, found, parameter, tier(ranges, found.factors.foreign_years))
    return {**worked, **facts}, read


def _transfer_trade_certificate(known: Timeline, found: Findings) -> Explained:
    read = known.rules["crs.transferability.trade_certificate"]
    facts = {**_certificate(known, found), "lowest_level": _lowest(found)}
    return facts, rule(read, read.value["table"], read.value["max"])


def _certificate(known: Timeline, found: Findings) -> Facts:
    certificate = known.profile.certificate_of_qualification
    if certificate is None:
        return {"state": "none"}
    later = certificate.issued_on > found.day.date
    state = "later" if later else "counts" if found.factors.certificate else "not_a_trade"
    return {"state": state, "noc": certificate.noc, "issued_on": certificate.issued_on.isoformat()}


def _nomination(known: Timeline, found: Findings) -> Explained:
    read = known.rules["crs.additional.provincial_nomination"]
    nominated = known.profile.provincial_nomination
    if nominated is None:
        return {"state": "none"}, rule(read, read.value, read.value)
    facts: Facts = {"state": "counts" if found.factors.nomination else "does_not_count"}
    facts |= {"province": nominated.province, "issued_on": nominated.issued_on.isoformat()}
    if nominated.expires_on is not None:
        facts["expires_on"] = nominated.expires_on.isoformat()
    return facts, rule(read, read.value, read.value)


def _arranged_employment(known: Timeline, found: Findings) -> Explained:
    read = known.rules["crs.additional.arranged_employment"]
    facts = evidence.job_offer(known.profile.job_offer, found.day, known.rules)
    return facts, rule(read, read.value, max(read.value["major_group_00"], read.value["other"]))


def _canadian_study(known: Timeline, found: Findings) -> Explained:
    read = known.rules["crs.additional.canadian_study"]
    counted = [study for study in known.studies if study.since <= found.day.number]
    facts: Facts = {"state": "none"}
    if counted:
        best = max(counted, key=lambda study: study.length)
        facts = {
            "state": "counts",
            "level": best.education.level,
            "completed_on": evidence.day_text(best.since),
        }
    elif known.studies:
        facts = {"state": "later", "completed_on": evidence.day_text(min(s.since for s in known.studies))}
    elif any(one.canadian_study for one in known.profile.education):
        conditions = known.rules.value("crs.additional.canadian_study_conditions")
        least = {name: conditions[name] for name in ("min_full_time_months", "min_months_in_canada")}
        facts = {"state": "conditions_not_met", **least}
    return facts, rule(read, read.value, max(read.value.values()))


def _french(known: Timeline, found: Findings) -> Explained:
    read = known.rules["crs.additional.french"]
    first, second = (known.first, known.second)
    french, english = (first, second) if found.factors.french_first else (second, first)
    lowest = {}
    for name, listed in (("french", french), ("english", english)):
        sitting = counting(listed, found.day.number)
        lowest[f"{name}_lowest"] = level(sitting.lowest) if sitting else None
    return lowest, rule(read, read.value, max(read.value["english_below"], read.value["english_reached"]))


def _sibling(known: Timeline, found: Findings) -> Explained:
    read = known.rules["crs.additional.sibling"]
    siblings = [one for one in known.profile.relatives_in_canada if one.relationship == "sibling"]
    state = "counts" if found.factors.sibling else "does_not_count" if siblings else "none"
    facts: Facts = {"state": state}
    since = evidence.day_text(known.sibling_since)
    if state == "does_not_count" and since is not None:
        facts["counts_from"] = since
    return facts, rule(read, read.value, read.value["points"])


_EXPLAIN: Final[dict[str, Callable[[Timeline, Findings], Explained]]] = {
    "age": _age,
    "education": _education,
    "first_language": _first_language,
    "second_language": _second_language,
    "canadian_work": _canadian_work,
    "spouse_education": _spouse_education,
    "spouse_language": _spouse_language,
    "spouse_canadian_work": _spouse_canadian_work,
    "transfer_education": _transfer_education,
    "transfer_foreign_work": _transfer_foreign_work,
    "transfer_trade_certificate": _transfer_trade_certificate,
    "provincial_nomination": _nomination,
    "arranged_employment": _arranged_employment,
    "canadian_study": _canadian_study,
    "french": _french,
    "sibling": _sibling,
}
