"""Handing e-mails to the mail server, so that one refused address keeps nobody else from getting theirs.

What is refused is tried again after longer and longer waits, and then given up. A server that is away refuses
nobody: what it did not take stays due.
"""

import logging
from dataclasses import dataclass, field
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMessage, get_connection

from accounts.models import Refusable
from lifecycle import clock

logger = logging.getLogger(__name__)

WAITS = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""How long after each refusal the next try is, in real time; a refusal more, and the e-mail is given up."""

CLOSING = 421
"""What a server answers that ends the connection: it says nothing about the address."""


@dataclass
class Post:
    """The mail server during one run of a job: called when there is something to send, closed at the end.

    What it refused is counted, and told in the log by its number only.
    """

    refused: int = 0
    given_up: int = 0
    connection: Any = field(default_factory=get_connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.connection.close()
        if self.refused:
            logger.warning(
                "The mail server refused e-mails; they are tried again later.", extra={"count": self.refused}
            )
        if self.given_up:
            logger.warning(
                "E-mails were given up: the mail server refused them too often.",
                extra={"count": self.given_up},
            )

    def takes(self, email: EmailMessage, *, of: Refusable) -> bool:
        """Return whether the server took an e-mail; False when it refused this one and takes others.

        Raises what the connection raises when the server is away or breaks off; then ``of`` stands back for a
        while, so that nothing is kept waiting behind it.
        """
        self.connection.open()
        try:
            self.connection.send_messages([email])
        except (SMTPRecipientsRefused, SMTPDataError) as refusal:
            if CLOSING not in _codes(refusal):
                return False
            _stand_back(of)
            raise SMTPServerDisconnected from None
        except ValueError:  # an address that cannot be written in an e-mail at all
            return False
        except (SMTPException, OSError):
            _stand_back(of)
            raise
        return True

    def put_back(self, row: Refusable) -> bool:
        """Count a refusal and say when to try again; return whether there is another try. The caller saves the row."""
        again = row.refusals < len(WAITS)
        row.try_again_at = clock.real_now() + WAITS[row.refusals] if again else None
        row.refusals += 1
        self.refused += again
        self.given_up += not again
        return again


def _codes(refusal: SMTPRecipientsRefused | SMTPDataError) -> set[int]:
    if isinstance(refusal, SMTPDataError):
        return {refusal.smtp_code}
    return {code for code, _words in refusal.recipients.values()}


def _stand_back(row: Refusable) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(try_again_at=clock.real_now() + WAITS[0])
