"""Asking for e-mail updates about rounds."""

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EmailField, PlainForm


class UpdatesForm(PlainForm):
    """The address at which to hear of rounds."""

    email = EmailField(
        label=_("E-mail address"), help_text=_("It is used for these updates and for nothing else.")
    )
