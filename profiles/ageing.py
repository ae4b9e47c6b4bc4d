"""What time does to drafts and profiles: the deadlines' and the assessments' jobs.

Each works in batches of its own transaction, so memory and locks stay small; each may run twice or at once.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.services import post_messages
from lifecycle import moves
from lifecycle.jobs import in_batches
from lifecycle.schedule import Job
from lifecycle.tables import AGEING_PROFILE
from profiles import assessing, news, pool_lock
from profiles.assessing import Figures
from profiles.models import Draft, KeptFactors, PoolEntry, Profile, Submission
from rules import deadlines, parameters
from rules.assessment import Assessment as Result
from rules.kept import basis

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


def refresh_kept(*, at: datetime) -> int:
    """Read anew the facts of all whose kept factors hold no longer or are of earlier parameters; return how many."""
    return in_batches(Job.REFRESH_KEPT, refresh_batch, at=at)


@transaction.atomic
def assess_batch(at: datetime) -> int:
    """Assess one batch of the profiles that are due; return how many. Rows that another worker holds are left to it."""
    pool_lock.share()
    due = PoolEntry.objects.filter(state__in=AGEING_PROFILE, next_change_on__lte=at.date(), expires_at__gt=at)
    entries = list(due.select_for_update(skip_locked=True).order_by("next_change_on", "pk")[:BATCH])
    if entries:
        _reassess(entries, at)
    return len(entries)


@transaction.atomic
def refresh_batch(at: datetime) -> int:
    """Read the facts of one batch whose kept factors hold no longer, or are of earlier parameters; return how many.

    After a change of the rules ``rescoring.rescore`` has given them the right result already; what this adds is when it
    changes next. What is kept of those who are no longer in the pool is forgotten: whoever comes back is assessed anew.
    """
    pool_lock.share()
    stale = list(_stale(at.date()).values_list("pk", flat=True)[:BATCH])
    rows = PoolEntry.objects.filter(pk__in=stale, state__in=AGEING_PROFILE)
    entries = list(rows.select_for_update(skip_locked=True).order_by("pk"))
    submissions = latest_of(entries)
    refresh(entries, submissions, assessing.results(submissions, at.date()), at=at)
    left = KeptFactors.objects.filter(pk__in=stale).exclude(profile__entry__state__in=AGEING_PROFILE)
    return len(entries) + left.delete()[0]


def _stale(on: date) -> QuerySet[KeptFactors]:
    """Return what no longer holds or was read otherwise; 'less or greater' lets the indexes find it."""
    now = basis(parameters.on(on))
    read_otherwise = Q(version__lt=parameters.VERSION) | Q(version__gt=parameters.VERSION)
    meant_otherwise = Q(basis__lt=now) | Q(basis__gt=now)
    return KeptFactors.objects.filter(read_otherwise | meant_otherwise | Q(until__lte=on)).order_by("pk")


def refresh(
    entries: Sequence[PoolEntry],
    submissions: Sequence[Submission],
    results: Sequence[Result],
    *,
    at: datetime,
) -> None:
    """Write results of rows that the caller has locked where they are others, keep anew what is kept, and tell."""
    assessing.refresh(entries, submissions, results, at=at)
    news.tell(submissions, entries, results, at=at)


def latest_of(entries: Sequence[PoolEntry], *, facts: bool = True) -> list[Submission]:
    """Return what was sent last for each entry, with its profile, in the order of their keys.

    Without facts, where none are asked for, no wide row is read.
    """
    sent = Submission.objects.filter(profile__in=[entry.pk for entry in entries])
    latest = sent.order_by("profile_id", "-sequence").distinct("profile_id").select_related("profile")
    return list(latest.defer("personal", "signed_as", *([] if facts else ["facts", "submitted_at"])))


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
    due = PoolEntry.objects.filter(state__in=AGEING_PROFILE, expires_at__lte=at).order_by("expires_at")
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
    """Assess rows that the caller has locked: from their facts, but for those whom a birthday alone changes."""
    aged = assessing.by_birthdays(entries, at)
    from_facts = latest_of([entry for entry in entries if entry.pk not in aged])
    told = assessing.results(from_facts, at.date())
    found: dict[int, Figures] = aged | {
        sent.profile_id: result for sent, result in zip(from_facts, told, strict=True)
    }
    without_facts = latest_of([entry for entry in entries if entry.pk in aged], facts=False)
    sent_last = {sent.profile_id: sent for sent in (*from_facts, *without_facts)}
    submissions = [sent_last[entry.pk] for entry in entries]
    results = [found[entry.pk] for entry in entries]
    assessing.reassess(entries, submissions, results, at=at)
    news.tell(submissions, entries, results, at=at)
