"""A profile as day numbers: worked out once, then read on as many days as wanted."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from rules.categories import ExperienceCheck, checks
from rules.days import NEVER
from rules.education import Credential, Study, canadian_studies, credentials
from rules.language import Sitting, sittings
from rules.occupations import noc2021
from rules.offers import (
    NO_OFFER_AT_ALL,
    Offer,
    Span,
    certificate_since,
    nomination,
    offer,
    relative_since,
    trades,
)
from rules.parameters import InForce
from rules.records import RELATIVE_OF, Profile, Spouse
from rules.work import Curve, History, Stint, history, runs

SIBLING: Final = frozenset({"sibling"})


@dataclass(slots=True)
class SpouseTimeline:
    """The scored spouse's part; empty lists for everybody else."""

    credentials: list[Credential]
    first: list[Sitting]
    sittings: list[Sitting]
    history: History
    canadian: Curve
    full_time_runs: list[Curve]
    studied: bool


@dataclass(slots=True)
class Timeline:
    """What a profile holds under one set of rules; a `Curve` is an amount of work, a number is a day number.

    canadian: rule 9; foreign: rule 10; skilled and primary: rule 11 (`primary` also serves rule 12);
    full_time_runs: rule 21; high and low: rule 9 by occupation, split by the threshold of rule 13.
    """

    profile: Profile
    rules: InForce
    spouse: SpouseTimeline | None
    credentials: list[Credential]
    studies: list[Study]
    first: list[Sitting]
    second: list[Sitting]
    history: History
    canadian: Curve
    foreign: Curve
    skilled: Curve
    primary: Curve
    primary_runs: list[Curve]
    full_time_runs: list[Curve]
    high: list[Curve]
    low: list[Curve]
    trade: bool
    offer: Offer
    certificate_since: int
    trade_certificate_since: int
    nomination: Span
    sibling_since: int
    relative_since: int
    checks: list[ExperienceCheck]


@dataclass(frozen=True, slots=True)
class _Settings:
    """Parameters that the timeline reads, in the form it reads them."""

    teer: frozenset[int]
    high_teer: frozenset[int]
    trades: frozenset[str]
    full_time: int
    sibling: dict[str, Any]
    relative: dict[str, Any]


@lru_cache(maxsize=64)
def _settings(rules: InForce) -> _Settings:
    return _Settings(
        frozenset(rules.value("work.skilled_teer")),
        frozenset(rules.value("cec.language")["higher_teer"]),
        trades(rules),
        rules.value("work.counting")["full_time_hours_per_week"],
        rules.value("crs.additional.sibling"),
        rules.value("fsw.grid.relative"),
    )


def timeline(profile: Profile, rules: InForce) -> Timeline:
    """The timeline of `profile` under `rules`."""
    settings = _settings(rules)
    tests = sittings(profile.language_tests, rules)
    first = profile.first_official_language
    primary = profile.primary_occupation_noc
    trade = primary in settings.trades
    worked = history(profile.work, rules)
    stints = worked.stints
    skilled = [stint for stint in stints if stint.allowed and stint.teer in settings.teer]
    canadian = [stint for stint in skilled if stint.in_canada and stint.employee]
    in_primary = worked.curve([stint for stint in stints if stint.allowed and stint.job.noc == primary])
    certificate = certificate_since(profile.certificate_of_qualification, settings.trades)
    spouse = profile.scored_spouse
    return Timeline(
        profile=profile,
        rules=rules,
        spouse=_spouse(spouse, settings, rules) if spouse else None,
        credentials=credentials(profile.education, rules),
        studies=canadian_studies(profile.education, rules),
        first=tests[first],
        second=tests["fr" if first == "en" else "en"],
        history=worked,
        canadian=worked.curve(canadian),
        foreign=worked.curve([s for s in stints if not s.in_canada and s.teer in settings.teer]),
        skilled=worked.curve(skilled),
        primary=in_primary,
        primary_runs=runs(in_primary) if primary and noc2021[primary].teer in settings.teer else [],
        full_time_runs=_full_time_runs(worked, skilled, settings),
        high=_by_occupation(worked, [s for s in canadian if s.teer in settings.high_teer]),
        low=_by_occupation(worked, [s for s in canadian if s.teer not in settings.high_teer]),
        trade=trade,
        offer=offer(profile, trade, rules) if profile.job_offer else NO_OFFER_AT_ALL,
        certificate_since=certificate,
        trade_certificate_since=certificate if trade and _certified_in(profile, primary) else NEVER,
        nomination=nomination(profile.provincial_nomination),
        sibling_since=_sibling_since(profile, settings),
        relative_since=_relative_since(profile, settings),
        checks=checks(worked, rules),
    )


def _spouse(spouse: Spouse, settings: _Settings, rules: InForce) -> SpouseTimeline:
    tests = sittings(spouse.language_tests, rules)
    worked = history(spouse.work, rules)
    canadian = [
        stint
        for stint in worked.stints
        if stint.in_canada and stint.allowed and stint.employee and stint.teer in settings.teer
    ]
    language = spouse.first_official_language
    return SpouseTimeline(
        credentials=credentials(spouse.education, rules),
        first=tests[language] if language else [],
        sittings=tests["en"] + tests["fr"],
        history=worked,
        canadian=worked.curve(canadian),
        full_time_runs=_full_time_runs(worked, [s for s in worked.stints if s.allowed], settings),
        studied=spouse.studied_two_years_in_canada,
    )


def _full_time_runs(worked: History, stints: list[Stint], settings: _Settings) -> list[Curve]:
    full_time = [s for s in stints if s.in_canada and s.job.hours_per_week >= settings.full_time]
    return runs(worked.curve(full_time)) if full_time else []


def _by_occupation(worked: History, stints: list[Stint]) -> list[Curve]:
    codes = dict.fromkeys(stint.job.noc for stint in stints)
    return [worked.curve([stint for stint in stints if stint.job.noc == code]) for code in codes]


def _certified_in(profile: Profile, noc: str | None) -> bool:
    certificate = profile.certificate_of_qualification
    return certificate is not None and certificate.noc == noc


def _sibling_since(profile: Profile, settings: _Settings) -> int:
    if not profile.relatives_in_canada:
        return NEVER
    of = RELATIVE_OF if profile.scored_spouse else RELATIVE_OF[:1]
    sibling = settings.sibling
    return relative_since(profile.relatives_in_canada, of, SIBLING, sibling["statuses"], sibling["min_age"])


def _relative_since(profile: Profile, settings: _Settings) -> int:
    if not profile.relatives_in_canada:
        return NEVER
    partner = profile.partner
    of = RELATIVE_OF if partner and partner.accompanying else RELATIVE_OF[:1]
    kind = settings.relative
    relatives = profile.relatives_in_canada
    return relative_since(relatives, of, kind["relationships"], kind["statuses"], kind["min_age"])
