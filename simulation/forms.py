from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import PortalForm


class RecipientForm(PortalForm):
    """Whose e-mails to show."""

    to = forms.CharField(
        label=_("Sent to this address"),
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "email"}),
    )
    asked_only_sometimes = frozenset({"to"})
