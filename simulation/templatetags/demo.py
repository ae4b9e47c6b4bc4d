"""The way to the demo's accounts, for pages that ask for what only these accounts' owners would know."""

from django import template
from django.conf import settings

from simulation.demo_accounts import accounts_exist

register = template.Library()


@register.simple_tag
def has_demo_accounts() -> bool:
    """Return whether this is a demo whose accounts have been made."""
    return settings.DEMO and accounts_exist()
