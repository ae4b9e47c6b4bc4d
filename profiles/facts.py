"""The only mapping from answers to the facts that ``rules`` reads, and back."""

from datetime import date
from typing import Any

from rules import facts
from rules.facts import Profile

Answers = dict[str, Any]

# A spouse is asked about only where the law reads one (PROFILE_JSON, marital_status).
PARTNERED = ("married", "common_law")
NOT_FACTS = ("identity",)
NEEDED = (
    "birth_date",
    "marital_status",
    "family_size",
    "settlement_funds_cad",
    "first_official_language",
)


def missing(answers: Answers) -> list[str]:
    """Return the profile JSON keys without which no verdict can be given, in the order of the forms."""
    absent = [key for key in NEEDED if answers.get(key) is None]
    if answers.get("marital_status") in PARTNERED and not answers.get("spouse"):
        absent.append("spouse")
    return absent


def document(answers: Answers, on: date) -> Answers:
    """Return the answers as a profile JSON document as of a day. Raises ``KeyError`` while answers are missing."""
    if absent := missing(answers):
        raise KeyError(absent[0])
    known = {key: value for key, value in answers.items() if key not in NOT_FACTS}
    known.setdefault("primary_occupation_noc", None)
    if known["marital_status"] not in PARTNERED:
        known["spouse"] = None
    return {**known, "as_of": on.isoformat()}


def facts_of(answers: Answers, on: date) -> Profile:
    """Return the facts of a draft or submission as of a day. Raises ``rules.facts.ProfileError`` on impossible ones."""
    return facts.parse(document(answers, on))


def answers_of(submitted: Answers) -> Answers:
    """Return a submission's profile JSON as answers to begin a draft from."""
    return {key: value for key, value in submitted.items() if key != "as_of"}
