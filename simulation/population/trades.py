"""What a trade, an employer or a province adds: certificates, job offers, nominations."""

from simulation.population.chances import Weighted, between, chance
from simulation.population.people import Person
from simulation.population.plans import FST, Json

ISSUERS = Weighted((("ON", 44), ("AB", 26), ("BC", 20), ("MB", 4), ("SK", 4), ("NS", 2)))
NOMINATING = Weighted(
    (
        ("ON", 24), ("BC", 16), ("AB", 18), ("SK", 12), ("MB", 11), ("NS", 8), ("NB", 6), ("NL", 3), ("PE", 2),
        ("YT", 0.5), ("NT", 0.4),
    )
)  # fmt: skip
OFFERS_IN_CANADA, OFFERS_ABROAD = 0.16, 0.03
NOMINATION_DAYS = 182


def certificate(person: Person) -> Json | None:
    """Return a certificate of qualification in the candidate's trade where one is planned."""
    if not person.plan.certificate:
        return None
    issued = person.waited + between(person.stream, 20, 1_500)
    issuer = ISSUERS.pick(person.stream)
    return {"noc": person.noc, "issuer": issuer, "issued_on": person.today.back(issued)}


def job_offer(person: Person, employed_days: int) -> Json | None:
    """Return an offer for some; for a tradesperson without a certificate one that admits.

    ``employed_days`` is how long the candidate has worked for the employer in Canada, 0 for not at all.
    """
    stream = person.stream
    needed = person.plan.program == FST and not person.plan.certificate
    if not needed and not chance(stream, OFFERS_IN_CANADA if employed_days else OFFERS_ABROAD):
        return None
    assessed = needed or chance(stream, 0.4)
    permit = None
    if employed_days:
        permit = (
            "lmia" if assessed and chance(stream, 0.6) else "lmia_exempt" if chance(stream, 0.6) else "open"
        )
    return {
        "noc": person.noc,
        "hours_per_week": 40 if chance(stream, 0.8) else 37.5,
        "duration_months": None if chance(stream, 0.55) else between(stream, 2, 6) * 6,
        "lmia": assessed,
        "work_permit": permit,
        "employer_since": person.today.back(employed_days) if employed_days else None,
    }


def nomination(person: Person) -> Json | None:
    """Return a nomination in force where one is planned, by the province the candidate intends to live in."""
    if not person.plan.nomination:
        return None
    stream = person.stream
    province = NOMINATING.pick(stream)
    person.province = province
    issued = between(stream, 1, min(max(person.waited - 5, 1), 150))
    open_ended = chance(stream, 0.2)
    return {
        "province": province,
        "issued_on": person.today.back(issued),
        "expires_on": None if open_ended else person.today.back(issued - NOMINATION_DAYS),
    }
