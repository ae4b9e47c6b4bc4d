"""Who hears by e-mail of each published round: asked for, confirmed by a link, left by a link.

A link holds the subscription's number, signed for one purpose, so that no e-mail address stands in an address or
a log line. Whoever asks learns nothing about an address: the answer comes by e-mail.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from smtplib import SMTPException

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.errors import MailNotSent
from accounts.models import Subscription
from lifecycle import clock
from lifecycle.jobs import delete_batch, in_batches
from lifecycle.schedule import Job

ANSWER_WITHIN = timedelta(days=7)
"""How long a subscription may wait to be confirmed, in real time."""


class Purpose(StrEnum):
    """What a link does, and the name of its page."""

    CONFIRM = "accounts:updates_confirm"
    STOP = "accounts:updates_stop"


def ask(*, email: str, language: str) -> None:
    """Note that somebody wants updates at an address, and send one e-mail there.

    It holds the link that confirms, or says that the updates come already. Raises ``MailNotSent``.
    """
    asked = Subscription(email=email.lower(), language=language, asked_at=clock.real_now())
    Subscription.objects.bulk_create([asked], ignore_conflicts=True)
    found = Subscription.objects.get(email=asked.email)
    if found.confirmed_at is None:
        found.language, found.asked_at = asked.language, asked.asked_at
        found.save(update_fields=["language", "asked_at"])
    try:
        _answer(found).send()
    except (SMTPException, OSError):
        raise MailNotSent from None


def confirm(*, subscription: Subscription, at: datetime) -> None:
    """Begin the updates with the first round that is published after an instant of the portal; twice is once."""
    Subscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(confirmed_at=at)


def stop(*, subscription_id: int) -> None:
    """End the updates and forget the address; twice is once."""
    Subscription.objects.filter(pk=subscription_id).delete()


def forget_unconfirmed() -> int:
    """Forget the addresses that did not confirm in time; return how many."""
    return in_batches(Job.FORGET_UNCONFIRMED_SUBSCRIPTIONS, _forget_some)


def _forget_some(_at: datetime) -> int:
    asked_until = clock.real_now() - ANSWER_WITHIN
    return delete_batch(Subscription.objects.filter(confirmed_at=None, asked_at__lte=asked_until))


def waiting_or_confirmed(subscription_id: int) -> Subscription | None:
    """Return a subscription, unless it is gone or was not confirmed in time."""
    found = Subscription.objects.filter(pk=subscription_id).first()
    if found and found.confirmed_at is None and clock.real_now() >= found.asked_at + ANSWER_WITHIN:
        return None
    return found


def token_of(subscription: Subscription, purpose: Purpose) -> str:
    """Return the signed word that stands for a subscription in a link of one purpose."""
    return _signer(purpose).sign(str(subscription.pk))


def id_behind(token: str, purpose: Purpose) -> int | None:
    """Return the subscription's id that a link stands for; ``None`` for a forged one or one of another purpose."""
    try:
        return int(_signer(purpose).unsign(token))
    except signing.BadSignature:
        return None


def address_of(subscription: Subscription, purpose: Purpose) -> str:
    """Return the whole address of a link, in the language in force."""
    return settings.EEPORTAL_BASE_URL + reverse(purpose, args=[token_of(subscription, purpose)])


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(salt=f"subscriptions.{purpose.name}")


def _answer(subscription: Subscription) -> EmailMessage:
    with translation.override(subscription.language):
        if subscription.confirmed_at is None:
            subject = _("Confirm the e-mail updates about rounds (simulation)")
            body = _(
                "Somebody, most likely you, asked for an e-mail about each round of the Express Entry simulator.\n\n"
                "To get them, open this page within 7 days and press its button:\n{address}\n\n"
                "If it was not you, do nothing: no other e-mail follows, and your address is forgotten.\n\n"
                "This is a simulation for learning. It is not a website of the Government of Canada, and nothing "
                "you do here reaches any government.\n"
            )
            address = address_of(subscription, Purpose.CONFIRM)
        else:
            subject = _("You get the e-mail updates about rounds already (simulation)")
            body = _(
                "Somebody, most likely you, asked for an e-mail about each round of the Express Entry simulator. You "
                "get them already: there is nothing to do.\n\n"
                "To get no more of them, open this page and press its button:\n{address}\n\n"
                "This is a simulation for learning. It is not a website of the Government of Canada, and nothing "
                "you do here reaches any government.\n"
            )
            address = address_of(subscription, Purpose.STOP)
    return EmailMessage(subject=subject, body=body.format(address=address), to=[subscription.email])
