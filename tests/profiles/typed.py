"""Answers as somebody types them: what a browser would send for a page."""

from datetime import date
from typing import Any

from django.forms import BoundField

from eligibility.date_parts import PARTS, DateParts
from eligibility.fields import in_digits
from profiles.pages import Page
from profiles.sections import BY_SLUG
from tests.factories import AT
from tests.personas import Answers

ON = AT.date()


def typed(answers: Answers, slug: str, index: int | None = None, on: date = ON) -> dict[str, Any]:
    """Return what to post to a section's page, or to the page of one of its entries, to tell these answers."""
    page = Page(BY_SLUG[slug], answers, on, index)
    return {name: value for bound in page for name, value in sent_by(bound).items()}


def sent_by(bound: BoundField) -> dict[str, Any]:
    """Return what a browser sends for one field that is filled in."""
    value = bound.value()
    if isinstance(bound.field.widget, DateParts):
        if not isinstance(value, date):
            return {}
        return {f"{bound.html_name}_{part}": str(getattr(value, part)) for part in PARTS}
    if value in (None, "", False, []):
        return {}
    return {
        bound.html_name: "on" if value is True else value if isinstance(value, list) else in_digits(value)
    }
