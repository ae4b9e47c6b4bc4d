"""Random candidates as a real pool has them, with nothing put on a boundary on purpose."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from tests.rules.oracle_tables import ABILITIES, SCORES
from tests.rules.strategies import CATEGORY_CODES, COUNTRIES, maybe

Json = dict[str, Any]
DAY = timedelta(days=1)
SKILLED = tuple(
    noc for noc in (*CATEGORY_CODES, "21231", "11100", "12200", "13110", "62020") if noc[1] in "0123"
)


def pool(seed: int, size: int, as_of: date) -> list[Json]:
    """`size` candidates on the day `as_of`, the same for the same seed."""
    return [candidate(random.Random(f"{seed}/{place}"), as_of) for place in range(size)]


def candidate(rng: random.Random, as_of: date) -> Json:
    primary, couple = rng.choice(SKILLED), maybe(rng, 0.45)
    return {
        "as_of": as_of.isoformat(),
        "birth_date": ago(rng, as_of, 22 * 365, 46 * 365),
        "marital_status": "married" if couple else "never_married",
        "intended_province": rng.choice(("ON", "BC", "AB", None)),
        "family_size": rng.randint(2, 4) if couple else 1,
        "settlement_funds_cad": rng.randint(12000, 60000),
        "education": [credential(rng, as_of) for _ in range(rng.randint(1, 2))],
        "first_official_language": "en",
        "language_tests": [sitting(rng, as_of, "ielts_general")]
        + ([sitting(rng, as_of, "tef_canada")] if maybe(rng, 0.15) else []),
        "work": career(rng, as_of, primary),
        "primary_occupation_noc": primary,
        "relatives_in_canada": [relative(rng, as_of)] if maybe(rng, 0.08) else [],
        "spouse": partner(rng, as_of) if couple else None,
    }


def ago(rng: random.Random, as_of: date, least: int, most: int) -> str:
    return (as_of - rng.randint(least, most) * DAY).isoformat()


def sitting(rng: random.Random, as_of: date, test: str) -> Json:
    table, best = SCORES[test][-1][1], rng.randint(0, 3)
    made = {ability: table[ability][min(6, best + rng.randint(0, 2))] for ability in ABILITIES}
    return {"test": test, "date_taken": ago(rng, as_of, 10, 720), "scores": made}


def credential(rng: random.Random, as_of: date) -> Json:
    level = rng.choice(("two_year", "three_year", "three_year", "masters"))
    made: Json = {"level": level, "country": "CA" if maybe(rng, 0.25) else rng.choice(COUNTRIES)}
    made["completion_date"] = ago(rng, as_of, 200, 4500)
    if made["country"] == "CA":
        made["canadian_study"] = {"full_time_months": 16, "months_in_canada": 16}
    else:
        made["eca"] = {"issued_on": ago(rng, as_of, 30, 1800), "equivalency": level}
    return made


def career(rng: random.Random, as_of: date, primary: str) -> list[Json]:
    """Years abroad, then often a job in Canada; most people still work."""
    canadian = rng.randint(100, 1500) if maybe(rng, 0.5) else 0
    left = as_of - (canadian + rng.randint(20, 200)) * DAY
    abroad = job(rng, primary, rng.choice(COUNTRIES), left - rng.randint(200, 3000) * DAY, left)
    if not canadian:
        return [abroad | ({"end_date": None} if maybe(rng, 0.8) else {})]
    here = job(rng, rng.choice((primary, rng.choice(SKILLED))), "CA", as_of - canadian * DAY, None)
    return [abroad, here] if maybe(rng, 0.6) else [here]


def job(rng: random.Random, noc: str, country: str, start: date, end: date | None) -> Json:
    return {
        "noc": noc,
        "country": country,
        "start_date": start.isoformat(),
        "end_date": end.isoformat() if end else None,
        "hours_per_week": rng.choice((40, 40, 37.5, 35, 20)),
    }


def relative(rng: random.Random, as_of: date) -> Json:
    born = ago(rng, as_of, 15 * 365, 50 * 365)
    return {"relationship": "sibling", "of": "applicant", "birth_date": born, "status": "citizen"}


def partner(rng: random.Random, as_of: date) -> Json:
    return {
        "accompanying": maybe(rng, 0.9),
        "canadian_citizen_or_pr": maybe(rng, 0.1),
        "first_official_language": "en",
        "education": [credential(rng, as_of)],
        "language_tests": [sitting(rng, as_of, "ielts_general")] if maybe(rng, 0.7) else [],
        "work": career(rng, as_of, rng.choice(SKILLED)) if maybe(rng, 0.6) else [],
    }
