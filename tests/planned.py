"""What the personas plan: the provinces they tick, and what goes with their facts."""

from typing import Any

from profiles.facts import ALL_PROVINCES

Answers = dict[str, Any]
NOT_NOMINATED: Answers = {"nominated": False, "province": None}


def planned(facts: Answers) -> Answers:
    """Return the plans, the claim and the qualification that go with a persona's facts."""
    province = facts.get("intended_province")
    own: Answers = {
        "plans": {"provinces": [province or ALL_PROVINCES], "shared_with": ["provinces"]},
        "nomination": NOT_NOMINATED,
    }
    return {**own, "practice": {"qualified_on": None}} if facts.get("work") else own
