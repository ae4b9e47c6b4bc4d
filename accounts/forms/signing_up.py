"""Signing up by key, one question a page."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import PlainForm
from accounts.joining.signing_up import username_is_taken
from accounts.models import User

LONGEST_PASSWORD = 4096

USERNAME_CHARACTERS = UnicodeUsernameValidator(
    message=_(
        "A username has only letters, digits and the signs @ . + - and _. Take the other characters out."
    )
)


class UsernameForm(PlainForm):
    """The username, free at this moment."""

    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        validators=[USERNAME_CHARACTERS],
        help_text=_(
            "You sign in with it. Do not use your real name: invent one, for example blue-heron-42. "
            "Letters, digits and @ . + - _ are allowed."
        ),
        error_messages={
            "required": _("Enter a username."),
            "max_length": _("A username has at most %(limit_value)d characters. Shorten it."),
        },
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "input--20",
            }
        ),
    )

    def clean_username(self) -> str:
        username = str(User.normalize_username(self.cleaned_data["username"]))
        if username_is_taken(username):
            raise ValidationError(_("This username is taken. Choose another one."), code="taken")
        return username


def _password_rules() -> str:
    return " ".join(str(rule) for rule in password_validators_help_texts())


class PasswordForm(PlainForm):
    """A password twice, judged by the rules that the page shows. It needs the account that it will protect."""

    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        help_text=lazy(_password_rules, str)(),
        error_messages={
            "required": _("Enter a password."),
            "max_length": _("A password has at most %(limit_value)d characters. Shorten it."),
        },
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "input--20"}),
    )
    password2 = forms.CharField(
        label=_("The same password again"),
        strip=False,
        error_messages={
            "required": _("Enter the password a second time, so that no slip of the hand locks you out.")
        },
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "input--20"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if {"password1", "password2"} <= typed.keys() and typed["password1"] != typed["password2"]:
            self.add_error("password2", _("The two passwords differ. Type the same one in both places."))
        return typed
