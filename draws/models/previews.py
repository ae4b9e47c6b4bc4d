"""What officers had before their eyes when they let a round go."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from draws.models.rounds import Round


class Seen(models.Model):
    """The preview that an officer confirmed, for a planned time or at once: never changed but for what came of it.

    ``profiles`` is the list that would have been invited, best first. ``entered`` and ``left`` count the profiles that
    were invited without having been on it, and the other way round; ``None`` until the round ran and was compared.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="seen")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    instruction = models.CharField(max_length=64)
    token = models.CharField(max_length=64)
    profiles = ArrayField(models.BigIntegerField())
    cutoff = models.PositiveSmallIntegerField(null=True)
    tie_break_at = models.DateTimeField(null=True)
    entered = models.PositiveIntegerField(null=True)
    left = models.PositiveIntegerField(null=True)

    class Meta:
        verbose_name = _("confirmed preview")
        verbose_name_plural = _("confirmed previews")
        ordering = ["round", "pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.token[:8]}"
