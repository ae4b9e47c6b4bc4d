"""A date typed as day, month and year: what was typed stays, and an error says which part is wrong."""

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Text: TypeAlias = "str | StrPromise"

PARTS = ("day", "month", "year")
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_QUOTE, UNSEEN = 40, "\N{REPLACEMENT CHARACTER}"

MISSING_PARTS: dict[tuple[str, ...], Text] = {
    ("day",): _("Enter the day as well."),
    ("month",): _("Enter the month as well."),
    ("year",): _("Enter the year as well."),
    ("day", "month"): _("Enter the day and the month as well."),
    ("day", "year"): _("Enter the day and the year as well."),
    ("month", "year"): _("Enter the month and the year as well."),
}


@dataclass(frozen=True, slots=True)
class DateProblem:
    """Why three typed parts are no date, and which of them are to blame."""

    message: Text
    parts: tuple[str, ...]
    code: str = "invalid"


def read_date(typed: Sequence[str]) -> date | DateProblem | None:
    """Return the date that the parts name, None if all are blank, or which part is wrong and why."""
    missing = tuple(part for part, text in zip(PARTS, typed, strict=True) if not text)
    if missing == PARTS:
        return None
    if missing:
        return DateProblem(MISSING_PARTS[missing], missing, "incomplete")
    return wrong_part(typed) or existing_day(*(int(text) for text in typed))


def wrong_part(typed: Sequence[str]) -> DateProblem | None:
    """Return the first part that cannot be one whatever the others are, reading from the year to the day."""
    day, month, year = typed
    if not (re.fullmatch(r"\d{4}", year, re.ASCII) and FIRST_YEAR <= int(year) <= LAST_YEAR):
        message = _("‘%(typed)s’ is not a year. Enter all four digits, like 1994.") % {"typed": quoted(year)}
        return DateProblem(message, ("year",))
    if not (re.fullmatch(r"\d{1,2}", month, re.ASCII) and 1 <= int(month) <= 12):
        message = _("‘%(typed)s’ is not a month. Enter a number from 1 to 12.") % {"typed": quoted(month)}
        return DateProblem(message, ("month",))
    if not (re.fullmatch(r"\d{1,2}", day, re.ASCII) and 1 <= int(day) <= 31):
        message = _("‘%(typed)s’ is not a day. Enter a number from 1 to 31.") % {"typed": quoted(day)}
        return DateProblem(message, ("day",))
    return None


def quoted(typed: str) -> str:
    """Return what was typed as a message may show it: the beginning of it, without what cannot be seen."""
    seen = "".join(letter if letter.isprintable() else UNSEEN for letter in typed[:LONGEST_QUOTE])
    return f"{seen}…" if len(typed) > LONGEST_QUOTE else seen


def existing_day(day: int, month: int, year: int) -> date | DateProblem:
    """Return the date, or say how many days its month has."""
    length = monthrange(year, month)[1]
    if day <= length:
        return date(year, month, day)
    names = {"day": day, "month": MONTHS[month], "year": year, "length": length}
    if month == 2:
        return DateProblem(
            _("%(day)s %(month)s %(year)s is not a day. %(month)s %(year)s has %(length)s days.") % names,
            ("day",),
        )
    return DateProblem(
        _("%(day)s %(month)s %(year)s is not a day. %(month)s has %(length)s days.") % names, ("day",)
    )


class DateParts(forms.Widget):
    """Three inputs, ``name_day``, ``name_month`` and ``name_year``, that show again whatever was typed."""

    template_name = "forms/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, birthday: bool = False) -> None:
        super().__init__(attrs)
        self.birthday = birthday

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> tuple[str, ...]:
        return tuple(str(data.get(f"{name}_{part}") or "").strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in PARTS)

    def id_for_label(self, _id: str) -> str:
        return ""

    def error_target(self, id_: str, value: Any) -> str:
        """Return the id of the input that a link to this field's error leads to."""
        return f"{id_}_{wrong_parts(value)[0]}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        invalid = "aria-invalid" in context["widget"]["attrs"]
        wrong = wrong_parts(value) if invalid else ()
        context["widget"]["parts"] = [
            {
                "part": part,
                "value": text,
                "wrong": part in wrong,
                "autocomplete": f"bday-{part}" if self.birthday else "off",
            }
            for part, text in zip(PARTS, typed_parts(value), strict=True)
        ]
        return context


def typed_parts(value: Any) -> tuple[str, str, str]:
    """Return day, month and year of a date, of what was typed, or of nothing."""
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    day, month, year = value or ("", "", "")
    return day, month, year


def wrong_parts(value: Any) -> tuple[str, ...]:
    """Return the parts to mark: those that are wrong by themselves, else all three."""
    problem = read_date(typed_parts(value))
    return problem.parts if isinstance(problem, DateProblem) else PARTS


class DatePartsField(forms.Field):
    """A date typed as day, month and year, from ``earliest`` to ``latest``, both included."""

    widget = DateParts
    default_error_messages: ClassVar[dict[str, Text]] = {
        "required": _("Enter a day, a month and a year."),
        "too_early": _("%(typed)s is too early. Enter %(limit)s or a later day."),
        "too_late": _("%(typed)s is too late. Enter %(limit)s or an earlier day."),
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest = earliest
        self.latest = latest

    def to_python(self, value: Any) -> date | None:
        found = read_date(typed_parts(value))
        if isinstance(found, DateProblem):
            raise ValidationError(found.message, code=found.code)
        return found

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise self.out_of_range("too_early", value, self.earliest)
        if value and self.latest and value > self.latest:
            raise self.out_of_range("too_late", value, self.latest)

    def out_of_range(self, code: str, typed: date, limit: date) -> ValidationError:
        words = {"typed": in_words(typed), "limit": in_words(limit)}
        return ValidationError(self.error_messages[code], code=code, params=words)


def in_words(day: date) -> str:
    """Return '14 October 2026' or '1er octobre 2026', by the language in use."""
    number = "1er" if day.day == 1 and (get_language() or "").startswith("fr") else day.day
    return f"{number} {MONTHS[day.month]} {day.year}"
