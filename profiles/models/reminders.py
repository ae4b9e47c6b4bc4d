"""What somebody was already reminded of, so that no reminder comes twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Reminder(models.Model):
    """One reminder that went out: what it was about and the day of which it told."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=40, help_text=_("'draft 12', or a profile's number."))
    due_on = models.DateField()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["about", "kind", "due_on"], name="one_reminder_a_day_and_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.about}"
