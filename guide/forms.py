"""What is typed on the public site."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import PortalForm

LONGEST = 200


class HelpSearch(PortalForm):
    """``q``: what somebody wants to know."""

    q = forms.CharField(
        label=_("What do you want to know?"),
        help_text=_("A word or two, such as ‘language test’ or ‘expired’."),
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    asked_only_sometimes = frozenset({"q"})

    def typed(self) -> str:
        """Return what was typed; empty when it was nothing, or longer than a question."""
        told: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return str(told.get("q", "")).strip()
