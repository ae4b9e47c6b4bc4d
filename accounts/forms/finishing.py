"""What a new account is asked once: recovery questions, details, the code that proves an address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import LONGEST_LINE, AnswerField, EmailField, NameField, PlainForm
from accounts.models import RecoveryQuestion
from accounts.recovering.recovery_questions import (
    SHORTEST_ANSWER,
    SUGGESTED,
    Told,
    in_language,
    is_right,
    plain,
)

OWN = "own"


class QuestionForm(PlainForm):
    """A recovery question, its answer and a hint. ``others`` are the account's other questions."""

    question = forms.ChoiceField()
    own = forms.CharField(
        label=_("Question of my own"),
        help_text=_("Only if you chose “A question of my own”: one that only you can answer."),
        required=False,
        max_length=LONGEST_LINE,
        error_messages={
            "max_length": _("A question has at most %(limit_value)d characters here. Shorten it.")
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    answer = AnswerField(
        label=_("Answer"),
        help_text=_("Invent it, and remember it. At least 3 characters; capital letters do not matter."),
    )
    hint = forms.CharField(
        label=_("Hint"),
        help_text=_("It is shown beside the question when you are asked. It must not hold the answer."),
        max_length=LONGEST_LINE,
        error_messages={
            "required": _("Enter a hint that helps you, and nobody else, to remember the answer."),
            "max_length": _("A hint has at most %(limit_value)d characters. Shorten it."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    asked_only_sometimes = frozenset({"own"})

    def __init__(self, *args: Any, others: Sequence[RecoveryQuestion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = others
        used = {other.question for other in others}
        free = [(str(place), text) for place, text in enumerate(SUGGESTED) if str(text) not in used]
        choices = [("", _("Choose a question")), *free, (OWN, _("A question of my own"))]
        self.fields["question"] = forms.ChoiceField(
            label=_("Question"),
            choices=choices,
            error_messages={"required": _("Choose a question, or “A question of my own”.")},
        )

    def clean_answer(self) -> str:
        answer = str(self.cleaned_data["answer"])
        if len(plain(answer)) < SHORTEST_ANSWER:
            raise ValidationError(_("An answer has at least 3 characters. Enter a longer one."), code="short")
        if any(is_right(other, answer) for other in self.others):
            raise ValidationError(
                _("This is the answer to another of your questions. Give each question its own answer."),
                code="same",
            )
        return answer

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("question") == OWN:
            self._check_own(plain(typed.get("own", "")))
        if {"hint", "answer"} <= typed.keys() and plain(typed["answer"]) in plain(typed["hint"]):
            self.add_error("hint", _("The hint holds the answer. Enter a hint that does not give it away."))
        return typed

    def _check_own(self, own: str) -> None:
        if not own and "own" not in self.errors:
            self.add_error("own", _("Enter your own question, or choose one from the list."))
        elif own in {plain(other.question) for other in self.others}:
            self.add_error("own", _("You have this question already. Enter another one."))

    def told(self) -> Told:
        """Return the question as it is to be kept."""
        typed = self.cleaned_data
        question = (
            typed["own"].strip() if typed["question"] == OWN else str(SUGGESTED[int(typed["question"])])
        )
        return Told(question, typed["hint"].strip(), typed["answer"])


class FirstDetailsForm(PlainForm):
    """Who the account is for, as in an invented passport, where e-mails go, and the language of both."""

    family_name = NameField(
        part="family-name",
        label=_("Family name"),
        help_text=_("As it would stand in a passport, but invent it. With one name only, enter it here."),
    )
    given_names = NameField(
        part="given-name",
        label=_("Given names"),
        help_text=_("All of them, in the order of the passport."),
        required=False,
    )
    email = EmailField(
        label=_("E-mail address"),
        help_text=_(
            "A code goes to it, which you enter on the next page. In the demo, e-mails go nowhere: a page shows "
            "all of them, and an invented address such as name@example.org will do."
        ),
    )
    language = forms.ChoiceField(
        label=_("Language of your messages and e-mails"),
        choices=[("en", _("English")), ("fr", _("French"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class CodeForm(PlainForm):
    """A code that was sent, or that an app or a list of recovery codes shows."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        error_messages={
            "required": _("Enter the code."),
            "max_length": _("This is too long for a code. Enter its digits only."),
        },
        widget=forms.TextInput(
            attrs={
                "class": "input--10 input--code",
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "spellcheck": "false",
            }
        ),
    )


class AnswerForm(PlainForm):
    """The answer to a security question of the account."""

    answer = AnswerField()

    def __init__(self, *args: Any, question: RecoveryQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = in_language(question)
        self.fields["answer"].help_text = _("Your hint: {hint}").format(hint=question.hint)


class CredentialField(forms.JSONField):
    """What the browser's script puts in: an object, sent once and never back."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)

    def prepare_value(self, _value: Any) -> str:
        return ""

    def clean(self, value: Any) -> Any:
        """Return the object; anything else is None, which is nobody's passkey."""
        try:
            given = super().clean(value)
        except ValidationError:
            return None
        return given if isinstance(given, dict) else None


class FactorNameForm(PlainForm):
    """What its owner calls a passkey or an authenticator app."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("So that you know it again, for example Laptop or Blue key."),
        max_length=60,
        error_messages={
            "required": _("Enter a name."),
            "max_length": _("A name has at most %(limit_value)d characters here. Shorten it."),
        },
        widget=forms.TextInput(attrs={"class": "input--20", "autocomplete": "off"}),
    )


class PasskeyForm(FactorNameForm):
    """What the browser made of a passkey, and the owner's name for it."""

    credential = CredentialField()


class ShownPasskeyForm(PlainForm):
    """What the browser shows of a passkey."""

    credential = CredentialField()
