"""Forms of the pages that belong to no single room."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import PlainForm
from accounts.models import User


class CloseForm(PlainForm):
    """The account's own username, typed as a confirmation."""

    username = forms.CharField(
        label=_("Type the username of this account to confirm"),
        max_length=150,
        error_messages={
            "required": _("Type the username of this account."),
            "max_length": _("This is not the username of this account. Type it as it stands above."),
        },
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "class": "input--20",
            }
        ),
    )

    def __init__(self, *args: Any, username: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = username

    def clean_username(self) -> str:
        typed = str(User.normalize_username(self.cleaned_data["username"]))
        if typed.casefold() != self.expected.casefold():
            raise ValidationError(
                _("This is not the username of this account. Type it as it stands above."), code="differs"
            )
        return typed
