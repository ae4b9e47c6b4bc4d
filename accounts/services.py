"""What happens to an account's messages."""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse
from django.utils import translation

from accounts.models import Message, User
from accounts.telling import notices
from accounts.telling.letters import email_text
from accounts.telling.post import Post
from lifecycle import clock
from lifecycle.jobs import recorded
from lifecycle.schedule import Job

BATCH = 50
POST = f"""
    INSERT INTO {Message._meta.db_table} (account_id, kind, details, at, key, email_wanted)
    SELECT account_id, %s, details::jsonb, %s, gen_random_uuid(), true
    FROM unnest(%s::bigint[], %s::text[]) AS posted(account_id, details)
"""


def post_message(*, account_id: int, kind: str, details: dict[str, Any], at: datetime) -> Message:
    """Put one message into an account; its e-mail follows by the delivery job."""
    return Message.objects.create(account_id=account_id, kind=kind, details=details, at=at)


def post_messages(*, account_ids: list[int], kind: str, details: list[dict[str, Any]], at: datetime) -> int:
    """Put one message into each of many accounts, in one statement; return how many. The two lists are parallel."""
    texts = [json.dumps(detail) for _account_id, detail in zip(account_ids, details, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(POST, [kind, at, account_ids, texts])
        return int(cursor.rowcount)


def mark_read(*, message: Message, at: datetime) -> None:
    """Note when the account's owner first opened a message."""
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=at)


def deliver_messages() -> int:
    """Send the e-mails that are due, and return how many messages are told wholly.

    At least once: a crash between sending and noting sends one again with the same Message-ID. An address that the
    mail server refuses is tried again later, a few times, and keeps no other from getting its own.
    One delivery at a time; a second one returns 0 at once.
    """
    sent = 0
    with recorded(Job.DELIVER_MESSAGES) as running, Post() as post:
        while running and (batch := _due_messages()):
            sent += running.add(sum(_deliver(post, message) for message in batch))
    return sent


def _due_messages() -> list[Message]:
    return list(Message.objects.to_email(clock.real_now()).select_related("account")[:BATCH])


def _deliver(post: Post, message: Message) -> bool:
    """Send what a message still has to send, and note it; return whether nothing is left."""
    refused = {email.to[0] for email in _emails(message) if not post.takes(email, of=message)}
    again = bool(refused) and post.put_back(message)
    if message.account.email not in refused:
        message.emailed_at = message.emailed_at or clock.real_now()
    also_to = [address if address in refused else "" for address in message.also_to or []]
    message.also_to = also_to if again and any(also_to) else None
    message.email_wanted = again or not refused
    message.save(update_fields=["emailed_at", "also_to", "email_wanted", "refusals", "try_again_at"])
    return not refused


def _emails(message: Message) -> list[EmailMessage]:
    if notices.is_notice(message):
        return list(notices.emails_of(message))
    return [_email(message, message.account)] if message.account.email else []


def _email(message: Message, account: User) -> EmailMessage:
    """The e-mail says only that a message waits; what it is stays in the account."""
    with translation.override(account.language):
        subject, body = email_text(settings.EEPORTAL_BASE_URL + reverse("account_login"))
    return EmailMessage(
        subject=subject,
        body=body,
        to=[account.email],
        headers={"Message-ID": f"<{message.key}@{settings.EEPORTAL_MAIL_DOMAIN}>"},
    )
