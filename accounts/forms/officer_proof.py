"""The code of a second factor, typed before an officer's graver acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.factors.second_factors import Way
from accounts.forms.fields import PlainForm

PLACES = {
    Way.APP: _("Enter the code that your authenticator app shows."),
    Way.EMAIL: _("Enter the code that was sent to the e-mail address of your account."),
    Way.RECOVERY: _("Enter one of your recovery codes, which is used up by it."),
}


class SecondFactorForm(PlainForm):
    """One field for the code of any way that the account has."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "input--10 input--code",
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Enter the code.")},
    )
