"""What the history of the jobs is searched by."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import PlainForm
from lifecycle.job_words import WORDS
from lifecycle.models import Outcome


class RunSearch(PlainForm):
    """A job, and how its runs went; whatever is left empty lists all."""

    job = forms.ChoiceField(
        label=_("Job"),
        required=False,
        choices=[("", _("All")), *((job.slug, words[0]) for job, words in WORDS.items())],
    )
    outcome = forms.ChoiceField(
        label=_("How it went"), required=False, choices=[("", _("All")), *Outcome.choices]
    )
    asked_only_sometimes: ClassVar[frozenset[str]] = frozenset({"job", "outcome"})

    def wanted(self) -> dict[str, str]:
        """Return what was chosen, by the columns' names."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
