"""What a mail server refused."""

from datetime import datetime

from django.db import models


class Refusable(models.Model):
    """Something told by e-mail, which a mail server can refuse: how often it did, and when to try again. Real time."""

    refusals = models.PositiveSmallIntegerField(
        default=0, db_default=0, editable=False, help_text="How often the mail server refused its e-mail."
    )
    try_again_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def due(at: datetime) -> models.Q:
    """Return the condition on a ``Refusable`` that it does not wait for another try at an instant of real time."""
    return models.Q(try_again_at=None) | models.Q(try_again_at__lte=at)
