"""The declaration, the name and the security question that sign a profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import RecoveryQuestion
from accounts.recovering.recovery_questions import in_language
from eligibility.fields import PortalForm
from profiles.forms.names import LONGEST_NAME


class SignatureForm(PortalForm):
    """The declaration, the name that signs it, and one of the account's security questions."""

    declared = forms.BooleanField(
        label=_("I agree, and I declare that what I have told in this profile is complete and true."),
        error_messages={"required": _("Tick the declaration to sign. Without it nothing is sent.")},
    )
    signed_as = forms.CharField(
        label=_("Your name"),
        help_text=_(
            "Type your given names, then your family name, as in the passport and in your personal details."
        ),
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
            self.fields["answer"].label = in_language(question)
            self.fields["answer"].help_text = _("Your security question. Your hint: {hint}").format(
                hint=question.hint
            )
