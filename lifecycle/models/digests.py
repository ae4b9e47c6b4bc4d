"""The chain of digests that seals the append-only logs."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class LogDigest(models.Model):
    """The digest of one log for one day of real time, made after the day's end. The database refuses to change a row.

    It covers the rows after ``after_id`` up to ``last_id``: all that were written since the digest before. ``digest``
    is of the digest before, of this row's own fields, and of the rows; see ``lifecycle.digests``.
    """

    log = models.CharField(max_length=40)
    day = models.DateField()
    after_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    rows = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("digest of a log")
        verbose_name_plural = _("digests of the logs")
        ordering: ClassVar[list[str]] = ["log", "id"]
        constraints = [
            models.UniqueConstraint(fields=["log", "day"], name="one_digest_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.day} {self.digest}"
