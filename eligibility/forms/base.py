"""What the forms of every fact share: JSON in, fields; fields in, JSON out."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import in_words
from eligibility.fields import DatePartsField, PortalForm, Text, YesNoField

Part = dict[str, Any]


class PastDateField(DatePartsField):
    """A day that is over or today; the form sets the limit to the portal's day."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "too_late": _("%(typed)s is still to come. Enter today’s date, %(limit)s, or an earlier day."),
    }


class AnswerForm(PortalForm):
    """One kind of fact: checks what is typed, and speaks the profile JSON on both sides.

    ``today`` is the portal's day. ``initial_of`` turns a part of the answers into ``initial``; ``answer``
    turns a valid form into the same part. Whether the fact earns anything is for ``rules`` to say.
    """

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for field in self.fields.values():
            if isinstance(field, PastDateField):
                field.latest = today

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        """Return the fields' initial values; none for what is not answered."""
        fields = cls.base_fields
        return {name: read(fields[name], value) for name, value in (part or {}).items() if name in fields}

    def answer(self) -> Any:
        """Return the part of the answers that this valid form stands for."""
        return {name: written(value) for name, value in self.cleaned_data.items()}

    @classmethod
    def showing(cls, part: Mapping[str, Any] | None, *, today: date, **kwargs: Any) -> Self:
        """Return the form filled with what was answered before."""
        return cls(initial=cls.initial_of(part), today=today, **kwargs)


class YesOrNoForm(AnswerForm):
    """A question whose answer opens further ones; ``answer`` is True or False."""

    answered = YesNoField(label=_("Yes or no"))

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        """Take a part that is ``None`` or empty as no, anything else as yes."""
        return {"answered": bool(part)}

    def answer(self) -> bool:
        return bool(self.cleaned_data["answered"])


def read(field: forms.Field, value: Any) -> Any:
    """Return a JSON value as the field's initial value."""
    return date.fromisoformat(value) if isinstance(field, DatePartsField) and value else value


def written(value: Any) -> Any:
    """Return a cleaned value as JSON: days as YYYY-MM-DD, nothing typed as null."""
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def end_before_start(start: date, end: date) -> Text:
    """Return what to say when a period ends before it starts."""
    words = {"end": in_words(end), "start": in_words(start)}
    return (
        _("The last day, %(end)s, is before the first day, %(start)s. Check the month and the year.") % words
    )
