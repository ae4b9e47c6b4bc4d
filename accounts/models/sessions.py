"""Sessions that are open, and what is remembered of those that ended."""

import uuid

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from accounts.models.users import User
from lifecycle import clock


class Session(AbstractBaseSession):
    """A browser's session; with an ``account`` somebody is signed in. All instants are real time.

    It is deleted when it ends, so that nothing can bring it back. ``number`` names it in addresses, where its key,
    which is as good as a password, must never stand. ``device`` names browser and system, never an address.
    """

    account = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    number = models.UUIDField(default=uuid.uuid4, unique=True)
    device = models.CharField(max_length=80, blank=True)
    began_at = models.DateTimeField(default=clock.real_now)
    seen_at = models.DateTimeField(default=clock.real_now)

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = "session"
        verbose_name_plural = "sessions"


class EndedSession(models.Model):
    """Whose session ended and why, by the hash of its key: for words at sign-in, and to keep what was typed."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=20)
    ended_at = models.DateTimeField(default=clock.real_now)

    def __str__(self) -> str:
        return f"{self.why} {self.ended_at}"
