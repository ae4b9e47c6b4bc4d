"""The messages that tell of what time alone has changed, with the reason and the way back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.services import post_messages
from lifecycle.tables import ProfileState
from profiles import assessing
from profiles.assessing import Figures
from profiles.models import PoolEntry, Submission
from rules import facts
from rules.birthdays import Aged
from rules.grace import Grace, walk_in_pool

FUNDS_BELOW = "funds_below_table"


def tell(
    submissions: Sequence[Submission],
    entries: Sequence[PoolEntry],
    results: Sequence[Figures],
    *,
    at: datetime,
) -> None:
    """Post what new results are worth telling. The three are parallel; the entries still are as they were before."""
    posts: dict[str, tuple[list[int], list[dict[str, Any]]]] = defaultdict(lambda: ([], []))
    for submission, entry, result in zip(submissions, entries, results, strict=True):
        for kind, details in _news(submission, entry, result):
            posts[kind][0].append(submission.profile.account_id)
            posts[kind][1].append(
                {"number": submission.profile.number, "day_on": at.date().isoformat(), **details}
            )
    for kind, (account_ids, all_details) in sorted(posts.items()):
        post_messages(account_ids=account_ids, kind=kind, details=all_details, at=at)


def _news(submission: Submission, entry: PoolEntry, result: Figures) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if kind := _kind(entry, result):
        scores = {"old_score": entry.score, "score": result.total}
        details = {**scores, "expires_at": submission.profile.expires_at.isoformat()}
        found.append((kind, details | {"causes": _causes(submission, entry, result)}))
    if grace := _new_grace(submission, entry, result):
        found.append((FUNDS_BELOW, _asked(grace)))
    return found


def _kind(entry: PoolEntry, result: Figures) -> str | None:
    eligible = assessing.is_eligible(result)
    if eligible != (entry.state == ProfileState.IN_POOL):
        return "profile_eligible_again" if eligible else "profile_no_longer_eligible"
    return "score_changed" if eligible and result.total != entry.score else None


def _causes(submission: Submission, entry: PoolEntry, result: Figures) -> list[str]:
    """Return the kinds of causes of all that changed since the entry's day; none for a profile that nobody reads."""
    if submission.profile.simulated:
        return []
    if isinstance(result, Aged):
        return ["birthday"]
    changes = walk_in_pool(facts.parse(submission.facts), entry.as_of, result.as_of)
    return list(dict.fromkeys(cause.kind for change in changes for cause in change.causes))


def _new_grace(submission: Submission, entry: PoolEntry, result: Figures) -> Grace | None:
    """Return the grace that began since the entry's day, whose candidate is to be told of the new table."""
    if submission.profile.simulated or isinstance(result, Aged) or not assessing.is_eligible(result):
        return None
    grace = assessing.grace_on(submission, result.as_of)
    return grace if grace and entry.as_of < grace.first_day else None


def _asked(grace: Grace) -> dict[str, Any]:
    return {"needed": grace.needed, "has": round(grace.has), "last_on": grace.last_day.isoformat()}
