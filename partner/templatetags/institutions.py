"""Names of institutions in templates."""

from django import template

from partner.institutions import INSTITUTIONS

register = template.Library()


@register.filter
def institution(slug: str) -> str:
    """The name of the institution with this slug."""
    return INSTITUTIONS[slug]
