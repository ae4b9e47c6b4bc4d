"""Asking for e-mail updates about rounds."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UpdatesForm(forms.Form):
    """The address at which to hear of rounds. Its errors are said by the page, not by the browser."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("It is used for these updates and for nothing else."),
        error_messages={
            "required": _("Enter an e-mail address."),
            "invalid": _("Enter an e-mail address with an @ and a domain, for example name@example.com."),
            "max_length": _("An e-mail address has at most %(limit_value)d characters. Shorten it."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false", "class": "input--20"}),
    )
