"""One-time codes by e-mail: six digits that prove that somebody reads an address. Real time.

A code is good once, for ten minutes and five tries. Only a keyed hash is kept, and at most one code is live for an
account and a purpose: sending another one makes the earlier one useless.
"""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import OneTimeCode, Purpose, User
from lifecycle import clock
from lifecycle.errors import DomainError
from lifecycle.jobs import delete_batch

GOOD_FOR = timedelta(minutes=10)
TRIES = 5
DIGITS = 6


class CodeNotSent(DomainError):
    """The mail server did not take the e-mail."""

    message = _("The e-mail with the code could not be sent. Wait a minute, then ask for another code.")


def send(*, account: User, purpose: Purpose, email: str) -> None:
    """Send a new code to an address, in the account's language. Raises ``CodeNotSent``."""
    try:
        new_code(account=account, purpose=purpose, email=email).send()
    except (OSError, SMTPException):
        raise CodeNotSent from None


def new_code(*, account: User, purpose: Purpose, email: str) -> EmailMessage:
    """Make a new code and return the e-mail that tells it, in the account's language, not sent yet."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    now = clock.real_now()
    OneTimeCode.objects.update_or_create(
        account=account,
        purpose=purpose,
        defaults={
            "email": email,
            "code_hash": _hash(account, purpose, code),
            "sent_at": now,
            "expires_at": now + GOOD_FOR,
            "tries_left": TRIES,
        },
    )
    return _email(account, code, email)


def check(*, account: User, purpose: Purpose, typed: str) -> bool:
    """Return whether this is the live code, and use it up. However many type it at once, one of them passes."""
    live = OneTimeCode.objects.filter(account=account, purpose=purpose)
    usable = live.filter(tries_left__gt=0, expires_at__gt=clock.real_now())
    if not usable.update(tries_left=F("tries_left") - 1):
        return False
    mine = _hash(account, purpose, _digits(typed))
    right = [code.pk for code in live if hmac.compare_digest(code.code_hash, mine)]
    return bool(right) and live.filter(pk__in=right, code_hash=mine).delete()[0] == 1


def forget_some(_at: datetime) -> int:
    """Forget some of the codes whose time is over; return how many: 0 when there are no more."""
    return delete_batch(OneTimeCode.objects.filter(expires_at__lte=clock.real_now()))


def address_of(*, account: User, purpose: Purpose) -> str:
    """Return where the newest code went; empty when none is live."""
    live = OneTimeCode.objects.filter(expires_at__gt=clock.real_now(), tries_left__gt=0)
    found = live.filter(account=account, purpose=purpose).first()
    return found.email if found else ""


def _digits(typed: str) -> str:
    """Return what was typed without the spaces and dashes that help to read it."""
    return "".join(character for character in typed if not character.isspace() and character != "-")


def _hash(account: User, purpose: Purpose, code: str) -> str:
    text = f"one-time code|{account.pk}|{purpose}|{code}".encode("utf-8", "replace")
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def _email(account: User, code: str, email: str) -> EmailMessage:
    with translation.override(account.language):
        body = _now(
            "Your code: {code}\n\n"
            "It is good once, for 10 minutes. Type it on the page that asked for it.\n\n"
            "Nobody of this simulator will ever ask you for it. If you did not ask for a code, do nothing: without "
            "the code nobody gets further.\n\n"
            "This is a simulation for learning. It is not a website of the Government of Canada, and nothing you do "
            "here reaches any government.\n"
        )
        return EmailMessage(subject=_now("Your code (simulation)"), body=body.format(code=code), to=[email])
