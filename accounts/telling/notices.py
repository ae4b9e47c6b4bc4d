"""What an account's owner is told of its security: a message in the account, and an e-mail that says it as well.

Other e-mails only say that a message waits. These say what kind of change it was and when, for whoever took an
account over also reads its messages; and they lead to the page where the owner says 'this was not me'.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from accounts.models import NOTICE, Message, User
from accounts.telling.letters import notice_email_text
from lifecycle import clock

REPORTABLE = timedelta(days=30)
"""How long the link in a notice works, in real time."""

SALT = "accounts.telling.notices"


@transaction.atomic
def tell_owner(
    *,
    account: User,
    kind: str,
    extra_addresses: Sequence[str] = (),
    details: Mapping[str, Any] | None = None,
) -> Message:
    """Tell the owner of a change to the account's security, in the account and by e-mail; return the message.

    ``kind`` is a key of ``letters.NOTICES`` (a kind of event, mostly). ``extra_addresses`` hear of it as well:
    the old address of a changed one, the last address of a closed account. They are forgotten once told. The
    e-mails follow by the delivery job, at least once, each with a Message-ID that stays the same. ``details``
    hold instants (``…_at``) and numbers of records, never personal data; ``happened_at`` is now unless it is there.
    """
    happened = {"happened_at": clock.real_now().isoformat(timespec="seconds")}
    return Message.objects.create(
        account=account,
        kind=NOTICE + kind,
        details={**happened, **(details or {})},
        also_to=list(extra_addresses) or None,
        at=clock.now(),
    )


def tell_owners(*, told: Mapping[int, Mapping[str, Any]], kind: str, at: datetime) -> None:
    """Tell many owners of the same kind of thing, in one statement: the details, by the account's id.

    The details hold ``happened_at``.
    """
    Message.objects.bulk_create(
        Message(account_id=account_id, kind=NOTICE + kind, details=dict(details), at=at)
        for account_id, details in told.items()
    )


def is_notice(message: Message) -> bool:
    """Return whether a message tells of a change to the account's security."""
    return message.kind.startswith(NOTICE)


def emails_of(message: Message) -> Iterator[EmailMessage]:
    """Yield a notice's e-mails to the account's address and to every extra one that was not told yet.

    Each has a Message-ID of its own.
    """
    with translation.override(message.account.language):
        address = settings.EEPORTAL_BASE_URL + reverse("accounts:not_me", args=[token_of(message)])
        subject, body = notice_email_text(message.kind, message.details, address)
    own = message.account.email if message.emailed_at is None else ""
    extra = [(to, f"{message.key}.{place}") for place, to in enumerate(message.also_to or [], start=1)]
    for recipient, name in filter(itemgetter(0), [(own, str(message.key)), *extra]):
        yield EmailMessage(
            subject=subject,
            body=body,
            to=[recipient],
            headers={"Message-ID": f"<{name}@{settings.EEPORTAL_MAIL_DOMAIN}>"},
        )


def token_of(message: Message) -> str:
    """Return the signed word that stands for a notice in the link of its e-mail. It names nobody."""
    return signing.TimestampSigner(salt=SALT).sign(message.key.hex)


def notice_behind(token: str) -> Message | None:
    """Return the notice that a link stands for; ``None`` when it is forged, too old, or gone."""
    try:
        key = uuid.UUID(signing.TimestampSigner(salt=SALT).unsign(token, max_age=REPORTABLE))
    except (signing.BadSignature, ValueError):
        return None
    found = Message.objects.filter(key=key, kind__startswith=NOTICE)
    return found.select_related("account").first()
