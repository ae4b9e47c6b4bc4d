"""From which day a job offer, a certificate, a nomination and relatives count, and for what."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final, NamedTuple

from rules.days import NEVER
from rules.deadlines import anniversary
from rules.occupations import noc2021
from rules.parameters import InForce
from rules.records import QUEBEC, Certificate, JobOffer, Nomination, Profile, Relative

NO_OFFER: Final = 0


class Offer(NamedTuple):
    """What an offer is good for.

    It counts from day number `since` on, for FST from `trade_since` on. `kind` is the factor of the CRS:
    1, plus 1 for major group 00, plus 2 if indeterminate and resting on a labour market impact assessment.
    """

    since: int
    trade_since: int
    kind: int
    with_permit: bool


NO_OFFER_AT_ALL: Final = Offer(NEVER, NEVER, NO_OFFER, False)


class Span(NamedTuple):
    """From day number `since` to the day before `until`."""

    since: int
    until: int

    def holds(self, day: int) -> bool:
        """Whether `day` lies within."""
        return self.since <= day < self.until


NO_SPAN: Final = Span(NEVER, NEVER)


def trades(rules: InForce) -> frozenset[str]:
    """The NOC 2021 codes that are skilled trades."""
    listed = rules.value("fst.trades")
    return frozenset(
        code
        for code in noc2021
        if code.startswith(tuple(listed["include_prefixes"]))
        and not code.startswith(tuple(listed["exclude_prefixes"]))
    )


def offer(profile: Profile, trade: bool, rules: InForce) -> Offer:
    """What the profile's job offer is good for (rules 14 to 16); `trade`: the primary occupation is one."""
    made = profile.job_offer
    if made is None:
        return NO_OFFER_AT_ALL
    conditions = rules.value("job_offer.conditions")
    since = supported_since(made, conditions) if long_and_full(made, conditions) else NEVER
    skilled = noc2021[made.noc].teer in conditions["teer"]
    assessed = made.duration_months is None and (made.lmia or made.work_permit == "lmia")
    return Offer(
        since if skilled else NEVER,
        since if trade and made.noc == profile.primary_occupation_noc else NEVER,
        1 + made.noc.startswith(conditions["major_group_00"]) + 2 * assessed,
        made.work_permit is not None,
    )


def long_and_full(made: JobOffer, conditions: dict[str, int]) -> bool:
    """Whether hours and duration suffice."""
    months = made.duration_months
    long = months is None or months >= conditions["min_months"]
    return long and made.hours_per_week >= conditions["min_hours_per_week"]


def supported_since(made: JobOffer, conditions: dict[str, int]) -> int:
    """The day number from which assessment or permit support the offer; `NEVER` if they do not."""
    if made.lmia or made.work_permit == "lmia":
        return 0
    if made.work_permit == "lmia_exempt" and made.employer_since is not None:
        return anniversary(made.employer_since, conditions["exempt_permit_employer_years"]).toordinal()
    return NEVER


def certificate_since(certificate: Certificate | None, trades: Container[str]) -> int:
    """The day number from which a certificate in a trade counts; `NEVER` without one (rule 17)."""
    if certificate is None or certificate.noc not in trades:
        return NEVER
    return certificate.issued_on.toordinal()


def nomination(nominated: Nomination | None) -> Span:
    """The days on which a nomination counts (rule 18)."""
    if nominated is None or nominated.province == QUEBEC:
        return NO_SPAN
    until = nominated.expires_on.toordinal() + 1 if nominated.expires_on else NEVER
    return Span(nominated.issued_on.toordinal(), until)


def relative_since(
    relatives: Iterable[Relative],
    of: Container[str],
    relationships: Container[str],
    statuses: Container[str],
    min_age: int,
) -> int:
    """The day number from which one of the relatives counts: old enough, and of the right kind and status."""
    return min(
        (
            anniversary(relative.birth_date, min_age).toordinal()
            for relative in relatives
            if relative.of in of and relative.relationship in relationships and relative.status in statuses
        ),
        default=NEVER,
    )
