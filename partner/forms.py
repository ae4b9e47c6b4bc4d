"""What the partner asks."""

from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from partner import customers, limits

CUSTOMER_NAME = RegexValidator(
    r"^[a-zA-Z0-9-]+\Z",
    _("A customer name has only letters, digits and hyphens. Take the other characters out."),
)


class CustomerForm(forms.Form):
    """Customer name and password at one institution.

    After ``is_valid()``, ``customer`` is who it is, or ``wait`` the seconds until the next try is allowed.
    """

    use_required_attribute = False
    error_css_class = "field--error"
    customer: AbstractBaseUser | None = None
    wait = 0.0

    name = forms.CharField(
        label=_("Customer name"),
        max_length=60,
        error_messages={"required": _("Enter your customer name.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        error_messages={"required": _("Enter your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, institution: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.request = request
        self.institution = institution


class SignInForm(CustomerForm):
    """Sign in. What is wrong is never told more exactly than 'one of them'."""

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if {"name", "password"} <= typed.keys():
            self._judge(customers.username(self.institution, typed["name"]), typed["password"])
        return typed

    def _judge(self, username: str, password: str) -> None:
        self.wait = limits.wait_before(self.request, limits.SIGN_IN, username)
        if self.wait:
            return
        self.customer = customers.find(self.request, username=username, password=password)
        if self.customer is None:
            self.add_error(
                "password", _("The customer name or the password is not right. Check both, then try again.")
            )
        else:
            limits.give_back(self.request, limits.SIGN_IN, username)


class OpenAccountForm(CustomerForm):
    """Become a customer: a name that is free, and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(CUSTOMER_NAME)
        self.fields["name"].help_text = _("Invent one of letters, digits and hyphens, not your real name.")
        self.fields["password"].help_text = _(
            "At least 8 characters. Do not use one that you use anywhere else."
        )
        self.fields["password"].widget.attrs["autocomplete"] = "new-password"

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if {"name", "password"} <= typed.keys():
            self._open(customers.username(self.institution, typed["name"]), typed["password"])
        return typed

    def _open(self, username: str, password: str) -> None:
        self.wait = limits.wait_before(self.request, limits.OPEN_ACCOUNT)
        if self.wait:
            return
        self.customer = customers.open_account(username=username, password=password)
        if self.customer is None:
            self.add_error("name", _("This institution has a customer of that name. Choose another one."))
