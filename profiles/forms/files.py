"""A profile as a file, chosen to begin a draft from."""

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import PortalForm


class ImportForm(PortalForm):
    """One file; whether it holds a profile is for ``profiles.portable`` to say."""

    file = forms.FileField(
        label=_("Profile file"),
        help_text=_("A file that this portal exported, or any profile JSON, for example profile.json."),
        error_messages={
            "required": _("Choose a file."),
            "missing": _("Choose a file."),
            "empty": _("The file is empty. Choose another one."),
            "invalid": _("The file did not arrive. Choose it again."),
        },
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
