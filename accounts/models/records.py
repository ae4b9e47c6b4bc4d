"""What is written down about accounts and officers. Rows are added, never changed."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from lifecycle import clock


class AccountEventQuerySet(models.QuerySet["AccountEvent"]):
    """Events, newest first."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "AccountEventQuerySet":
        """Only the account's own."""
        return self.filter(account_id=user.pk) if user.is_authenticated else self.none()


class AccountEvent(models.Model):
    """Something that touched an account's security: a sign-in, a refused one, a changed credential. Real time.

    ``kind`` is a code of ``telling.events``; ``device`` names browser and system in a few words, never an address.
    """

    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField(max_length=40)
    device = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField(default=clock.real_now)

    objects = AccountEventQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-id"]
        indexes = [models.Index(fields=["account", "-at", "-id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"


class OfficerAction(models.Model):
    """What an officer did or opened: who, when on both clocks, what, about which record, why.

    Written by ``accounts.desk.officer_log`` only; the database refuses to change or delete a row.
    """

    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(_("action"), max_length=40)
    about = models.CharField(
        _("about"), max_length=80, blank=True, help_text=_("A kind of record and its number, never a name.")
    )
    why = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("portal's time"))
    real_at = models.DateTimeField(_("real time"), default=clock.real_now)

    class Meta:
        verbose_name = _("officer's action")
        verbose_name_plural = _("officers' actions")
        ordering: ClassVar[list[str]] = ["-real_at", "-id"]
        indexes = [models.Index(fields=["-real_at", "-id"]), models.Index(fields=["about"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.about}"
