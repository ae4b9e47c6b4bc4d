"""The append-only log of every move, and the moves of the portal's clock."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle.words import event_word, state_word, thing_word


class Transition(models.Model):
    """One move of one thing. The database refuses to change or delete a row."""

    machine = models.CharField(_("kind of thing"), max_length=20)
    thing_id = models.BigIntegerField(_("its number inside"))
    source = models.CharField(_("state before"), max_length=20, blank=True)
    event = models.CharField(_("move"), max_length=30)
    target = models.CharField(_("state after"), max_length=20)
    at = models.DateTimeField(_("when"), help_text="On the portal's clock.")
    real_at = models.DateTimeField(_("when in real time"), help_text="On the real clock.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False, verbose_name=_("by")
    )
    cause = models.CharField(_("cause"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("log of moves")
        indexes = [models.Index(fields=["machine", "thing_id", "id"])]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.machine} {self.thing_id}: {self.source or '-'} -> {self.target}"

    @property
    def machine_words(self) -> str:
        """What kind of thing moved, for people."""
        return str(thing_word(self.machine))

    @property
    def event_words(self) -> str:
        """What happened to it, for people."""
        return str(event_word(self.event, self.machine))

    @property
    def source_words(self) -> str:
        """The state before, for people; empty for a new thing."""
        return str(state_word(self.machine, self.source))

    @property
    def target_words(self) -> str:
        """The state after, for people."""
        return str(state_word(self.machine, self.target))


class ClockTravel(models.Model):
    """One move of the portal's clock. The newest row's offset is in force."""

    offset = models.DurationField()
    real_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"+{self.offset}"
