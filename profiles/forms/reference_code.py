"""The personal reference code to begin with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import PortalForm


class ReferenceCodeForm(PortalForm):
    """The personal reference code as somebody types it; whether it works is for the service to say."""

    code = forms.CharField(
        label=_("Personal reference code"),
        help_text=_("From the eligibility check: two letters and ten digits, for example JM1234567890."),
        max_length=60,
        error_messages={
            "required": _("Enter your personal reference code, or go on without a code."),
            "max_length": _("This is too long for a code. Enter two letters and ten digits."),
        },
        widget=forms.TextInput(
            attrs={"class": "input--10 input--code", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
