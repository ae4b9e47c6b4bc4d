"""A name as in a passport, in any script."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Text
from profiles.forms.lines import LONGEST_LINE, LineField

LONGEST_NAME = LONGEST_LINE


class NameField(LineField):
    """A name in any script; it is required unless said otherwise."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "max_length": _("A name has at most %(limit_value)d characters here. Shorten it."),
        "unseen": _("This holds characters that cannot be seen. Type the name again by hand."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", name_input())
        super().__init__(**{"required": True} | kwargs)


def name_input(autocomplete: str = "off") -> forms.TextInput:
    """Return an input for a name, in which a browser corrects nothing."""
    return forms.TextInput(attrs={"autocomplete": autocomplete, "spellcheck": "false"})
