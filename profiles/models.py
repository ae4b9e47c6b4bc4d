"""Drafts, profiles, what was submitted, how it was assessed, and the narrow pool.

A draft is one document in the shape of the profile JSON. A submission freezes it. The pool row holds what a round
needs and is the only place of a profile's state.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lifecycle.tables import AGEING_PROFILE, LIVE_PROFILE, DraftState, ProfileState
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

    ``answers`` is a partial profile JSON plus ``identity``. ``unfinished`` keeps by page what was typed but cannot
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


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Submitted profiles."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "ProfileQuerySet":
        """The account's own; officers who may read the pool see all."""
        if not user.is_authenticated:
            return self.none()
        reads_all = isinstance(user, User) and user.has_perm("profiles.view_poolentry")
        return self if reads_all else self.filter(account_id=user.pk)

    def live(self) -> "ProfileQuerySet":
        return self.filter(entry__state__in=LIVE_PROFILE)


class Profile(models.Model):
    """A submitted Express Entry profile: who owns it, its number, its code and the instant that breaks ties."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="profiles")
    number = models.CharField(_("profile number"), max_length=10, unique=True)
    validation_code = models.CharField(_("Job Seeker validation code"), max_length=8, unique=True)
    submitted_at = models.DateTimeField(_("first submitted"))
    simulated = models.BooleanField(_("made by the demo"), default=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return self.number

    @property
    def expires_at(self) -> datetime:
        """00:00 UTC of the day 12 months after the first submission."""
        return deadlines.profile_deadline(self.submitted_at)


class Submission(models.Model):
    """The profile JSON as it was sent on an instant. The database refuses to change it."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="submissions")
    sequence = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(_("received"))
    facts = models.JSONField()
    identity = models.JSONField(default=dict, blank=True, help_text=_("The names as in the passport."))
    signed_as = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["profile", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "sequence"], name="one_submission_a_sequence")
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}/{self.sequence}"


class Assessment(models.Model):
    """The score of a submission as of a day: append-only, so that any past pool can be rebuilt and explained."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="assessments")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, db_index=False)
    at = models.DateTimeField(help_text=_("On the portal's clock."))
    as_of = models.DateField()
    score = models.PositiveSmallIntegerField()
    lines = ArrayField(models.PositiveSmallIntegerField(), size=16)
    programs = models.PositiveSmallIntegerField()
    categories = models.PositiveSmallIntegerField()
    next_change_on = models.DateField(null=True, blank=True)
    parameters = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["profile", "id"]

    def __str__(self) -> str:
        return f"{self.score} as of {self.as_of}"


class PoolEntry(models.Model):
    """A profile's place: state, score, and what a round asks of it. Narrow, beside the wide rows."""

    profile = models.OneToOneField(Profile, on_delete=models.PROTECT, primary_key=True, related_name="entry")
    state = models.CharField(max_length=20, choices=ProfileState.choices, editable=False)
    score = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField(_("first submitted"))
    expires_at = models.DateTimeField()
    programs = models.PositiveSmallIntegerField()
    categories = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    next_change_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "pool"
        verbose_name = _("pool entry")
        verbose_name_plural = _("pool")
        indexes = [
            models.Index(
                models.F("score").desc(),
                "submitted_at",
                "profile",
                name="pool_in_order",
                include=["programs", "categories", "expires_at"],
                condition=models.Q(state=ProfileState.IN_POOL),
            ),
            models.Index(
                fields=["next_change_on"], name="pool_to_assess", condition=models.Q(state__in=AGEING_PROFILE)
            ),
            models.Index(
                fields=["expires_at"], name="pool_to_expire", condition=models.Q(state__in=AGEING_PROFILE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}: {self.score}"

    def state_at(self, at: datetime) -> str:
        """The state that holds at an instant, even when the job that expires profiles is late."""
        due = self.state in AGEING_PROFILE and at >= self.expires_at
        return ProfileState.EXPIRED if due else self.state
