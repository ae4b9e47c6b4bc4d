"""Profiles for the tests of the rules: Amara, who is as plain as can be, and the 60 published examples."""

import json
from pathlib import Path
from typing import Any

from rules import facts
from rules.facts import Profile

DATA = Path(__file__).parent / "data"

AMARA: dict[str, Any] = {
    "as_of": "2026-03-01",
    "birth_date": "1998-06-15",
    "marital_status": "never_married",
    "family_size": 1,
    "settlement_funds_cad": 30000,
    "first_official_language": "en",
    "primary_occupation_noc": "21232",
}
WORKED: dict[str, Any] = {
    "noc": "21232", "country": "CA", "start_date": "2020-01-06", "end_date": "2021-01-05", "hours_per_week": 30,
}  # fmt: skip
TESTED: dict[str, Any] = {
    "test": "ielts_general",
    "date_taken": "2025-06-01",
    "scores": {"listening": 8, "reading": 7, "writing": 7, "speaking": 7},
}


def amara(**changes: Any) -> Profile:
    """Amara's profile with some answers changed."""
    return facts.parse({**AMARA, **changes})


def examples() -> list[dict[str, Any]]:
    """The published examples: id, why, profile, expected."""
    with (DATA / "examples.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
