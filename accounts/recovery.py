"""Ways back into an account, and how its owner refuses them. All of it in real time."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from accounts import events, notices
from accounts.models import OneTimeCode, Purpose, Recovery, User
from lifecycle import clock


@transaction.atomic
def refuse_all(*, account: User, request: HttpRequest | None = None) -> int:
    """Refuse every way back that is open, at its owner's wish; return how many there were."""
    open_ones = Recovery.objects.filter(account=account, refused_at=None, done_at=None)
    refused = open_ones.update(refused_at=clock.real_now())
    OneTimeCode.objects.filter(account=account, purpose=Purpose.RECOVER).delete()
    if refused:
        events.record(account_id=account.pk, kind=events.Kind.RECOVERY_REFUSED, request=request)
        notices.tell_owner(account=account, kind="recovery_refused")
    return refused


@transaction.atomic
def report(*, account: User, request: HttpRequest | None = None) -> None:
    """The owner says that somebody else did it: every session ends, every open way back is refused."""
    refuse_all(account=account, request=request)
    end_sessions(account=account)
    events.record(account_id=account.pk, kind=events.Kind.CHANGE_REPORTED, request=request)
    notices.tell_owner(account=account, kind="change_reported")


@transaction.atomic
def end_sessions(*, account: User) -> int:
    """End every session of the account on the server; return how many there were."""
    sessions = UserSession.objects.filter(user=account)
    keys = list(sessions.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sessions.delete()
    return len(keys)
