"""Fields that the forms of every room share: what was typed stays, and an error says what is wrong with it.

Values come out as a profile document holds them: dates as ``date``, numbers as ``int`` or ``float``.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import DateParts, DatePartsField, Text, quoted
from rules.occupations import countries, noc2021

__all__ = [
    "CountryField",
    "DateParts",
    "DatePartsField",
    "Explanation",
    "LongSelect",
    "MoneyField",
    "NocField",
    "NumberField",
    "PortalForm",
    "ProvinceField",
    "SuffixInput",
    "Text",
    "YesNoField",
]

Choices = Sequence[tuple[str, Text]]

LARGEST_NUMBER = 1_000_000_000_000

PROVINCES: Choices = (
    ("AB", _("Alberta")),
    ("BC", _("British Columbia")),
    ("MB", _("Manitoba")),
    ("NB", _("New Brunswick")),
    ("NL", _("Newfoundland and Labrador")),
    ("NT", _("Northwest Territories")),
    ("NS", _("Nova Scotia")),
    ("NU", _("Nunavut")),
    ("ON", _("Ontario")),
    ("PE", _("Prince Edward Island")),
    ("QC", _("Quebec")),
    ("SK", _("Saskatchewan")),
    ("YT", _("Yukon")),
)
SELECTED = SafeString(" selected")
CHOOSE = ("", _("Choose from the list"))


@dataclass(frozen=True, slots=True)
class Explanation:
    """What stands behind the '?' of a field: a question in the visitor's words, the answer by paragraphs."""

    question: Text
    paragraphs: Sequence[Text]


class PortalForm(forms.Form):
    """The base of the portal's forms: calm messages, no browser bubbles, and what a field's template may add.

    ``explanations`` holds the '?' of a field (or several), ``choice_hints`` a line below a choice, by field
    and value, ``asked_only_sometimes`` the fields that are not marked optional although ``required`` is off.
    """

    use_required_attribute = False
    explanations: ClassVar[Mapping[str, Sequence[Explanation]]] = {}
    choice_hints: ClassVar[Mapping[str, Mapping[str, Text]]] = {}
    asked_only_sometimes: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = missing_answer(field)
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = NOT_LISTED
                field.error_messages["invalid_list"] = NOT_LISTED


NOT_LISTED: Text = _("This answer is not one of those shown. Choose one of them.")


def missing_answer(field: forms.Field) -> Text:
    """Return what to say when a field that must be answered is not."""
    if isinstance(field, forms.ChoiceField):
        return _("Choose an answer.")
    if isinstance(field, forms.BooleanField):
        return _("Tick the box to go on.")
    return _("Enter an answer.")


class SuffixInput(forms.TextInput):
    """A text input with a unit behind it."""

    template_name = "forms/widgets/suffix.html"

    def __init__(self, suffix: Text, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suffix = suffix

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suffix"] = self.suffix
        return context


class NumberField(forms.Field):
    """A number as people type it, with a point or a comma; an int where it is whole, else a float."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "invalid": _("‘%(typed)s’ is not a number. Enter digits, like %(example)s."),
        "whole": _("‘%(typed)s’ is not a whole number. Enter digits only, like %(example)s."),
        "out_of_range": _("%(typed)s is not possible here. Enter a number from %(least)s to %(most)s."),
        "too_low": _("%(typed)s is too low. Enter %(least)s or more."),
        "too_high": _("%(typed)s is too high. Enter %(most)s or less."),
        "step": _("%(typed)s is not possible here. Enter a number in steps of %(step)s, like %(example)s."),
    }
    number = re.compile(r"[+-]?\d{1,12}([.,]\d{1,6})?", re.ASCII)

    def __init__(
        self,
        *,
        least: float | None = None,
        most: float | None = None,
        step: float | None = None,
        example: float = 37.5,
        suffix: Text = "",
        **kwargs: Any,
    ) -> None:
        self.least, self.most, self.step, self.example = least, most, step, example
        kwargs.setdefault("widget", SuffixInput(suffix) if suffix else forms.TextInput())
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        keyboard = "numeric" if self.step and float(self.step).is_integer() else "decimal"
        return {"inputmode": keyboard, "autocomplete": "off", "class": "input--5"} | widget.attrs

    def prepare_value(self, value: Any) -> Any:
        return in_digits(value) if isinstance(value, int | float) else value

    def to_python(self, value: Any) -> float | None:
        typed = str(value if value is not None else "").strip()
        if not typed:
            return None
        digits = self.bare(typed)
        if not self.number.fullmatch(digits):
            raise self.problem("invalid", typed)
        number = float(digits.replace(",", "."))
        return int(number) if number.is_integer() else number

    def bare(self, typed: str) -> str:
        """Return what was typed without the spaces in it."""
        return "".join(typed.split())

    def validate(self, value: float | None) -> None:
        super().validate(value)
        if value is None:
            return
        too_low = self.least is not None and value < self.least
        too_high = value > (self.most if self.most is not None else LARGEST_NUMBER)
        if too_low or too_high:
            both = self.least is not None and self.most is not None
            raise self.problem("out_of_range" if both else "too_low" if too_low else "too_high", value)
        if self.step and not (value / self.step).is_integer():
            raise self.problem("whole" if self.step == 1 else "step", value)

    def problem(self, code: str, typed: Any) -> ValidationError:
        most = LARGEST_NUMBER if self.most is None else self.most
        numbers = {"least": self.least, "most": most, "step": self.step, "example": self.example}
        words = {name: in_digits(number) for name, number in numbers.items()}
        return ValidationError(
            self.error_messages[code], code=code, params=words | {"typed": quoted(in_digits(typed))}
        )


def in_digits(number: Any) -> str:
    """Return a number as people type it in the language in use; text stays as it is."""
    if not isinstance(number, int | float):
        return "" if number is None else str(number)
    text = str(int(number) if float(number).is_integer() else number)
    return text.replace(".", ",") if french() else text


class MoneyField(NumberField):
    """An amount in Canadian dollars; a sign, and spaces or commas between the thousands, may be typed."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "invalid": _("‘%(typed)s’ is not an amount. Enter a number in Canadian dollars, like %(example)s."),
    }
    grouped = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?", re.ASCII)

    def __init__(self, *, least: float | None = 0, example: float = 21000, **kwargs: Any) -> None:
        super().__init__(least=least, example=example, **{"suffix": _("Canadian dollars")} | kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off", "class": "input--8"} | widget.attrs

    def bare(self, typed: str) -> str:
        digits = re.sub(r"CAD|CA|\$", "", super().bare(typed), flags=re.IGNORECASE)
        return digits.replace(",", "") if self.grouped.fullmatch(digits) else digits


def french() -> bool:
    return (get_language() or "").startswith("fr")


class NocField(forms.CharField):
    """A code of NOC 2021: five digits, and one of the 516."""

    default_error_messages: ClassVar[dict[str, Text]] = {
        "invalid": _("‘%(typed)s’ is not an occupation code. Enter five digits, like 31301."),
        "unknown": _(
            "%(typed)s is not a code of NOC 2021. Check the five digits, or look your job up by its title."
        ),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        look = {"class": "input--5 input--code", "inputmode": "numeric"}
        return look | {"autocomplete": "off", "spellcheck": "false"} | widget.attrs

    def to_python(self, value: Any) -> str:
        return "".join(str(super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not re.fullmatch(r"\d{5}", value, re.ASCII):
            raise ValidationError(
                self.error_messages["invalid"], code="invalid", params={"typed": quoted(value)}
            )
        if value and value not in noc2021:
            raise ValidationError(
                self.error_messages["unknown"], code="unknown", params={"typed": quoted(value)}
            )


@lru_cache(maxsize=2)
def country_names(language: str) -> Choices:
    """Return (ISO 3166-1 code, name) of every country a profile may name, Canada first, then by name."""
    names = {
        code: country.name_fr if language == "fr" else country.name_en for code, country in countries.items()
    }
    return sorted(names.items(), key=lambda item: (item[0] != "CA", without_accents(item[1])))


def provinces() -> Choices:
    """Return (two letters, name) of the provinces and territories, by name in the language in use."""
    return sorted(PROVINCES, key=lambda choice: without_accents(str(choice[1])))


def without_accents(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def choices_with_blank(options: Callable[[], Choices]) -> Callable[[], Choices]:
    return lambda: [CHOOSE, *options()]


class LongSelect(forms.Select):
    """A select of hundreds of options, drawn in one go: a template for each would cost more than the rest of a page."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        del renderer  # No template is rendered.
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((code, SELECTED if str(code) == chosen else "", label) for code, label in self.choices),
        )
        whole = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(whole), options)


class CountryField(forms.ChoiceField):
    """A country by its ISO 3166-1 alpha-2 code, listed by name in the language in use."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", choices_with_blank(lambda: country_names("fr" if french() else "en")))
        kwargs.setdefault("widget", LongSelect)
        super().__init__(**kwargs)


class ProvinceField(forms.ChoiceField):
    """A province or territory by its two letters; ``first`` and ``last`` are choices around them."""

    def __init__(self, *, first: Choices = (CHOOSE,), last: Choices = (), **kwargs: Any) -> None:
        super().__init__(choices=lambda: [*first, *provinces(), *last], **kwargs)


class YesNoField(forms.TypedChoiceField):
    """Yes or no as two radios; True, False, or None where it may stay open."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        answers = (("yes", _("Yes")), ("no", _("No")))
        super().__init__(choices=answers, coerce=lambda answer: answer == "yes", empty_value=None, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)
