"""Rounds and invitations."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lifecycle.tables import InvitationState, RoundState
from profiles.models import Profile


class RoundType(models.TextChoices):
    GENERAL = "general", _("General")
    PROGRAM = "program", _("Program")
    NOMINATION = "pnp", _("Provincial nomination")
    CATEGORY = "category", _("Category")


class Category(models.TextChoices):
    FRENCH = "french", _("French-language proficiency")
    HEALTHCARE = "healthcare", _("Health care and social services occupations")
    STEM = "stem", _("Science, technology, engineering and mathematics occupations")
    TRADES = "trades", _("Trade occupations")
    TRANSPORT = "transport", _("Transport occupations")
    AGRICULTURE = "agriculture", _("Agriculture and agri-food occupations")
    EDUCATION = "education", _("Education occupations")
    PHYSICIANS = "physicians", _("Physicians with Canadian work experience")
    SENIOR_MANAGERS = "senior_managers", _("Senior managers with Canadian work experience")
    RESEARCHERS = "researchers", _("Researchers with Canadian work experience")
    SKILLED_MILITARY = "skilled_military", _("Skilled military recruits")


class InvitedAs(models.TextChoices):
    PNP = "PNP", _("Provincial Nominee Program")
    CEC = "CEC", _("Canadian Experience Class")
    FSW = "FSW", _("Federal Skilled Worker Program")
    FST = "FST", _("Federal Skilled Trades Program")


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds of this simulator."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "RoundQuerySet":
        """Officers who may read the rounds see all; everybody else the published ones."""
        reads_all = isinstance(user, User) and user.has_perm("draws.view_round")
        return self if reads_all else self.filter(state=RoundState.PUBLISHED)

    def due(self, at: datetime) -> "RoundQuerySet":
        """Planned rounds whose time has come."""
        return self.filter(state=RoundState.PLANNED, planned_for__lte=at)

    def confirmed(self) -> "RoundQuerySet":
        """Rounds that a second officer let run at their time."""
        return self.exclude(confirmed_by=None)

    def queued(self) -> "RoundQuerySet":
        return self.filter(state=RoundState.QUEUED)


class Round(models.Model):
    """An instruction to invite the best placed candidates, and what came of it.

    Where the settings ask for four eyes, it runs at its time only when ``confirmed_by`` is another officer than
    ``planned_by``, which never changes. ``assessed`` counts the profiles assessed anew before the selection;
    ``digest`` is the SHA-256 of the ordered list of invited profiles.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    round_type = models.CharField(_("type"), max_length=10, choices=RoundType.choices)
    programs = models.PositiveSmallIntegerField(_("programs"), default=0)
    category = models.CharField(_("category"), max_length=20, choices=Category.choices, blank=True)
    size = models.PositiveIntegerField(
        _("number of invitations"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    planned_for = models.DateTimeField(_("date and time (UTC)"))
    state = models.CharField(_("state"), max_length=20, choices=RoundState.choices, editable=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    queued_at = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    assessed = models.PositiveIntegerField(default=0, editable=False)
    ran_at = models.DateTimeField(null=True, editable=False)
    issued = models.PositiveIntegerField(null=True, editable=False)
    cutoff = models.PositiveSmallIntegerField(null=True, editable=False)
    tie_break_at = models.DateTimeField(null=True, editable=False)
    pool_bands = ArrayField(models.PositiveIntegerField(), null=True, editable=False)
    parameters = models.CharField(max_length=16, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("planned_by")), name="confirmed_by_another_officer"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"


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

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invitations")
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
