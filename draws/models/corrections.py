"""When a round was wrong: what one officer prepares, and what was done once another had confirmed it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from draws.models.rounds import Round
from lifecycle.tables import CorrectionState

LONGEST_REASON = 600
WAITING = (CorrectionState.PREPARED, CorrectionState.CONFIRMED)


class Reasoned(models.Model):
    """A reason as the public and the candidates read it, in both languages."""

    reason_en = models.TextField(_("reason in English"), max_length=LONGEST_REASON)
    reason_fr = models.TextField(_("reason in French"), max_length=LONGEST_REASON)

    class Meta:
        abstract = True

    @property
    def reason(self) -> str:
        """The reason in the language in force."""
        return self.reason_fr if (get_language() or "").startswith("fr") else self.reason_en


class PlannedCorrection(Reasoned):
    """A correction as it was prepared: which of a round's invitations are to be withdrawn, and why.

    ``invitations`` are their keys, by rank. ``asked`` says how they were chosen; ``forecast`` counts what their
    profiles would have become when it was prepared, by state. A round has at most one that waits.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="planned_corrections")
    state = models.CharField(_("state"), max_length=20, choices=CorrectionState.choices, editable=False)
    invitations = ArrayField(models.BigIntegerField(), editable=False)
    asked = models.JSONField(editable=False)
    forecast = models.JSONField(editable=False)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    prepared_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("prepared correction")
        verbose_name_plural = _("prepared corrections")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=models.Q(state__in=WAITING),
                name="one_waiting_correction_a_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.state}"


class RoundCorrection(Reasoned):
    """A correction that was carried out. The database refuses to change or delete it.

    ``withdrawn`` invitations were taken back; of their profiles, ``returned`` went to the pool, ``ineligible`` no
    longer met a program, and ``expired`` were past their 12 months. ``kept`` of the prepared list had been answered,
    or had lapsed, by then. ``digest`` is the SHA-256 of the keys of the invitations that were taken back, by rank.
    """

    planned = models.OneToOneField(PlannedCorrection, on_delete=models.PROTECT, related_name="done")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="corrections")
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(help_text=_("On the portal's clock."))
    withdrawn = models.PositiveIntegerField()
    returned = models.PositiveIntegerField()
    ineligible = models.PositiveIntegerField()
    expired = models.PositiveIntegerField()
    kept = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("correction of a round")
        verbose_name_plural = _("corrections of rounds")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.round_id}: {self.withdrawn}"
