"""The append-only log of every move, and the moves of the portal's clock."""

from django.conf import settings
from django.db import models


class Transition(models.Model):
    """One move of one thing. The database refuses to change or delete a row."""

    machine = models.CharField(max_length=20)
    thing_id = models.BigIntegerField()
    source = models.CharField(max_length=20, blank=True)
    event = models.CharField(max_length=30)
    target = models.CharField(max_length=20)
    at = models.DateTimeField(help_text="On the portal's clock.")
    real_at = models.DateTimeField(help_text="On the real clock.")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False)
    cause = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["machine", "thing_id", "id"])]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.machine} {self.thing_id}: {self.source or '-'} -> {self.target}"


class ClockTravel(models.Model):
    """One move of the portal's clock. The newest row's offset is in force."""

    offset = models.DurationField()
    real_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"+{self.offset}"
