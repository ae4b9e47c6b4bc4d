"""Invitations."""

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from draws.models.names import InvitedAs
from draws.models.rounds import Round
from lifecycle.tables import InvitationState
from profiles.models import Profile


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations to apply."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "InvitationQuerySet":
        """The account's own; officers who may read the invitations see all."""
        if not user.is_authenticated:
            return self.none()
        reads_all = isinstance(user, User) and user.has_perm("draws.view_invitation")
        return self if reads_all else self.filter(profile__account_id=user.pk)

    def due(self, at: datetime) -> "InvitationQuerySet":
        """Unanswered invitations whose time is over."""
        return self.filter(state=InvitationState.ISSUED, expires_at__lte=at)


class Invitation(models.Model):
    """One candidate's invitation to apply, with the place and score that earned it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invitations", db_index=False)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="invitations")
    rank = models.PositiveIntegerField()
    score = models.PositiveSmallIntegerField()
    invited_as = models.CharField(max_length=3, choices=InvitedAs.choices)
    state = models.CharField(max_length=20, choices=InvitationState.choices, editable=False)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["round", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["round", "profile"], name="one_invitation_a_round"),
            models.UniqueConstraint(
                fields=["profile"],
                condition=models.Q(state=InvitationState.ISSUED),
                name="one_open_invitation_a_profile",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"], name="invitation_due", condition=models.Q(state=InvitationState.ISSUED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.rank}"

    def state_at(self, at: datetime) -> str:
        """The state that holds at an instant, even when the job that lapses invitations is late."""
        over = self.state == InvitationState.ISSUED and at >= self.expires_at
        return InvitationState.LAPSED if over else self.state
