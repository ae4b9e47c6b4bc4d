"""Names of institutions in templates."""

from django import template

from partner.institutions import name_of

register = template.Library()


@register.filter
def institution(slug: str) -> str:
    """The name of the institution with this slug, in the reader's language."""
    return name_of(slug)
