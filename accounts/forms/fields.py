"""What several forms of accounts have in common: fields that say the same of the same wrong entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_LINE = 200


class PlainForm(forms.Form):
    """A form whose errors are said by the page, not by the browser."""

    use_required_attribute = False


class EmailField(forms.EmailField):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        told = {
            "required": _("Enter an e-mail address, for example name@example.org."),
            "invalid": _("This is not an e-mail address. Enter one like name@example.org."),
            "max_length": _("An e-mail address has at most %(limit_value)d characters. Shorten it."),
        }
        typed = forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"})
        super().__init__(max_length=254, error_messages=told, widget=typed, **kwargs)


class NameField(forms.CharField):
    """A part of a name as in the passport; ``part`` is what browsers call it."""

    def __init__(self, *, part: str, **kwargs: Any) -> None:
        told = {
            "required": _("Enter a family name."),
            "max_length": _("A name has at most %(limit_value)d characters here. Shorten it."),
        }
        typed = forms.TextInput(attrs={"autocomplete": part, "spellcheck": "false"})
        super().__init__(max_length=100, error_messages=told, widget=typed, **kwargs)


class AnswerField(forms.CharField):
    """The answer to a security question, in the account's own words."""

    def __init__(self, **kwargs: Any) -> None:
        told = {
            "required": _("Enter your answer."),
            "max_length": _("An answer has at most %(limit_value)d characters. Shorten it."),
        }
        typed = forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        )
        super().__init__(max_length=LONGEST_LINE, error_messages=told, widget=typed, **kwargs)
