"""Provincial nominations: told by the candidate, confirmed by the province, accepted by the candidate."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lifecycle.tables import OPEN_NOMINATION, NominationState
from profiles.models.submitted import Profile
from rules import deadlines


class NominationQuerySet(models.QuerySet["Nomination"]):
    """Nominations."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "NominationQuerySet":
        """The account's own; a province's staff see those of their province."""
        if not isinstance(user, User):
            return self.none()
        if user.has_perm("profiles.change_nomination"):
            return self.filter(province=user.province)
        return self.filter(profile__account_id=user.pk)

    def open(self) -> "NominationQuerySet":
        return self.filter(state__in=OPEN_NOMINATION)


class Nomination(models.Model):
    """A nomination by a province. It counts from its acceptance on, when the next submission holds it as a fact.

    ``issued_on`` and ``expires_on`` are the certificate's days, which the province gives when it confirms.
    """

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="nominations")
    province = models.CharField(_("province or territory"), max_length=2)
    state = models.CharField(max_length=20, choices=NominationState.choices, editable=False)
    told_at = models.DateTimeField(_("told by the candidate"))
    confirmed_at = models.DateTimeField(_("confirmed by the province"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    objects = NominationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nomination")
        verbose_name_plural = _("nominations")
        ordering = ["-told_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile"], condition=models.Q(state__in=OPEN_NOMINATION), name="one_open_nomination"
            )
        ]
        indexes = [
            models.Index(
                fields=["confirmed_at"],
                name="nomination_due",
                condition=models.Q(state=NominationState.CONFIRMED),
            ),
        ]

    def __str__(self) -> str:
        return f"nomination {self.pk} by {self.province}"

    @property
    def deadline(self) -> datetime | None:
        """The first instant at which it can no longer be accepted; None before the province confirmed it."""
        return deadlines.nomination_deadline(self.confirmed_at) if self.confirmed_at else None

    def state_at(self, at: datetime) -> str:
        """The state that holds at an instant, even when the job that lapses nominations is late."""
        due = self.state == NominationState.CONFIRMED and self.deadline is not None and at >= self.deadline
        return NominationState.LAPSED if due else self.state
