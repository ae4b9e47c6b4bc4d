"""The account's details, its e-mail address, and the proofs that changing them asks for."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class PlainForm(forms.Form):
    """A form whose errors are said by the page, not by the browser."""

    use_required_attribute = False


class DetailsForm(PlainForm):
    """The names as in the passport, and the language of messages and e-mails."""

    family_name = forms.CharField(
        label=_("Family name"),
        max_length=100,
        help_text=_("As it would stand in a passport, but invent it. With one name only, enter it here."),
        error_messages={
            "required": _("Enter a family name."),
            "max_length": _("A family name has at most %(limit_value)d characters here. Shorten it."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "spellcheck": "false"}),
    )
    given_names = forms.CharField(
        label=_("Given names"),
        max_length=100,
        required=False,
        error_messages={
            "max_length": _("Given names have at most %(limit_value)d characters here. Shorten them.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "spellcheck": "false"}),
    )
    language = forms.ChoiceField(
        label=_("Language of messages and e-mails"),
        choices=User._meta.get_field("language").choices or (),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )


class NewEmailForm(PlainForm):
    """The address that is to take the place of the present one."""

    email = forms.EmailField(
        label=_("New e-mail address"),
        max_length=254,
        help_text=_("We send a code to it. The present address stays until you type that code."),
        error_messages={
            "required": _("Enter an e-mail address, for example name@example.org."),
            "invalid": _("This is not an e-mail address. Enter one like name@example.org."),
            "max_length": _("An e-mail address has at most %(limit_value)d characters. Shorten it."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
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
