"""Drafts: one document of answers, on its way to a profile or to an update of one."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle.tables import DraftState
from rules import deadlines


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts of profiles."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "DraftQuerySet":
        """Only the account's own."""
        return self.filter(account_id=user.pk) if user.is_authenticated else self.none()

    def open(self) -> "DraftQuerySet":
        return self.filter(state=DraftState.OPEN)


class Draft(models.Model):
    """Answers on their way to a profile, or with ``profile`` to an update of it.

    ``answers`` is a partial profile JSON plus the personal part. ``unfinished`` keeps by page what was typed but cannot
    be saved yet; it is never sent. ``version`` counts its saves, so that an older page cannot overwrite a newer
    one unseen.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts")
    profile = models.ForeignKey(
        "Profile", null=True, blank=True, on_delete=models.PROTECT, related_name="drafts"
    )
    state = models.CharField(max_length=20, choices=DraftState.choices, editable=False)
    started_at = models.DateTimeField(help_text=_("On the portal's clock."))
    answers = models.JSONField(default=dict, blank=True)
    unfinished = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(state=DraftState.OPEN),
                name="one_open_draft_an_account",
            )
        ]
        indexes = [
            models.Index(fields=["started_at"], name="draft_due", condition=models.Q(state=DraftState.OPEN)),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def deadline(self) -> datetime:
        """The first instant at which the draft can no longer be submitted."""
        return deadlines.draft_deadline(self.started_at)

    def state_at(self, at: datetime) -> str:
        """The state that holds at an instant, even when the job that lapses drafts is late."""
        return DraftState.LAPSED if self.state == DraftState.OPEN and at >= self.deadline else self.state
