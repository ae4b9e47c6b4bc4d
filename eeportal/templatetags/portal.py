"""What every template may use: words for dates and numbers, parts of forms, the other language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from babel.dates import get_month_names
from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import translate_url
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

register = template.Library()
FRENCH_SHORT_MONTHS = get_month_names("abbreviated", locale="fr_CA")


def french() -> bool:
    return (get_language() or "").startswith("fr")


# Words -------------------------------------------------------------------------------------------------


@register.filter
def day_words(day: date) -> str:
    """Return '14 October 2026', '1er octobre 2026', as plain text."""
    return f"{day_of_month(day)} {MONTHS[day.month]} {day.year}"


def day_of_month(day: date) -> str:
    return "1er" if day.day == 1 and french() else str(day.day)


@register.filter
def day(day: date) -> SafeString:
    """Return a day in words, as a time element."""
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", day_words(day))


@register.filter
def short_day(day: date) -> SafeString:
    """Return '1 Oct 2026', '1er oct. 2026', for tables, as a time element."""
    words = f"{day_of_month(day)} {month(day)} {day.year}"
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", words)


@register.filter
def month(day: date) -> str:
    """Return 'Oct', 'oct.', for axes and tables."""
    return str(FRENCH_SHORT_MONTHS[day.month]) if french() else str(MONTHS_3[day.month]).capitalize()


@register.filter
def instant_words(at: datetime) -> str:
    """Return '10 May 2027, 14:02:16 UTC', '10 mai 2027 à 14:02:16 UTC', as plain text."""
    at = at.astimezone(UTC)
    return day_and_time(at, f"{at:%H:%M:%S}")


def day_and_time(at: datetime, time: str) -> str:
    return _("%(day)s, %(time)s UTC") % {"day": day_words(at), "time": time}


@register.filter
def instant(at: datetime) -> SafeString:
    """Return an instant to the second, in UTC, as a time element."""
    at = at.astimezone(UTC)
    return format_html('<time datetime="{}">{}</time>', f"{at:%Y-%m-%dT%H:%M:%SZ}", instant_words(at))


@register.filter
def minute(at: datetime) -> SafeString:
    """Return '1 November 2026, 15:04 UTC', as a time element."""
    at = at.astimezone(UTC)
    words = day_and_time(at, f"{at:%H:%M}")
    return format_html('<time datetime="{}">{}</time>', f"{at:%Y-%m-%dT%H:%MZ}", words)


@register.filter
def number(value: float) -> str:
    """Return 229,904 or 229 904."""
    return str(number_format(value, use_l10n=True, force_grouping=True))


@register.filter
def ordinal(value: int) -> str:
    """Return 104,212th or 104 212e."""
    if french():
        return f"{number(value)}{'er' if value == 1 else 'e'}"
    teens = 10 < value % 100 < 14
    return f"{number(value)}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"


@register.filter
def signed(value: int) -> str:
    """Return +25, −5 or 0, with a true minus sign."""
    return f"+{number(value)}" if value > 0 else number(value).replace("-", "−")


@register.filter
def money(amount: float) -> str:
    """Return '15,263 CAD' or '15 263 $ CA', which never breaks over a line."""
    words = f"{number(amount)} $ CA" if french() else f"{number(amount)} CAD"
    return words.replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def percent(share: float) -> str:
    """Return '2.2 %' or '2,2 %' of a share between 0 and 1."""
    return f"{number_format(round(share * 100, 1), decimal_pos=1, use_l10n=True)}\N{NO-BREAK SPACE}%"


# Forms -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """One radio or one checkbox of several."""

    name: str
    value: str
    id: str
    label: str
    checked: bool
    hint: Any


@dataclass(frozen=True, slots=True)
class FieldParts:
    """What a field's template needs beside the bound field."""

    kind: str
    single_box: bool
    classes: str
    optional: bool
    explanations: Sequence[Any]
    options: Sequence[Option]


@register.simple_tag
def form_field(field: BoundField) -> FieldParts:
    """Return the parts of a field that Django's bound field does not know."""
    widget = field.field.widget
    form = field.form
    unmarked = field.name in getattr(form, "asked_only_sometimes", ())
    single_box = isinstance(widget, CheckboxInput)
    explanations: Mapping[str, Sequence[Any]] = getattr(form, "explanations", {})
    return FieldParts(
        kind=str(getattr(widget, "input_type", "")),
        single_box=single_box,
        classes="field field--error" if field.errors else "field",
        optional=not (field.field.required or unmarked or single_box),
        explanations=explanations.get(field.name, ()),
        options=options_of(field) if isinstance(widget, RadioSelect | CheckboxSelectMultiple) else (),
    )


def options_of(field: BoundField) -> list[Option]:
    """Return the radios or checkboxes of a field, with the line below each, if it has one."""
    hints: Mapping[str, Any] = getattr(field.form, "choice_hints", {}).get(field.name, {})
    return [
        Option(
            name=str(option.data["name"]),
            value=str(option.data["value"]),
            id=option.id_for_label,
            label=option.choice_label,
            checked=bool(option.data["selected"]),
            hint=hints.get(str(option.data["value"])),
        )
        for option in field
    ]


@dataclass(frozen=True, slots=True)
class SummaryError:
    """One line of the error summary; ``target`` is the id of what it leads to, empty for the whole form."""

    target: str
    label: str
    message: str


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """Draw what is to be fixed on the page, each error linked to its field; nothing if nothing is wrong."""
    errors = [error for form in forms for error in errors_of(form)]
    return {"errors": errors, "count": len(errors)}


def errors_of(form: BaseForm) -> list[SummaryError]:
    """Return a form's errors in the order of its fields; labels only where there are several fields."""
    several = len(form.visible_fields()) > 1
    errors = [SummaryError("", "", str(message)) for message in form.non_field_errors()]
    for field in form:
        label = introduction(str(field.label)) if several else ""
        errors += [SummaryError(error_target(field), label, str(message)) for message in field.errors]
    return errors


def introduction(label: str) -> str:
    """Return a label as the beginning of a line: with a colon, unless it is a question."""
    return label if label.endswith(("?", ".", "!", ":")) else _("%(label)s:") % {"label": label}


def error_target(field: BoundField) -> str:
    """Return the id of the input to go to: the first choice, a date's wrong part, or the field itself."""
    widget = field.field.widget
    if hasattr(widget, "error_target"):
        return str(widget.error_target(field.auto_id, field.value()))
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


# The frame ---------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def other_languages(context: RequestContext) -> list[dict[str, str]]:
    """Return code, name and address of this page in each other language; none where no page was asked for."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    current = get_language() or settings.LANGUAGE_CODE
    return [
        {"code": code, "name": get_language_info(code)["name_local"], "url": page_in(request, code)}
        for code, _name in settings.LANGUAGES
        if code != current
    ]


def page_in(request: HttpRequest, code: str) -> str:
    """Return this page's address in another language, or the home page's where this one has none."""
    here = request.get_full_path()
    there = translate_url(here, code)
    return there if there != here else f"/{code}/"
