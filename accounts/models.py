"""Users, the messages in their accounts, and the counters of the limits."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lifecycle import clock


class UserManager(BaseUserManager["User"]):
    """Makes users; every user has a password or an unusable one."""

    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(username=self.model.normalize_username(username), email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        return self.create_user(username, email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: a candidate, or with ``is_staff`` an officer. No name is kept here."""

    username = models.CharField(
        _("username"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This username is taken. Choose another one.")},
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))], default="en"
    )
    is_staff = models.BooleanField(_("officer"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=clock.real_now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="one_account_a_username",
                violation_error_message=_("This username is taken. Choose another one."),
            )
        ]


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages, newest first."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "MessageQuerySet":
        """Only the account's own."""
        return self.filter(account_id=user.pk) if user.is_authenticated else self.none()

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at=None)

    def to_email(self) -> "MessageQuerySet":
        """Those whose e-mail has not gone out yet, oldest first."""
        return self.filter(email_wanted=True, emailed_at=None).order_by("id")


class Message(models.Model):
    """One message in an account. Its words come from ``accounts.letters`` in the reader's language.

    ``details`` holds figures, days and numbers of things, never personal data. The e-mail that follows says only
    that there is a message; ``emailed_at`` is empty until it went out, and ``key`` makes its Message-ID stable.
    """

    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=40)
    details = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("sent"), help_text=_("On the portal's clock."))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email_wanted = models.BooleanField(default=True)
    emailed_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["account", "-at", "-id"]),
            models.Index(
                fields=["id"], name="message_to_email", condition=models.Q(email_wanted=True, emailed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Tally(models.Model):
    """How often something limited was tried by someone in a period of real time. The key is a keyed hash."""

    key = models.CharField(max_length=64, primary_key=True)
    period_start = models.DateTimeField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.count} since {self.period_start}"
