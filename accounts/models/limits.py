"""The counters of the limits, and the wider allowance of a classroom."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User
from lifecycle import clock


class Tally(models.Model):
    """When something limited was tried by someone, in real time, oldest first. The key is a keyed hash.

    After ``over_at`` the row says nothing any more and may go.
    """

    key = models.CharField(max_length=64, primary_key=True)
    tries = ArrayField(models.DateTimeField())
    over_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{len(self.tries)} until {self.over_at}"


class Allowance(models.Model):
    """For a while, the limits by address are multiplied for one address: a classroom behind one connection."""

    address = models.CharField(
        _("address"), max_length=64, help_text=_("An IPv4 address, or the /64 network of an IPv6 address.")
    )
    factor = models.PositiveSmallIntegerField(_("times the usual limit"))
    until = models.DateTimeField(_("until"), help_text=_("Real time."))
    reason = models.CharField(_("reason"), max_length=200)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"), default=clock.real_now, editable=False)

    class Meta:
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")
        ordering: ClassVar[list[str]] = ["-until", "-id"]

    def __str__(self) -> str:
        return f"{self.address} ×{self.factor} until {self.until}"
