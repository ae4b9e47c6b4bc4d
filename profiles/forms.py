"""What only the profile asks: the names, the code to begin with, the signature."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import RecoveryQuestion
from eligibility.fields import Explanation, PortalForm
from eligibility.forms import AnswerForm

LONGEST_NAME = 150


class NameField(forms.CharField):
    """A name as in a passport, in any script; spaces at its ends and doubled ones are taken out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_NAME)
        super().__init__(**kwargs)
        self.error_messages |= {
            "max_length": _("A name has at most %(limit_value)d characters here. Shorten it."),
        }

    def to_python(self, value: Any) -> str:
        return " ".join(unicodedata.normalize("NFC", str(super().to_python(value) or "")).split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value.isprintable():
            raise ValidationError(
                _("This holds characters that cannot be seen. Type the name again by hand.")
            )


class IdentityForm(AnswerForm):
    """``{"identity": {"family_name": …, "given_names": …}}``; somebody with one name has no given names."""

    family_name = NameField(
        label=_("Family name"),
        help_text=_(
            "As in a passport, but invent it: for example Okafor. With one name only, enter it here."
        ),
        error_messages={"required": _("Enter a family name.")},
        widget=forms.TextInput(attrs={"autocomplete": "family-name", "spellcheck": "false"}),
    )
    given_names = NameField(
        label=_("Given names"),
        help_text=_("All of them, in the passport’s order: for example Amara Grace."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name", "spellcheck": "false"}),
    )
    explanations = {
        "family_name": [
            Explanation(
                _("Why not my real name?"),
                [
                    _(
                        "This is a rehearsal, and your real name is not needed for it. You will sign with the "
                        "names that you invent here."
                    )
                ],
            )
        ]
    }

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> dict[str, Any]:
        return super().initial_of((part or {}).get("identity"))

    def answer(self) -> dict[str, Any]:
        return {"identity": {name: self.cleaned_data[name] for name in ("family_name", "given_names")}}


class ReferenceCodeForm(PortalForm):
    """The personal reference code as somebody types it; whether it works is for the service to say."""

    code = forms.CharField(
        label=_("Personal reference code"),
        help_text=_("From the eligibility check: two letters and ten digits, for example JM1234567890."),
        max_length=60,
        error_messages={
            "required": _("Enter your personal reference code, or go on without a code."),
            "max_length": _("This is too long for a code. Enter two letters and ten digits."),
        },
        widget=forms.TextInput(
            attrs={"class": "input--10 input--code", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


class SignatureForm(PortalForm):
    """The declaration, the name that signs it, and one of the account's security questions."""

    declared = forms.BooleanField(
        label=_("I declare that what I have told in this profile is complete and true."),
        error_messages={"required": _("Tick the declaration to sign. Without it nothing is sent.")},
    )
    signed_as = forms.CharField(
        label=_("Your name"),
        help_text=_("Type your given names, then your family name, as in your personal details."),
        max_length=2 * LONGEST_NAME + 1,
        error_messages={
            "required": _("Type your name to sign."),
            "max_length": _("This is longer than the name in your personal details. Shorten it."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
    )
    answer = forms.CharField(
        max_length=200,
        error_messages={
            "required": _("Answer your security question to sign."),
            "max_length": _("An answer has at most %(limit_value)d characters. Shorten it."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def __init__(self, *args: Any, question: RecoveryQuestion | None = None, **kwargs: Any) -> None:
        """Ask ``question`` as well; an account without security questions is asked none."""
        super().__init__(*args, **kwargs)
        self.question = question
        if question is None:
            del self.fields["answer"]
        else:
            self.fields["answer"].label = question.question
            self.fields["answer"].help_text = _("Your security question. Your hint: {hint}").format(
                hint=question.hint
            )
