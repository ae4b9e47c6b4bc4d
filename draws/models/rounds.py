"""Rounds."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from draws.models.names import Category, RoundType
from lifecycle.tables import RoundState


class RoundQuerySet(models.QuerySet["Round"]):
    """Rounds of this simulator."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "RoundQuerySet":
        """Officers who may read the rounds see all; everybody else the published ones."""
        reads_all = isinstance(user, User) and user.has_perm("draws.view_round")
        return self if reads_all else self.filter(state=RoundState.PUBLISHED)

    def due(self, at: datetime) -> "RoundQuerySet":
        """Planned rounds whose time has come."""
        return self.filter(state=RoundState.PLANNED, planned_for__lte=at)

    def queued(self) -> "RoundQuerySet":
        return self.filter(state=RoundState.QUEUED)


class Round(models.Model):
    """An instruction to invite the best placed candidates, and what came of it.

    Where the settings ask for four eyes, it runs at its time only when ``confirmed_by`` is another officer than
    ``planned_by``, which never changes. ``assessed`` counts the profiles assessed anew before the selection;
    ``digest`` is that of the ordered list of the invited (``draws.running.digests``). ``assessments_to`` and ``log_to``
    are the newest rows of the score history and of the log that the selection could see, so that ``draws.proving`` can
    rebuild the pool of that instant.
    """

    number = models.PositiveIntegerField(_("number"), unique=True)
    round_type = models.CharField(_("type"), max_length=10, choices=RoundType.choices)
    programs = models.PositiveSmallIntegerField(_("programs"), default=0)
    category = models.CharField(_("category"), max_length=20, choices=Category.choices, blank=True)
    category_version = models.CharField(_("version of the category"), max_length=20, blank=True, default="")
    size = models.PositiveIntegerField(
        _("number of invitations"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )
    planned_for = models.DateTimeField(_("date and time (UTC)"))
    period_from = models.DateField(_("first of the two dates"), null=True, blank=True)
    authority = models.CharField(_("authority"), max_length=100, blank=True, default="")
    state = models.CharField(_("state"), max_length=20, choices=RoundState.choices, editable=False)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_instruction = models.CharField(max_length=64, blank=True, default="", editable=False)
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
    left_at_cutoff = models.PositiveIntegerField(null=True, editable=False)
    left_at_instant = models.PositiveIntegerField(null=True, editable=False)
    pool_bands = ArrayField(models.PositiveIntegerField(), null=True, editable=False)
    parameters = models.CharField(max_length=16, blank=True, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    assessments_to = models.BigIntegerField(null=True, editable=False)
    log_to = models.BigIntegerField(null=True, editable=False)
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

    @property
    def period(self) -> tuple[date, date] | None:
        """The two consecutive dates on which invitations may be issued; ``None``: at one instant."""
        return (self.period_from, self.period_from + timedelta(days=1)) if self.period_from else None

    @property
    def rank_required(self) -> int | None:
        """The rank to be occupied at the instant of the selection, or a better one; ``None``: nobody was invited."""
        return self.issued or None
