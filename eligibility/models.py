"""An anonymous questionnaire, the personal reference code that it may earn, and titles to search occupations by."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lifecycle import clock
from rules import deadlines


class Questionnaire(models.Model):
    """One person's answers, without a name: a partial profile JSON. The session holds its id.

    ``unfinished`` keeps what was typed of an entry that takes several screens, by question; it never moves on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answers = models.JSONField(default=dict, blank=True)
    unfinished = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField(help_text=_("On the portal's clock."))
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return str(self.pk)


class ReferenceCode(models.Model):
    """A personal reference code. Neither the code nor anything it can be computed from without the key is stored."""

    questionnaire = models.OneToOneField(Questionnaire, on_delete=models.CASCADE, related_name="code")
    seed = models.UUIDField(default=uuid.uuid4, editable=False)
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    issued_at = models.DateTimeField(help_text=_("On the portal's clock."))
    redeemed_at = models.DateTimeField(null=True, blank=True)
    redeemed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    created_real_at = models.DateTimeField(default=clock.real_now, editable=False)

    class Meta:
        verbose_name = _("personal reference code")
        verbose_name_plural = _("personal reference codes")

    def __str__(self) -> str:
        return f"code of {self.questionnaire_id}"

    @property
    def expires_at(self) -> datetime:
        """The first instant at which the code no longer works."""
        return deadlines.code_deadline(self.issued_at)


class NocTitle(models.Model):
    """A title that people use for a job, and the unit group of NOC 2021 that it belongs to. Loaded by a command."""

    code = models.CharField(max_length=5)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2)

    class Meta:
        verbose_name = _("example title")
        verbose_name_plural = _("example titles")
        indexes = [
            models.Index(fields=["language", "id"], name="noc_titles_of_a_language"),
            models.Index(fields=["code", "language"], name="noc_titles_of_a_code"),
        ]

    def __str__(self) -> str:
        return self.title
