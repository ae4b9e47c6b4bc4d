"""The account's details, its e-mail address, and the proofs that changing them asks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import EmailField, NameField, PlainForm
from accounts.models import User


class DetailsForm(PlainForm):
    """The names as in the passport, and the language of messages and e-mails."""

    family_name = NameField(
        part="family-name",
        label=_("Family name"),
        help_text=_("As it would stand in a passport, but invent it. With one name only, enter it here."),
    )
    given_names = NameField(part="given-name", label=_("Given names"), required=False)
    language = forms.ChoiceField(
        label=_("Language of messages and e-mails"),
        choices=User._meta.get_field("language").choices or (),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )


class NewEmailForm(PlainForm):
    """The address that is to take the place of the present one."""

    email = EmailField(
        label=_("New e-mail address"),
        help_text=_("We send a code to it. The present address stays until you type that code."),
    )

    def __init__(self, *args: Any, present: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = present

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if email == self.present.lower():
            raise ValidationError(_("This is your e-mail address already. Enter the new one."), code="same")
        return email


class CodeForm(PlainForm):
    """The six digits that came by e-mail."""

    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=20,
        help_text=_("Six digits. They are good for 10 minutes."),
        error_messages={
            "required": _("Enter the six digits from the e-mail."),
            "max_length": _("The code has six digits. Take everything else out."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "input--10 input--code"}
        ),
    )


class PasswordProofForm(PlainForm):
    """The account's password, asked for once more."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=4096,
        error_messages={
            "required": _("Enter your password."),
            "max_length": _("A password has at most %(limit_value)d characters. Shorten it."),
        },
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "input--20"}),
    )
