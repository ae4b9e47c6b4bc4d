"""The narrow pool: the only place of a profile's state."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle.tables import AGEING_PROFILE, ProfileState
from profiles.models.submitted import Profile


class PoolEntry(models.Model):
    """A profile's place: state, score, and what a round asks of it. Narrow, beside the wide rows."""

    profile = models.OneToOneField(Profile, on_delete=models.PROTECT, primary_key=True, related_name="entry")
    state = models.CharField(max_length=20, choices=ProfileState.choices, editable=False)
    score = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField(_("first submitted"))
    expires_at = models.DateTimeField()
    programs = models.PositiveSmallIntegerField()
    categories = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    next_change_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "pool"
        verbose_name = _("pool entry")
        verbose_name_plural = _("pool")
        indexes = [
            models.Index(
                models.F("score").desc(),
                "submitted_at",
                "profile",
                name="pool_in_order",
                include=["programs", "categories", "expires_at"],
                condition=models.Q(state=ProfileState.IN_POOL),
            ),
            models.Index(
                fields=["next_change_on"], name="pool_to_assess", condition=models.Q(state__in=AGEING_PROFILE)
            ),
            models.Index(
                fields=["expires_at"], name="pool_to_expire", condition=models.Q(state__in=AGEING_PROFILE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}: {self.score}"

    def state_at(self, at: datetime) -> str:
        """The state that holds at an instant, even when the job that expires profiles is late."""
        due = self.state in AGEING_PROFILE and at >= self.expires_at
        return ProfileState.EXPIRED if due else self.state
