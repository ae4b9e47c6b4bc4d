"""What somebody else vouches for: a nomination, a job offer, a trade certificate; and what is merely to be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rules.conceivable.ladders import AsItStands, Ladder, Rung
from rules.conceivable.work import SOME_SKILLED_OCCUPATION, skilled_occupation
from rules.occupations import noc2021
from rules.offers import NO_OFFER, trades
from rules.programs import funds_needed, limits
from rules.records import QUEBEC, Certificate, JobOffer, Nomination


def ladders(now: AsItStands) -> Iterator[Ladder]:
    """A nomination, an offer, a certificate, funds as the table asks, a province, a primary occupation."""
    for steps in (_nomination(now), _offer(now), _funds(now), _province(now)):
        yield Ladder(tuple(steps))
    yield from (Ladder((step,)) for step in _certificates(now))
    yield from (Ladder((step,)) for step in _occupations(now))


def _nomination(now: AsItStands) -> Iterator[Rung]:
    if not now.found.factors.nomination:
        wanted = now.profile.intended_province
        province = wanted if wanted not in {None, QUEBEC} else None
        held = Nomination(province or "ON", now.on)
        needs = {"province": province}
        yield Rung("nomination", needs, replace(now.profile, provincial_nomination=held))


def _offer(now: AsItStands) -> Iterator[Rung]:
    """A permanent full-time offer in the primary occupation, supported by an assessment of the labour market."""
    profile, factors = now.profile, now.found.factors
    noc = profile.primary_occupation_noc
    if noc is None or not now.known.trade:
        noc = skilled_occupation(profile.work, noc, now)
    if factors.offer == NO_OFFER or (now.known.trade and now.known.offer.trade_since > now.found.day.number):
        hours = now.rules.value("job_offer.conditions")["min_hours_per_week"]
        made = JobOffer(noc or SOME_SKILLED_OCCUPATION, hours, None, lmia=True, work_permit=None)
        yield Rung("job_offer", {"noc": noc, "hours": hours}, replace(profile, job_offer=made))


def _certificates(now: AsItStands) -> Iterator[Rung]:
    listed = trades(now.rules)
    held = now.profile.certificate_of_qualification
    told = [now.profile.primary_occupation_noc, *(job.noc for job in now.profile.work)]
    for noc in dict.fromkeys(noc for noc in told if noc in listed):
        if noc and (held is None or held.noc != noc or held.issued_on > now.on):
            changed = replace(now.profile, certificate_of_qualification=Certificate(noc, now.on))
            yield Rung("certificate", {"noc": noc}, changed)


def _funds(now: AsItStands) -> Iterator[Rung]:
    amount = funds_needed(now.profile.family_size, limits(now.rules))
    if now.profile.settlement_funds_cad < amount:
        needs = {"amount": amount, "family_size": now.profile.family_size}
        yield Rung("funds", needs, replace(now.profile, settlement_funds_cad=amount))


def _province(now: AsItStands) -> Iterator[Rung]:
    if now.profile.intended_province == QUEBEC:
        yield Rung("outside_quebec", {}, replace(now.profile, intended_province=None))


def _occupations(now: AsItStands) -> Iterator[Rung]:
    """Another occupation named as the primary one, among those worked in that are skilled or a trade."""
    skilled, listed = now.rules.value("work.skilled_teer"), trades(now.rules)
    for noc in dict.fromkeys(job.noc for job in now.profile.work):
        counts = noc2021[noc].teer in skilled or noc in listed
        if counts and noc != now.profile.primary_occupation_noc:
            yield Rung("primary_occupation", {"noc": noc}, replace(now.profile, primary_occupation_noc=noc))
