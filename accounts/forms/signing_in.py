"""Signing in."""

from typing import Any, ClassVar

from allauth.account.forms import LoginForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """Username and password. What is wrong is never told more exactly than 'one of them'."""

    use_required_attribute = False
    labels: ClassVar[dict[str, Any]] = {"login": _("Username"), "password": _("Password")}
    missing: ClassVar[dict[str, Any]] = {
        "login": _("Enter your username."),
        "password": _("Enter your password."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels[name]
            field.help_text = ""
            field.error_messages["required"] = self.missing[name]
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs["class"] = "input--20"
        self.fields["login"].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except ValidationError as refusal:
            if refusal.code != "username_password_mismatch":
                raise
            raise ValidationError(
                _now(
                    "The username or the password is not right. Check both; "
                    "small and capital letters of the password differ."
                ),
                code=refusal.code,
            ) from None
