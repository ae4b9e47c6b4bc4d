"""What a profile asks although no rule reads it: forms that say their answers in words.

Which fields are asked follows the published accounts of the real forms; their limits, which of them may stay empty,
and what is only told about are the simulator's choice.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _

from eligibility.date_parts import in_words
from eligibility.fields import DatePartsField, Text
from eligibility.forms import AnswerForm

Told = Mapping[str, Any]


class OwnForm(AnswerForm):
    """A form of the personal part. ``headings`` names a group of fields by the first of them."""

    template_name = "profiles/fields/grouped.html"
    headings: ClassVar[Mapping[str, Text]] = {}

    def get_context(self) -> dict[str, Any]:
        return {**super().get_context(), "groups": self.groups()}

    def groups(self) -> list[tuple[Text, list[BoundField]]]:
        """Return the fields under their headings; those before the first heading stand under an empty one."""
        groups: list[tuple[Text, list[BoundField]]] = [("", [])]
        for bound in self:
            if bound.name in self.headings:
                groups.append((self.headings[bound.name], []))
            groups[-1][1].append(bound)
        return [(heading, fields) for heading, fields in groups if fields]

    @classmethod
    def rows(cls, told: Told) -> list[tuple[Text, str]]:
        """Return (label, answer in words) of what was told, in the order of the fields."""
        return [
            (field.label or "", words(field, told[name]))
            for name, field in cls.base_fields.items()
            if name in told
        ]

    @classmethod
    def notes(cls, _told: Told, _today: date) -> list[str]:
        """Return what is told about these answers although they are not refused, a sentence or two each."""
        return []


def words(field: forms.Field, value: Any) -> str:
    """Return an answer to a field in words."""
    if value is None or value == "":
        return _("Not given")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, DatePartsField):
        return in_words(date.fromisoformat(value))
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.widget.choices).get(value, value))
    return str(value)
