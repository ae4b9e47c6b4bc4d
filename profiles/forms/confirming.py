"""What a province's staff enter to confirm a nomination."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import DatePartsField
from eligibility.fields import PortalForm

LONGEST = 20
NEXT_DAY = timedelta(days=1)


class ConfirmNominationForm(PortalForm):
    """The profile number and the validation code, and the days of the certificate."""

    number = forms.CharField(
        label=_("Profile number"),
        help_text=_("The letter E and nine digits, for example E001542864. The candidate gives it to you."),
        max_length=LONGEST,
        error_messages={
            "required": _("Enter the profile number."),
            "max_length": _("This is too long for a profile number. Enter the letter E and nine digits."),
        },
        widget=forms.TextInput(
            attrs={"class": "input--10 input--code", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    code = forms.CharField(
        label=_("Job Seeker validation code"),
        help_text=_("Eight letters and digits. The candidate gives it to you as well."),
        max_length=LONGEST,
        error_messages={
            "required": _("Enter the validation code."),
            "max_length": _("This is too long for a validation code. Enter eight letters and digits."),
        },
        widget=forms.TextInput(
            attrs={"class": "input--10 input--code", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    issued_on = DatePartsField(
        label=_("Day on which the nomination was issued"),
        help_text=_("As it stands on the certificate, for example 14 9 2026."),
    )
    expires_on = DatePartsField(
        label=_("Last day on which it is valid"),
        help_text=_("As it stands on the certificate. Leave it out if none stands there."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """``today`` is the last day on which a nomination can have been issued."""
        super().__init__(*args, **kwargs)
        for name, earliest, latest in (("issued_on", None, today), ("expires_on", today + NEXT_DAY, None)):
            field = self.fields[name]
            if isinstance(field, DatePartsField):
                field.earliest, field.latest = earliest, latest
