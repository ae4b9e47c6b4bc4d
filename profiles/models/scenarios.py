"""Scenarios: 'what if' copies of a candidate's facts, which nobody but their owner sees and nothing is sent from."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    """Scenarios, in the order in which they were made."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "ScenarioQuerySet":
        """Only the account's own."""
        return self.filter(account_id=user.pk) if user.is_authenticated else self.none()


class Scenario(models.Model):
    """A profile JSON changed by hand, under a name, to be compared with the profile as it is."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scenarios")
    name = models.CharField(_("name"), max_length=60)
    facts = models.JSONField()
    made_at = models.DateTimeField(help_text=_("On the portal's clock."))

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"scenario {self.pk}"
