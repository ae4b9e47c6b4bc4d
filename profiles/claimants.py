"""The candidates of claims as a province's list shows them: what they do and their score, no name and no number.

Number and code come from the candidate; a list of numbers would be half of what confirms a nomination.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from eligibility.occupations import title_of
from profiles.models import Nomination, Submission


@dataclass(frozen=True)
class Claimant:
    """One line of the list."""

    told_at: datetime
    occupation: str
    score: int


def claimants(claims: Sequence[Nomination]) -> list[Claimant]:
    """Return claims of ``nominating.waiting_for`` as lines, in their order."""
    sent = Submission.objects.filter(profile__in=[claim.profile_id for claim in claims])
    newest = {one.profile_id: one for one in sent.order_by("profile_id", "-sequence").distinct("profile_id")}
    return [
        Claimant(claim.told_at, _occupation(newest[claim.profile_id]), claim.profile.entry.score)
        for claim in claims
    ]


def _occupation(submission: Submission) -> str:
    code = submission.facts.get("primary_occupation_noc")
    return f"{code} {title_of(code)}" if code else "–"
