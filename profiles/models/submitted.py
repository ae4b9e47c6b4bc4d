"""What was submitted, by whom, and how it was assessed. Append-only but for the profile itself."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lifecycle.tables import LIVE_PROFILE
from rules import deadlines


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
    """A submitted Express Entry profile: who owns it, its number, its code and the instant that breaks ties.

    ``person`` is a keyed hash of the passport, so that nobody has two live profiles; empty where none was named.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="profiles")
    number = models.CharField(_("profile number"), max_length=10, unique=True)
    validation_code = models.CharField(_("Job Seeker validation code"), max_length=8, unique=True)
    submitted_at = models.DateTimeField(_("first submitted"))
    simulated = models.BooleanField(_("made by the demo"), default=False)
    person = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        indexes = [
            models.Index(fields=["person"], name="profile_of_a_person", condition=~models.Q(person="")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def expires_at(self) -> datetime:
        """00:00 UTC of the day 12 months after the first submission."""
        return deadlines.profile_deadline(self.submitted_at)


class Submission(models.Model):
    """The profile JSON as it was sent on an instant. The database refuses to change it."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="submissions", db_index=False)
    sequence = models.PositiveSmallIntegerField(default=1)
    submitted_at = models.DateTimeField(_("received"))
    facts = models.JSONField()
    personal = models.JSONField(
        default=dict, blank=True, help_text=_("What was told beside the facts: names, contact, employers.")
    )
    signed_as = models.CharField(max_length=400, blank=True)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["profile", "sequence"]
        constraints = [
            # With its key, so that who was sent last is found without reading what was sent.
            models.UniqueConstraint(
                fields=["profile", "sequence"], include=["id"], name="one_submission_a_sequence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}/{self.sequence}"


class Assessment(models.Model):
    """The score of a submission as of a day: append-only, so that any past pool can be rebuilt and explained."""

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="assessments")
    # Not checked by the database, which refuses to delete a submission: each check would read and lock a wide row.
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, db_index=False, db_constraint=False)
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
