"""A name as in a passport, in any script."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

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
