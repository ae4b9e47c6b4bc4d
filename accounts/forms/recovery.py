"""What the ways back into an account ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.details import CodeForm, NewEmailForm, PasswordProofForm
from accounts.forms.fields import AnswerField, EmailField, PlainForm
from accounts.models import RecoveryQuestion, User
from accounts.recovering.recovery_questions import in_language

USERNAME_ATTRS = {
    "autocomplete": "username",
    "autocapitalize": "none",
    "spellcheck": "false",
    "class": "input--20",
}


class UsernameForm(PlainForm):
    """Which account it is about."""

    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        error_messages={
            "required": _("Enter your username."),
            "max_length": _("A username has at most %(limit_value)d characters. Shorten it."),
        },
        widget=forms.TextInput(attrs=USERNAME_ATTRS),
    )


class SignedForm(UsernameForm, PasswordProofForm):
    """Which account it is about, and its password."""

    field_order = ("username", "password")


class AddressForm(PlainForm):
    """The address of the accounts whose usernames were forgotten."""

    email = EmailField(label=_("E-mail address of the account"))


class RecoveryCodeForm(CodeForm):
    """One of the recovery codes that were shown once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Recovery code")
        self.fields["code"].help_text = _(
            "One of the codes that you kept when you set up your account. Each works once."
        )
        self.fields["code"].widget.attrs |= {"autocomplete": "off", "inputmode": "text"}
        self.fields["code"].error_messages["required"] = _("Enter a recovery code.")


class FactorForm(CodeForm):
    """A code of any second factor that is typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].help_text = _("From your authenticator app, or one of your recovery codes.")
        self.fields["code"].widget.attrs |= {"inputmode": "text"}
        self.fields["code"].error_messages["required"] = _("Enter a code.")


class EmailedFactorForm(FactorForm):
    """The same, of an account whose second factor is a code by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _(
            "From the e-mail that we have just sent, from your authenticator app, or one of your recovery codes."
        )


class AnswersForm(PlainForm):
    """An answer to each of the account's recovery questions."""

    def __init__(self, *args: Any, questions: list[RecoveryQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"answer_{question.number}"] = AnswerField(
                label=in_language(question), help_text=_("Your hint: %(hint)s") % {"hint": question.hint}
            )

    def typed(self) -> list[tuple[RecoveryQuestion, str]]:
        """Return each question with what was answered."""
        return [(one, self.cleaned_data[f"answer_{one.number}"]) for one in self.questions]


class VerifiedEmailForm(NewEmailForm):
    """The new address of somebody who lost the old one."""

    def __init__(self, *args: Any, account: User, **kwargs: Any) -> None:
        super().__init__(*args, present=account.email, **kwargs)
        self.fields["email"].help_text = _("We send a code to it, which you type on the next page.")
