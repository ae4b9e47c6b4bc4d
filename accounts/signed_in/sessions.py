"""How long a session lasts, and the ways in which it ends. All of it in real time.

A session that nobody used for half an hour is over, and twelve hours after signing in it is over however busy it
was (ASVS 4.0.3, 3.3.2 at level 2). Its row is deleted then: an old cookie opens nothing.
"""

import hashlib
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models import EndedSession, Session
from accounts.telling import events
from lifecycle import clock
from lifecycle.jobs import BATCH, delete_batch

ENDED = "ended"
"""Session key: whose session ended in this browser, why, and whether something typed was kept."""
IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
REMEMBERED = timedelta(days=1)
STAMP_EVERY = timedelta(seconds=60)


class Ending(models.TextChoices):
    """Why a session ended, in the words that its owner reads at sign-in."""

    IDLE = "idle", _("Your session ended because nothing was done in it for 30 minutes.")
    LONGEST = (
        "longest",
        _("Your session ended because it had lasted 12 hours, the longest that a session may last."),
    )
    ELSEWHERE = "elsewhere", _("Your session ended because it was ended in another session of this account.")
    PASSWORD = "password", _("Your session ended because the password of this account was changed.")
    SECURITY = "security", _("Your session ended because the security of this account changed.")
    SIGNED_OUT = "signed_out", _("Your session ended because you signed out.")


def until(session: Session) -> datetime:
    """Return the instant at which a session ends if nobody uses it any more."""
    return min(session.seen_at + IDLE, session.began_at + LONGEST)


def last_end(session: Session) -> datetime:
    """Return the instant at which a session ends however much it is used."""
    return session.began_at + LONGEST


def why_over(session: Session, now: datetime) -> Ending | None:
    """Return why a session is over at an instant; None while it lasts. At the very instant it is over."""
    if now >= session.began_at + LONGEST:
        return Ending.LONGEST
    if now >= session.seen_at + IDLE:
        return Ending.IDLE
    return None


def stamp(session: Session, *, now: datetime, device: str) -> None:
    """Note that a session is in use, at most once a minute.

    Only the stamp is written, never the session's data, so that requests at once lose nothing of it. A session that
    is only looked at can thus end up to a minute early, never late.
    """
    if now - session.seen_at >= STAMP_EVERY:
        _stamp(session, now, device)


def still_lasts(session: Session, *, now: datetime, device: str) -> bool:
    """Note that something was sent in a session; return whether the session was still there.

    An end that is under way is waited for, so that nothing is done in a session once its end was asked for.
    """
    return _stamp(session, now, device) == 1


def _stamp(session: Session, now: datetime, device: str) -> int:
    session.seen_at = max(session.seen_at, now)
    changes = {"seen_at": Greatest("seen_at", Value(now)), "device": device or session.device}
    return Session.objects.filter(pk=session.pk).update(**changes)


@transaction.atomic
def end(*, sessions: models.QuerySet[Session], why: Ending) -> int:
    """End sessions for good, remember whose they were and why, and write it down; return how many there were."""
    now = clock.real_now()
    owned = sessions.exclude(account=None).select_for_update().order_by("session_key")
    ended = [(session, session.account_id) for session in owned if session.account_id is not None]
    Session.objects.filter(pk__in=[session.pk for session, _account in ended]).delete()
    EndedSession.objects.bulk_create(
        [
            EndedSession(key_hash=hash_of(session.pk), account_id=account_id, why=why, ended_at=now)
            for session, account_id in ended
        ],
        ignore_conflicts=True,
    )
    if why != Ending.SIGNED_OUT:
        events.record_ends([(account_id, session.device) for session, account_id in ended])
    return len(ended)


def end_all(*, account_id: int, why: Ending, but: str | None = None) -> int:
    """End an account's sessions, but for the one with this key if given; return how many there were."""
    return end(sessions=Session.objects.filter(account_id=account_id).exclude(pk=but or ""), why=why)


def open_sessions(account_id: int) -> list[Session]:
    """Return an account's sessions that still last, the one used last first."""
    now = clock.real_now()
    found = Session.objects.filter(account_id=account_id).order_by("-seen_at", "session_key")
    return [session for session in found if why_over(session, now) is None]


def ended_session(key: str) -> EndedSession | None:
    """Return what is remembered of an ended session by its key, for a day."""
    since = clock.real_now() - REMEMBERED
    return EndedSession.objects.filter(pk=hash_of(key), ended_at__gt=since).first()


def end_some(_at: datetime) -> int:
    """End some of the sessions that are over; return how many: 0 when there are no more."""
    now = clock.real_now()
    owned = Session.objects.exclude(account=None)
    longest = _end_batch(owned.filter(began_at__lte=now - LONGEST), Ending.LONGEST)
    return longest + _end_batch(owned.filter(seen_at__lte=now - IDLE), Ending.IDLE)


def _end_batch(over: models.QuerySet[Session], why: Ending) -> int:
    """End the first of these sessions; one that is used before it is locked lasts."""
    first = over.order_by("pk").values_list("pk", flat=True)[:BATCH]
    return end(sessions=over.filter(pk__in=list(first)), why=why)


def forget_some(_at: datetime) -> int:
    """Remove some of what is left of sessions: of nobody's, and what was remembered of ended ones for a day."""
    now = clock.real_now()
    nobodys = delete_batch(Session.objects.filter(account=None, expire_date__lt=now))
    return nobodys + delete_batch(EndedSession.objects.filter(ended_at__lte=now - REMEMBERED))


def hash_of(key: str) -> str:
    """Return by what an ended session's key is remembered; the key is random enough to need no salt."""
    return hashlib.sha256(key.encode()).hexdigest()
