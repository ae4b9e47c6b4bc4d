"""What time does to drafts and profiles: the deadlines' and the assessments' jobs.

Each works in batches of its own transaction, so memory and locks stay small; each may run twice or at once.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.services import post_messages
from lifecycle import moves
from lifecycle.jobs import in_batches
from lifecycle.schedule import Job
from lifecycle.tables import AGEING_PROFILE
from profiles import assessing, news, pool_lock
from profiles.models import Draft, PoolEntry, Profile, Submission
from rules import deadlines

BATCH = 1000


def lapse_drafts(*, at: datetime) -> int:
    """Lapse every draft whose 60 days are over; return how many."""
    return in_batches(Job.LAPSE_DRAFTS, _lapse_batch, at=at)


def expire_profiles(*, at: datetime) -> int:
    """Expire every profile whose 12 months are over; return how many. Invited ones wait for their answer."""
    return in_batches(Job.EXPIRE_PROFILES, _expire_batch, at=at)


def assess_due(*, at: datetime) -> int:
    """Assess every profile anew whose result may change by the day of ``at``; return how many."""
    return in_batches(Job.ASSESS_DUE, assess_batch, at=at)


@transaction.atomic
def assess_batch(at: datetime) -> int:
    """Assess one batch of the profiles that are due; return how many. Rows that another worker holds are left to it."""
    pool_lock.share()
    due = PoolEntry.objects.filter(state__in=AGEING_PROFILE, next_change_on__lte=at.date(), expires_at__gt=at)
    entries = list(due.select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    if entries:
        _reassess(entries, at)
    return len(entries)


def _lapse_batch(at: datetime) -> int:
    length = deadlines.draft_deadline(at) - at
    due = Draft.objects.open().filter(started_at__lte=at - length).order_by("pk")[:BATCH]
    drafts = {draft.pk: draft for draft in due}
    lapsed = moves.move_many(Draft, drafts, "lapse", at=at)
    post_messages(
        account_ids=[drafts[pk].account_id for pk in lapsed],
        kind="draft_lapsed",
        details=[{"deadline_at": drafts[pk].deadline.isoformat()} for pk in lapsed],
        at=at,
    )
    return len(lapsed)


def _expire_batch(at: datetime) -> int:
    pool_lock.share()
    due = PoolEntry.objects.filter(state__in=AGEING_PROFILE, expires_at__lte=at).order_by("pk")
    expired = moves.move_many(PoolEntry, due.values_list("pk", flat=True)[:BATCH], "expire", at=at)
    profiles = list(Profile.objects.filter(pk__in=expired).order_by("pk"))
    post_messages(
        account_ids=[profile.account_id for profile in profiles],
        kind="profile_expired",
        details=[{"number": p.number, "expires_at": p.expires_at.isoformat()} for p in profiles],
        at=at,
    )
    return len(expired)


def _reassess(entries: Sequence[PoolEntry], at: datetime) -> None:
    latest = (
        Submission.objects.filter(profile__in=[entry.pk for entry in entries])
        .order_by("profile_id", "-sequence")
        .distinct("profile_id")
        .select_related("profile")
    )
    submissions = list(latest)
    results = assessing.results(submissions, at.date())
    assessing.reassess(entries, submissions, results, at=at)
    news.tell(submissions, entries, results, at=at)
