"""A draft that tells everything there is to tell."""

from tests.factories import AT
from tests.personas import BEN, Answers

BEN_WITH_ALL: Answers = {
    "job_offer": {
        "noc": "72200",
        "hours_per_week": 40,
        "duration_months": 12,
        "lmia": False,
        "work_permit": None,
        "employer_since": None,
    },
    "provincial_nomination": {"province": "ON", "issued_on": "2026-05-04", "expires_on": None},
    "relatives_in_canada": [
        {"relationship": "cousin", "of": "spouse", "birth_date": "1990-01-01", "status": "citizen"}
    ],
}


def ben_with_all() -> Answers:
    """Return Ben's answers with an offer, a nomination and a relative."""
    return {**BEN.answers(AT.date()), **BEN_WITH_ALL}
