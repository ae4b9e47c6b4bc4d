"""Entries with more to tell than the law reads, and a box to confirm what cannot well be.

Which details are asked, their limits and their examples are the simulator's choice after the published forms.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Text
from eligibility.forms.base import Part, read, written
from profiles.doubts import Doubt, claim
from profiles.facts import DETAILS
from profiles.forms.lines import LineField
from profiles.forms.own import OwnForm, words

SURE = "sure"


class NumberOnPaperField(LineField):
    """A number as a paper prints it: letters, digits, spaces, points, slashes and hyphens."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "not_a_number": _(
            "‘%(typed)s’ holds a character that such a number does not have. "
            "Enter letters, digits, hyphens and slashes only."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        look = {"autocomplete": "off", "spellcheck": "false", "class": "input--10 input--code"}
        super().__init__(**{"max_length": 40, "widget": forms.TextInput(attrs=look)} | kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if not all(letter.isascii() and (letter.isalnum() or letter in " ./-") for letter in value):
            raise ValidationError(
                self.error_messages["not_a_number"], code="not_a_number", params={"typed": value}
            )


class SureField(forms.MultipleChoiceField):
    """The boxes 'Yes, this is right', one a doubt."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, keys: Iterable[str]) -> None:
        boxes = [(key, claim(key)) for key in keys if claim(key)]
        super().__init__(
            label=_("Please check"),
            help_text=_("Tick only what you have checked."),
            choices=boxes,
            required=False,
        )


class DetailedForm(OwnForm):
    """An entry's form with fields beside its facts: ``detailed`` names them, ``answer`` keeps them as ``details``.

    ``unkept`` fields only help to fill in others. ``born`` is the birth date of whom the entry is about, where it is
    known. What ``doubts`` yields is asked at its field, with a box to confirm it; confirmed doubts are kept in the
    details, under ``sure``.
    """

    detailed: ClassVar[tuple[str, ...]] = ()
    unkept: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, born: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born = born
        self.confirmed: list[str] = []
        if not self.is_bound and (kept := self.initial.get(SURE)):
            self._ask_at(None, kept)

    @classmethod
    def initial_of(cls, part: Mapping[str, Any] | None) -> Part:
        told = (part or {}).get(DETAILS) or {}
        fields = cls.base_fields
        details = {name: read(fields[name], told[name]) for name in cls.detailed if name in told}
        sure = {SURE: told[SURE]} if told.get(SURE) else {}
        return {**super().initial_of(part), **details, **sure}

    @classmethod
    def detail_rows(cls, part: Mapping[str, Any]) -> list[tuple[Text, str]]:
        """Return (label, answer in words) of an entry's details, in the order of ``detailed``."""
        told, fields = part.get(DETAILS) or {}, cls.base_fields
        return [
            (fields[name].label or "", words(fields[name], told[name]))
            for name in cls.detailed
            if name in told
        ]

    def clean(self) -> Part:
        cleaned = super().clean() or {}
        if not self.errors:
            self._ask([*self.doubts(self.answer())])
        return cleaned

    def doubts(self, _entry: Part) -> Iterator[Doubt]:
        """Yield what cannot well be about what this form, which has no other errors, tells."""
        return iter(())

    def answer(self) -> Part:
        told = super().answer()
        facts = {name: value for name, value in told.items() if name not in (*self.detailed, *self.unkept)}
        details = self.details()
        return {**facts, DETAILS: details} if details else facts

    @property
    def doubted(self) -> list[BoundField]:
        """The boxes to confirm what cannot well be, where there is something to confirm."""
        return [self[SURE]] if SURE in self.fields else []

    def details(self) -> Part:
        """Return what was told beside the facts; nothing for what was left empty."""
        cleaned = self.cleaned_data
        told = {name: written(cleaned.get(name)) for name in self.detailed}
        kept = {name: value for name, value in told.items() if value not in (None, [])}
        return {**kept, SURE: self.confirmed} if self.confirmed else kept

    def _ask(self, doubts: Sequence[Doubt]) -> None:
        ticked = forms.CheckboxSelectMultiple().value_from_datadict(
            self.data, self.files, self.add_prefix(SURE)
        )
        asked = [doubt for doubt in doubts if not doubt.refused]
        if asked:
            self._ask_at(asked[0].field, [doubt.key for doubt in asked])
        self.confirmed = [doubt.key for doubt in asked if doubt.key in (ticked or [])]
        for doubt in doubts:
            if doubt.key not in self.confirmed:
                self.add_error(doubt.field, doubt.message)

    def _ask_at(self, field: str | None, keys: Iterable[str]) -> None:
        """Show the boxes right after the field that they are about, or at the end."""
        self.fields[SURE] = SureField(keys)
        names = [name for name in self.fields if name != SURE]
        place = names.index(field) + 1 if field in names else len(names)
        self.order_fields([*names[:place], SURE, *names[place:]])


class Places(DetailedForm):
    """City, province or state: where a school or an employer is."""

    city = LineField(label=_("City or town"), help_text=_("For example Lagos."), max_length=100)
    province = LineField(
        label=_("Province or state"),
        help_text=_("For example Lagos State. Leave it empty where there is none."),
        max_length=100,
    )
