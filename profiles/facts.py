"""The only mapping from answers to the facts that ``rules`` reads, and back.

Answers are one document: a partial profile JSON, and beside its facts what a profile asks although no rule reads it.
The latter is called personal. It stands under the keys ``OWN``, and as ``details`` in an entry or in ``spouse``.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rules import facts
from rules.facts import Profile

Answers = dict[str, Any]

# A spouse is asked about only where the law reads one (PROFILE_JSON, marital_status).
PARTNERED = ("married", "common_law")
OWN = ("identity", "contact", "representative", "plans", "practice", "nomination")
DETAILS = "details"
ALL_PROVINCES, QUEBEC = "all", "QC"
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
    known = facts_in(answers)
    known.setdefault("primary_occupation_noc", None)
    if known["marital_status"] not in PARTNERED:
        known["spouse"] = None
    return {**known, "as_of": on.isoformat()}


def facts_of(answers: Answers, on: date) -> Profile:
    """Return the facts of a draft or submission as of a day. Raises ``rules.facts.ProfileError`` on impossible ones."""
    return facts.parse(document(answers, on))


def intended_province(ticked: Sequence[str]) -> str | None:
    """Return the province of the facts for the provinces of interest: the only one, or none in particular.

    Quebec, ticked alone or with others, is the plan that the law asks about. None stands for anywhere else.
    """
    if QUEBEC in ticked:
        return QUEBEC
    return ticked[0] if len(ticked) == 1 and ticked[0] != ALL_PROVINCES else None


def with_claim(answers: Answers) -> Answers:
    """Return answers of the questionnaire for a draft: a nomination told there is a claim until it is accepted here."""
    if "provincial_nomination" not in answers:
        return answers
    told = answers["provincial_nomination"] or {}
    claim = {"nominated": bool(told), "province": told.get("province")}
    return {**answers, "provincial_nomination": None, "nomination": claim}


def answers_of(submitted: Answers, personal: Answers) -> Answers:
    """Return what was submitted, a profile JSON and the personal part, as answers to begin a draft from."""
    joined: Answers = _joined({key: value for key, value in submitted.items() if key != "as_of"}, personal)
    return joined


def facts_in(answers: Answers) -> Answers:
    """Return the facts among the answers: what remains without the personal part."""
    bare: Answers = _bare({key: value for key, value in answers.items() if key not in OWN})
    return bare


def personal_in(answers: Answers) -> Answers:
    """Return the personal part of the answers; ``answers_of`` puts it back in its place.

    Of a spouse or partner nothing is kept once there is none.
    """
    own = {key: answers[key] for key in OWN if key in answers}
    gone = ("spouse",) if answers.get("marital_status") not in (None, *PARTNERED) else ()
    return own | _details({key: value for key, value in answers.items() if key not in (*OWN, *gone)})


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _bare(part) for key, part in value.items() if key != DETAILS}
    return [_bare(part) for part in value] if isinstance(value, list) else value


def _details(value: Answers) -> Answers:
    """Return the details within a part of the answers, each where it stands; entries without any as ``{}``."""
    found: Answers = {}
    for key, part in value.items():
        if key == DETAILS:
            found[key] = part
        elif isinstance(part, dict):
            found[key] = _details(part)
        elif isinstance(part, list):
            entries = [_details(entry) if isinstance(entry, dict) else {} for entry in part]
            found[key] = entries if any(entries) else []
    return {key: part for key, part in found.items() if part or key == DETAILS}


def _joined(value: Any, personal: Any) -> Any:
    if isinstance(value, dict):
        return value | {
            key: _joined(value[key], part) if key in value else part for key, part in personal.items()
        }
    if isinstance(value, list):
        told_of = [*personal, *({} for _entry in value[len(personal) :])]
        return [_joined(entry, part) for entry, part in zip(value, told_of, strict=False)]
    return value
