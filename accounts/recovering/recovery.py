"""Ways back into an account: asked for, refused by the owner, or completed, each once. All of it in real time.

A way back takes effect at once, for an hour, or after a wait in which its owner can refuse it. What was asked for
sends nothing by itself: ``send_due`` does, so that asking takes the same time whether or not an account exists.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from smtplib import SMTPException

from allauth.mfa.models import Authenticator
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.details import set_email
from accounts.factors import one_time_codes
from accounts.models import OneTimeCode, Purpose, Recovery, User, due
from accounts.recovering import recovery_mail
from accounts.recovering.recovery_questions import Told, set_questions
from accounts.signed_in.sessions import Ending, end_all
from accounts.telling import events, notices
from accounts.telling.post import Post
from lifecycle import clock
from lifecycle.errors import DomainError
from lifecycle.jobs import Run, delete_batch, recorded
from lifecycle.schedule import Job

HOUR = timedelta(hours=1)
WAIT = timedelta(hours=72)
TELL_EVERY = timedelta(days=1)
RIPE_FOR = timedelta(days=7)
KEPT_FOR = timedelta(days=30)
BATCH = 500
MAILS = 50


class Lost(models.TextChoices):
    """What somebody no longer has."""

    USERNAME = "username", _("Forgotten username")
    PASSWORD = "password", _("Forgotten password")
    ANSWERS = "answers", _("Forgotten answers to the recovery questions")
    FACTOR = "factor", _("Lost second factor")
    MAILBOX = "mailbox", _("Lost e-mail address, which was the second factor")


WAITS = (Lost.FACTOR, Lost.MAILBOX)
"""What takes effect only after the wait."""


class WayBackOver(DomainError):
    message = _(
        "This way back is over: its owner refused it, its time has passed, or it was used already. Nothing was "
        "changed. You can begin again."
    )


def words_of(asked: Recovery) -> str:
    """Return what was lost, as its owner reads it."""
    return str(Lost(asked.lost).label)


def ends_at(asked: Recovery) -> datetime:
    """Return the first instant at which a way back can no longer be used."""
    return asked.effective_at + (RIPE_FOR if asked.lost in WAITS else HOUR)


def is_open(asked: Recovery) -> bool:
    """Return whether a way back can still be used or refused."""
    return asked.refused_at is None and asked.done_at is None and clock.real_now() < ends_at(asked)


def is_ripe(asked: Recovery) -> bool:
    """Return whether a way back is open and its wait is over."""
    return is_open(asked) and clock.real_now() >= asked.effective_at


def open_ones(account: User) -> list[Recovery]:
    """Return the ways back into an account that are open, the newest first."""
    asked = Recovery.objects.filter(account=account, refused_at=None, done_at=None)
    return [one for one in asked.order_by("-asked_at", "-pk") if is_open(one)]


def waiting(*, account: User, lost: Lost) -> Recovery | None:
    """Return the open way back of one kind, if there is one."""
    return next((one for one in open_ones(account) if one.lost == lost), None)


@transaction.atomic
def ask(*, account: User, lost: Lost, request: HttpRequest | None = None) -> Recovery:
    """Open a way back, or return the open one of the kind that waits; write it down and tell the owner."""
    User.objects.select_for_update().get(pk=account.pk)
    already = waiting(account=account, lost=lost) if lost in WAITS else None
    if already is not None:
        return already
    now = clock.real_now()
    effective_at = now + WAIT if lost in WAITS else now
    mail_due = lost in (Lost.USERNAME, Lost.PASSWORD)
    asked = Recovery.objects.create(
        account=account, lost=lost, asked_at=now, told_at=now, effective_at=effective_at, mail_due=mail_due
    )
    events.record(account_id=account.pk, kind=events.Kind.RECOVERY_ASKED, request=request)
    notices.tell_owner(
        account=account,
        kind="recovery_waiting" if lost in WAITS else "recovery_asked",
        details=_instants_of(asked),
    )
    return asked


def tell_of_waits() -> int:
    """Tell the owners again whose way back still waits, a day after they were last told; return how many were.

    However often and by however many it is called, an owner hears of a way back at most once a day.
    """
    last = 0
    with recorded(Job.TELL_OF_WAITS) as running:
        while running and (told := _tell_batch(running, after=last)):
            last = told[-1].pk
        return running.done if running else 0


@transaction.atomic
def _tell_batch(running: Run, *, after: int) -> list[Recovery]:
    now = clock.real_now()
    waits = Recovery.objects.filter(lost__in=WAITS, refused_at=None, done_at=None, effective_at__gt=now)
    untold = waits.filter(pk__gt=after, told_at__lte=now - TELL_EVERY, account__is_active=True)
    told = list(untold.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:BATCH])
    for lost in WAITS:  # an account waits for one way back of a kind at most
        instants = {asked.account_id: _instants_of(asked) for asked in told if asked.lost == lost}
        notices.tell_owners(told=instants, kind="recovery_still_waiting", at=running.at)
    Recovery.objects.filter(pk__in=[asked.pk for asked in told]).update(told_at=now)
    running.add(len(told))
    return told


def send_due() -> int:
    """Send the codes and links of ways back whose e-mail is due; return how many ways back were served.

    At least once: after a crash a second code makes the first one useless. An address that the mail server refuses
    is tried again later, a few times while the way back is open, and holds no other up. When the server is away, all
    the others stay due.
    """
    with recorded(Job.SEND_WAYS_BACK) as running, Post() as post:
        while running and (addresses := _addresses_due()) and _send_batch(running, post, addresses):
            continue
        return running.done if running else 0


def _addresses_due() -> list[str]:
    """Return some of the addresses to which something is to be sent: all of one address goes together."""
    waits = Recovery.objects.filter(due(clock.real_now()), mail_due=True)
    emails = waits.order_by("account__email").values_list("account__email", flat=True)
    return list(emails.distinct()[:MAILS])


@transaction.atomic
def _send_batch(running: Run, post: Post, addresses: list[str]) -> bool:
    """Send what is due to some addresses; return whether there may be more to do: not when the server is away."""
    locked = Recovery.objects.select_for_update(skip_locked=True, of=("self",))
    waits = locked.filter(due(clock.real_now()), mail_due=True, account__email__in=addresses)
    wanted = list(waits.select_related("account").order_by("account__email", "pk"))
    still = [asked for asked in wanted if is_open(asked)]
    served = [asked for asked in wanted if asked not in still]
    away = True
    with suppress(SMTPException, OSError):
        for those in _by_email(still):
            served += _sent(post, those)
        away = False
    Recovery.objects.filter(pk__in=[asked.pk for asked in served]).update(mail_due=False)
    running.add(len(served))
    return bool(wanted) and not away


def _by_email(wanted: list[Recovery]) -> Iterator[list[Recovery]]:
    """Yield the ways back that one e-mail serves: each password alone, the usernames of one address together."""
    for asked in wanted:
        if asked.lost == Lost.PASSWORD:
            yield [asked]
    links = [asked for asked in wanted if asked.lost == Lost.USERNAME]
    for _email, those in groupby(links, key=lambda asked: asked.account.email.casefold()):
        yield list(those)


def _sent(post: Post, those: list[Recovery]) -> list[Recovery]:
    """Send the e-mail of some ways back and return them; of a refused one, those that are not tried again."""
    first = those[0]
    if first.lost == Lost.USERNAME:
        email = recovery_mail.usernames(those)
    else:
        account = first.account
        email = one_time_codes.new_code(account=account, purpose=Purpose.RECOVER, email=account.email)
    if post.takes(email, of=first):
        return those
    over = [asked for asked in those if not post.put_back(asked)]
    Recovery.objects.bulk_update(those, ["refusals", "try_again_at"])
    return over


def forget_some(_at: datetime) -> int:
    """Forget some of the ways back that nobody could use any more for a month; the account's history keeps them."""
    over = clock.real_now() - KEPT_FOR
    waited = Recovery.objects.filter(lost__in=WAITS, effective_at__lte=over - RIPE_FOR)
    others = Recovery.objects.exclude(lost__in=WAITS).filter(effective_at__lte=over - HOUR)
    return delete_batch(waited) + delete_batch(others)


@transaction.atomic
def refuse(*, asked: Recovery, request: HttpRequest | None = None) -> bool:
    """Refuse a way back at the owner's wish; return whether it was still open."""
    if not is_open(asked):
        return False
    if not _open_rows(asked).update(refused_at=clock.real_now(), mail_due=False):
        return False
    OneTimeCode.objects.filter(account=asked.account, purpose=Purpose.RECOVER).delete()
    events.record(account_id=asked.account_id, kind=events.Kind.RECOVERY_REFUSED, request=request)
    notices.tell_owner(account=asked.account, kind="recovery_refused")
    return True


@transaction.atomic
def report(*, account: User, request: HttpRequest | None = None) -> None:
    """The owner says that somebody else did it: every session ends, every open way back is refused."""
    for asked in open_ones(account):
        refuse(asked=asked, request=request)
    end_sessions(account=account)
    events.record(account_id=account.pk, kind=events.Kind.CHANGE_REPORTED, request=request)
    notices.tell_owner(account=account, kind="change_reported")


@transaction.atomic
def show_username(*, asked: Recovery, request: HttpRequest | None = None) -> str:
    """Use the way back to a forgotten username, and return it. Raises ``WayBackOver``."""
    _complete(asked, request)
    notices.tell_owner(account=asked.account, kind="recovery_done")
    return asked.account.username


@transaction.atomic
def replace_password(*, asked: Recovery, password: str, request: HttpRequest | None = None) -> None:
    """Set a new password and end every session. Raises ``WayBackOver``, and then nothing has changed."""
    account = _complete(asked, request)
    account.set_password(password)
    account.save(update_fields=["password"])
    end_sessions(account=account)
    events.record(account_id=account.pk, kind=events.Kind.PASSWORD_CHANGED, request=request)
    notices.tell_owner(account=account, kind="password_changed")


@transaction.atomic
def replace_answers(*, asked: Recovery, told: list[Told], request: HttpRequest | None = None) -> None:
    """Replace the recovery questions. Raises ``WayBackOver``, and then nothing has changed."""
    account = _complete(asked, request)
    set_questions(account=account, told=told)
    events.record(account_id=account.pk, kind=events.Kind.QUESTIONS_CHANGED, request=request)
    notices.tell_owner(account=account, kind="questions_changed")


@transaction.atomic
def replace_factor(*, asked: Recovery, request: HttpRequest | None = None) -> None:
    """Put codes by e-mail in the place of every other second factor, and end every session.

    Raises ``WayBackOver`` before the wait is over as well, and then nothing has changed.
    """
    account = _complete(asked, request)
    Authenticator.objects.filter(user=account).delete()
    account.email_codes = True
    account.save(update_fields=["email_codes"])
    end_sessions(account=account)
    events.record(account_id=account.pk, kind=events.Kind.FACTOR_REMOVED, request=request)
    notices.tell_owner(account=account, kind="recovery_done")


@transaction.atomic
def replace_mailbox(*, asked: Recovery, email: str, request: HttpRequest | None = None) -> None:
    """Make a verified address the account's, and end every session; both addresses are told. Raises ``WayBackOver``."""
    account = _complete(asked, request)
    set_email(account=account, email=email, request=request)
    end_sessions(account=account)


@transaction.atomic
def end_sessions(*, account: User) -> int:
    """End every session of the account on the server; return how many there were."""
    return end_all(account_id=account.pk, why=Ending.SECURITY)


def _instants_of(asked: Recovery) -> dict[str, str]:
    """When it was asked for and when it takes effect, as notices hold instants."""
    instants = {"happened_at": asked.asked_at, "effective_at": asked.effective_at}
    return {name: instant.isoformat(timespec="seconds") for name, instant in instants.items()}


def _complete(asked: Recovery, request: HttpRequest | None) -> User:
    """Use a way back up. However many come at once, one of them gets past; the others raise ``WayBackOver``."""
    account = User.objects.select_for_update().get(pk=asked.account_id)
    if not is_ripe(asked) or not account.is_active or not _open_rows(asked).update(done_at=clock.real_now()):
        raise WayBackOver
    events.record(account_id=account.pk, kind=events.Kind.RECOVERY_DONE, request=request)
    return account


def _open_rows(asked: Recovery) -> models.QuerySet[Recovery]:
    return Recovery.objects.filter(pk=asked.pk, refused_at=None, done_at=None)
