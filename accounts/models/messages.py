"""The messages in an account."""

import uuid
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.refusals import Refusable, due
from accounts.models.users import User


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, newest first."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "MessageQuerySet":
        """Only the account's own."""
        return self.filter(account_id=user.pk) if user.is_authenticated else self.none()

    def about(self, number: str) -> "MessageQuerySet":
        """The correspondence of one profile, by its number."""
        return self.filter(details__number=number)

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)

    def untold(self) -> "MessageQuerySet":
        """Those of which an e-mail has not gone out yet and was not given up."""
        return self.filter(UNTOLD)

    def to_email(self, at: datetime) -> "MessageQuerySet":
        """Those whose e-mail is to be sent at an instant of real time, oldest first."""
        return self.untold().filter(due(at)).order_by("id")


NOTICE = "notice_"
"""How the kinds of messages begin that tell of a change to the account's security."""

UNTOLD = models.Q(email_wanted=True) & (models.Q(emailed_at=None) | models.Q(also_to__isnull=False))


class Message(Refusable):
    """One message in an account. Its words come from ``accounts.telling.letters`` in the reader's language.

    ``details`` holds figures, days and numbers of things, never personal data. The e-mail that follows says only
    that there is a message; ``emailed_at`` is empty until it went out, and ``key`` makes its Message-ID stable.
    ``also_to`` names further addresses that must be told of a change to the account's security, until they are; the
    place of one that was told is empty. What the mail server refused too often is not ``email_wanted`` any more.
    """

    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages", db_index=False)
    kind = models.CharField(max_length=40)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("sent"), help_text=_("On the portal's clock."))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    email_wanted = models.BooleanField(default=True)
    emailed_at = models.DateTimeField(null=True, blank=True)
    also_to = models.JSONField(null=True, blank=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["account", "-at", "-id"]),
            models.Index(fields=["id"], name="message_to_email", condition=UNTOLD),
            # Only the link in a notice's e-mail leads to a message by its key.
            models.Index(fields=["key"], name="notice_by_key", condition=models.Q(kind__startswith=NOTICE)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
