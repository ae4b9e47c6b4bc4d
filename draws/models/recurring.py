"""Recurring plans of rounds: their rule of days, the rounds that take turns, and what became of each day."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from draws.models.names import Category, RoundType
from draws.models.rounds import Round
from draws.recurring.days import LAST_OF_MONTH, Rule, Unit
from lifecycle.tables import RecurringState

MOST_STEPS = 4
MOST_WEEKS = 52
MOST_DAYS = 366


class RecurringPlanQuerySet(models.QuerySet["RecurringPlan"]):
    """Recurring plans."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "RecurringPlanQuerySet":
        """Officers who may read them see all; everybody else none."""
        reads_all = isinstance(user, User) and user.has_perm("draws.view_recurringplan")
        return self if reads_all else self.none()

    def running(self) -> "RecurringPlanQuerySet":
        return self.filter(state=RecurringState.RUNNING)


class RecurringPlan(models.Model):
    """A rule of days at an hour (UTC), and one to four rounds that take turns on them.

    ``author`` set it up, or changed it last: the rounds that it makes are planned in that officer's name, so another
    one confirms them. ``last_turn`` is the step of the last day that took one, 0 before the first. Every day of the
    rule whose time is not after ``settled_to`` has its ``Occurrence``, or came before the plan began to run.
    """

    name = models.CharField(_("name"), max_length=80)
    unit = models.CharField(max_length=10, choices=[(unit.value, unit.value) for unit in Unit])
    every = models.PositiveSmallIntegerField(default=1)
    weekday = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveSmallIntegerField(default=1)
    hour = models.TimeField(_("time (UTC)"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=RecurringState.choices, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    last_turn = models.PositiveSmallIntegerField(default=0, editable=False)
    settled_to = models.DateTimeField(editable=False)

    objects = RecurringPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("recurring plan")
        verbose_name_plural = _("recurring plans")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(every__gte=1, every__lte=MOST_DAYS, weekday__lte=6)
                & models.Q(place__gte=1, place__lte=LAST_OF_MONTH),
                name="a_rule_that_has_days",
            ),
            models.CheckConstraint(
                condition=models.Q(last_day=None) | models.Q(last_day__gte=models.F("first_day")),
                name="last_day_not_before_the_first",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rule(self) -> Rule:
        """Its rule of days."""
        return Rule(
            unit=Unit(self.unit),
            first=self.first_day,
            every=self.every,
            weekday=self.weekday,
            place=self.place,
            last=self.last_day,
        )

    def instant(self, day: date) -> datetime:
        """Return when its round of a day is to run."""
        return datetime.combine(day, self.hour, tzinfo=UTC)

    def day_after(self, at: datetime) -> date:
        """Return the first day on which its hour comes after an instant, whether or not it is one of the rule's."""
        day = at.astimezone(UTC).date()
        return day if self.instant(day) > at else day + timedelta(days=1)

    def is_over(self, at: datetime) -> bool:
        """Whether no day of the rule comes after an instant."""
        return self.rule.day(self.rule.number(self.day_after(at))) is None

    def state_at(self, at: datetime) -> str:
        """The state that holds at an instant, even when the job that ends plans is late."""
        over = self.state == RecurringState.RUNNING and self.is_over(at)
        return RecurringState.ENDED if over else self.state


class RecurringStep(models.Model):
    """One of the rounds that take turns in a plan, by its place among them from 1 on."""

    plan = models.ForeignKey(RecurringPlan, on_delete=models.PROTECT, related_name="steps", db_index=False)
    position = models.PositiveSmallIntegerField()
    round_type = models.CharField(_("type"), max_length=10, choices=RoundType.choices)
    programs = models.PositiveSmallIntegerField(_("programs"), default=0)
    category = models.CharField(_("category"), max_length=20, choices=Category.choices, blank=True)
    size = models.PositiveIntegerField(
        _("number of invitations"), validators=[MinValueValidator(1), MaxValueValidator(100_000)]
    )

    class Meta:
        verbose_name = _("round of a recurring plan")
        verbose_name_plural = _("rounds of a recurring plan")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="one_step_a_place"),
            models.CheckConstraint(
                condition=models.Q(position__gte=1, position__lte=MOST_STEPS), name="one_to_four_steps"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.position}"

    def instruction(self) -> Round:
        """Return the round that it asks for, without its time, not saved."""
        return Round(
            round_type=self.round_type, programs=self.programs, category=self.category, size=self.size
        )

    def round_at(self, instant: datetime) -> Round:
        """Return the round that it asks for at an instant, on that day and the next one, not saved."""
        held = self.instruction()
        held.planned_for = instant
        held.period_from = instant.date()
        return held


class Skipped(models.TextChoices):
    """Why a day of a plan has no round."""

    LATE = "late", _("Its time passed before the portal could plan it.")
    PAUSED = "paused", _("Its time passed while the plan was paused.")
    REFUSED = "refused", _("The rules of that day do not allow its round.")


class Occurrence(models.Model):
    """What became of one day of a plan: the round made for it, or why there is none.

    ``position`` is the step whose turn it took; nothing where the day took no turn.
    """

    plan = models.ForeignKey(
        RecurringPlan, on_delete=models.PROTECT, related_name="occurrences", db_index=False
    )
    day = models.DateField()
    position = models.PositiveSmallIntegerField(null=True)
    round = models.OneToOneField(Round, null=True, on_delete=models.PROTECT, related_name="occurrence")
    skipped = models.CharField(max_length=10, choices=Skipped.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("day of a recurring plan")
        verbose_name_plural = _("days of a recurring plan")
        ordering = ["plan", "day"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "day"], name="one_occurrence_a_day"),
            models.CheckConstraint(
                condition=models.Q(round__isnull=False, skipped="")
                | (models.Q(round=None) & ~models.Q(skipped="")),
                name="a_round_or_why_there_is_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.day}"
