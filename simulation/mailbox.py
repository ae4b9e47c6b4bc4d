"""An e-mail backend that keeps what it is given in the demo's mailbox. Production settings refuse it."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import make_msgid

from lifecycle import clock
from simulation.models import DemoMail


class DemoMailbox(BaseEmailBackend):
    """Keeps each message once, by its Message-ID."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [
            DemoMail(
                message_id=message.extra_headers.get("Message-ID") or make_msgid(domain="demo.example"),
                recipient=message.to[0],
                subject=str(message.subject),
                body=str(message.body),
                sent_at=clock.now(),
            )
            for message in email_messages
        ]
        DemoMail.objects.bulk_create(rows, ignore_conflicts=True)
        return len(rows)
