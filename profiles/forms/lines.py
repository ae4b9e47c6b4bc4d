"""One line of text, as people type it."""

import unicodedata
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Text

LONGEST_LINE = 150


class LineField(forms.CharField):
    """A line of text in any script; spaces at its ends and doubled ones are taken out. Not required by default."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "max_length": _("This has %(show_value)d characters, and at most %(limit_value)d fit. Shorten it."),
        "unseen": _("This holds characters that cannot be seen. Type it again by hand."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_LINE)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(**{"required": False} | kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(unicodedata.normalize("NFC", str(super().to_python(value) or "")).split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value.isprintable():
            raise ValidationError(self.error_messages["unseen"], code="unseen")
