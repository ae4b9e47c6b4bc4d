"""How the jobs are: one row a job, and one line for each run that did something, failed, or was asked for.

Written by ``lifecycle.jobs`` only. Nothing here tells of a person: an error is kept by its kind, never by its words.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """How a run is. ``died``: its process ended without a word."""

    WAITING = "waiting", _("Asked for, not begun yet")
    RUNNING = "running", _("Running")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Failed")
    DIED = "died", _("Broke off: its process ended without a word")


class JobState(models.Model):
    """The last run of one job, and how often it ran. All instants are real time.

    ``outcome`` is of the last run that began; ``well_at`` is when one last ended well. ``alerted_at`` is when the
    administrators were told that it is overdue; it is empty again once the job ends well.
    """

    job = models.CharField(max_length=40, primary_key=True)
    known_since = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True)
    well_at = models.DateTimeField(null=True)
    runs = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    alerted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering: ClassVar[list[str]] = ["job"]

    def __str__(self) -> str:
        return f"{self.job} {self.outcome}"


class JobRun(models.Model):
    """One run of a job: real instants, the portal's instant ``at`` that it worked for, and how many it has done so far.

    ``done`` grows in the transactions that do the work. ``error`` is the kind of an error, such as ``LostRace``. A job
    that fails in the same way again and again has one line for it, of so many ``times``, up to the last ``ended_at``.
    """

    job = models.CharField(max_length=40)
    outcome = models.CharField(max_length=10)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    progress_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    at = models.DateTimeField(null=True, help_text="On the portal's clock.")
    done = models.BigIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True)
    times = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        ordering: ClassVar[list[str]] = ["-id"]
        indexes = [
            models.Index(fields=["job", "-id"]),
            models.Index(
                fields=["job"],
                name="job_runs_open",
                condition=models.Q(outcome__in=[Outcome.WAITING, Outcome.RUNNING]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["job"], name="asked_for_once", condition=models.Q(outcome=Outcome.WAITING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job} {self.pk}: {self.outcome}"

    @property
    def outcome_words(self) -> str:
        """How the run is, for people."""
        return str(Outcome(self.outcome).label)
