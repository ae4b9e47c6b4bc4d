"""Reminders, each once: of the end of a draft, a profile and a nomination, and of what time will change.

A reminder is claimed by its row and posted in one transaction, so that jobs that run twice or at once say it once.
Nobody reads the messages of the demo's simulated profiles, so they get none.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from accounts.services import post_messages
from lifecycle.jobs import Run, recorded
from lifecycle.schedule import Job
from lifecycle.tables import AGEING_PROFILE, NominationState, ProfileState
from profiles import assessing
from profiles.models import Draft, Nomination, PoolEntry, Reminder, Submission
from rules import deadlines, facts
from rules.grace import walk_in_pool

BATCH: Final = 500
ANSWER_DAYS: Final = (14, 7, 1)
EXPIRY_DAYS: Final = (30, 7)
AHEAD: Final = timedelta(days=30)
LOOKED: Final = "looked_ahead"


@dataclass(frozen=True)
class Due:
    """One reminder: whom of what, the day it is about, and what its letter tells. No ``letter``: only noted."""

    account_id: int
    kind: str
    about: str
    due_on: date
    letter: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def remind_candidates(*, at: datetime) -> int:
    """Post every reminder that is due to candidates; return how many. A second run at once leaves at once."""
    return run(Job.REMIND_CANDIDATES, (_drafts, _profiles, _nominations, _changes), at)


def run(job: Job, sources: Sequence[Callable[[datetime], list[Due]]], at: datetime) -> int:
    """Post what each source finds, in batches, until it finds nothing new; return how many messages were posted."""
    with recorded(job, at=at) as running:
        return sum(_post_all(source, running) for source in sources) if running else 0


def _post_all(source: Callable[[datetime], list[Due]], running: Run) -> int:
    posted = 0
    while batch := source(running.at):
        posted += _post(batch, running)
    return posted


@transaction.atomic
def _post(batch: Sequence[Due], running: Run) -> int:
    claimed = _claim(batch)
    told = [due for due in batch if due.letter and (due.about, due.kind, due.due_on) in claimed]
    for letter in sorted({due.letter for due in told}):
        same = [due for due in told if due.letter == letter]
        post_messages(
            account_ids=[due.account_id for due in same],
            kind=letter,
            details=[due.details for due in same],
            at=running.at,
        )
    return running.add(len(told))


def _claim(batch: Sequence[Due]) -> set[tuple[str, str, date]]:
    """Write the rows that are not there yet, in one statement, and return which."""
    columns = [[getattr(due, name) for due in batch] for name in ("account_id", "kind", "about", "due_on")]
    sql = f"""
        INSERT INTO {Reminder._meta.db_table} (account_id, kind, about, due_on)
        SELECT * FROM unnest(%s::bigint[], %s::varchar[], %s::varchar[], %s::date[])
        ON CONFLICT DO NOTHING RETURNING about, kind, due_on
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, columns)
        return {(about, kind, due_on) for about, kind, due_on in cursor.fetchall()}


def stages(days: Sequence[int]) -> Iterator[tuple[int, timedelta, timedelta]]:
    """Yield each number of days before a deadline with the time left at most and more than which it stands for.

    Who comes late, the portal among them, hears of the nearest deadline only.
    """
    for most, least in pairwise((*days, 0)):
        yield most, timedelta(days=most), timedelta(days=least)


def unsaid(found: QuerySet[Any], kind: str, about: object) -> QuerySet[Any]:
    """Return those of ``found`` of whom no reminder of this kind was noted; ``about`` is an expression of its words."""
    named: QuerySet[Any] = found.annotate(about=about)
    return named.exclude(Exists(Reminder.objects.filter(kind=kind, about=OuterRef("about"))))


def words(label: str, column: str = "pk") -> Concat:
    """Return the expression for a thing's name in a reminder, such as 'draft 12'."""
    return Concat(Value(f"{label} "), Cast(column, CharField()))


def _drafts(at: datetime) -> list[Due]:
    length = deadlines.draft_deadline(at) - at
    due: list[Due] = []
    for days, most, least in stages(ANSWER_DAYS):
        began = at - length
        found = Draft.objects.open().filter(started_at__lte=began + most, started_at__gt=began + least)
        for draft in unsaid(found, f"draft_{days}", words("draft")).order_by("pk")[:BATCH]:
            ends = draft.deadline
            details = {"deadline_at": ends.isoformat(), "deadline_on": ends.date().isoformat()}
            about = f"draft {draft.pk}"
            due.append(
                Due(draft.account_id, f"draft_{days}", about, ends.date(), "draft_lapses_soon", details)
            )
    return due


def _profiles(at: datetime) -> list[Due]:
    due: list[Due] = []
    for days, most, least in stages(EXPIRY_DAYS):
        found = PoolEntry.objects.filter(
            state__in=AGEING_PROFILE,
            expires_at__lte=at + most,
            expires_at__gt=at + least,
            profile__simulated=False,
        )
        unsaid_yet = unsaid(found, f"expiry_{days}", F("profile__number")).select_related("profile")
        for entry in unsaid_yet.order_by("pk")[:BATCH]:
            ends, number = entry.expires_at, entry.profile.number
            details = {
                "number": number,
                "expires_at": ends.isoformat(),
                "expires_on": ends.date().isoformat(),
            }
            kind = f"expiry_{days}"
            due.append(
                Due(entry.profile.account_id, kind, number, ends.date(), "profile_expires_soon", details)
            )
    return due


def _nominations(at: datetime) -> list[Due]:
    length = deadlines.nomination_deadline(at) - at
    due: list[Due] = []
    for days, most, least in stages(ANSWER_DAYS):
        began = at - length
        found = Nomination.objects.filter(
            state=NominationState.CONFIRMED,
            confirmed_at__lte=began + most,
            confirmed_at__gt=began + least,
            profile__entry__state__in=AGEING_PROFILE,
        )
        named = unsaid(found, f"nomination_{days}", words("nomination")).select_related("profile")
        due += [_nomination(held, f"nomination_{days}") for held in named.order_by("pk")[:BATCH]]
    return due


def _nomination(held: Nomination, kind: str) -> Due:
    ends = deadlines.nomination_deadline(held.confirmed_at or held.told_at)
    details = {
        "number": held.profile.number,
        "province": held.province,
        "deadline_at": ends.isoformat(),
        "deadline_on": ends.date().isoformat(),
    }
    about = f"nomination {held.pk}"
    return Due(held.profile.account_id, kind, about, ends.date(), "nomination_ends_soon", details)


def _changes(at: datetime) -> list[Due]:
    """Look at the next day of change within 30 days of each profile in the pool, once for each thing that was sent."""
    newest = Submission.objects.filter(profile=OuterRef("profile")).order_by("-sequence")
    found = PoolEntry.objects.filter(
        state=ProfileState.IN_POOL,
        next_change_on__gt=at.date(),
        next_change_on__lte=at.date() + AHEAD,
        expires_at__gt=at,
        profile__simulated=False,
    ).annotate(newest=Subquery(newest.values("pk")[:1]))
    seen = Reminder.objects.filter(kind=LOOKED, about=OuterRef("about"), due_on=OuterRef("next_change_on"))
    unseen = found.annotate(about=words("sent", "newest")).exclude(Exists(seen))
    entries = list(unseen.select_related("profile").order_by("pk")[:BATCH])
    sent = Submission.objects.in_bulk([entry.newest for entry in entries])
    return [due for entry in entries for due in _looked(entry, sent[entry.newest], at)]


def _looked(entry: PoolEntry, submission: Submission, at: datetime) -> Iterator[Due]:
    day = entry.next_change_on
    if day is None:
        return
    profile = entry.profile
    yield Due(profile.account_id, LOOKED, f"sent {submission.pk}", day)
    for change in walk_in_pool(facts.parse(submission.facts), at.date(), day):
        leaves = not assessing.is_eligible(change.after)
        if not leaves and change.after.total >= change.before.total:
            continue
        kind = "eligibility_ends_soon" if leaves else "score_falls_soon"
        details = {
            "number": profile.number,
            "day_on": change.on.isoformat(),
            "old_score": change.before.total,
            "score": change.after.total,
            "causes": [cause.kind for cause in change.causes],
        }
        yield Due(profile.account_id, kind, profile.number, change.on, kind, details)
