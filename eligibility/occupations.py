"""Occupations of NOC 2021 in the language in use."""

from django.utils.translation import get_language

from rules.occupations import noc2021


def title_of(code: str) -> str:
    """Return a unit group's title, such as 'Registered nurses and registered psychiatric nurses'."""
    occupation = noc2021[code]
    return occupation.title_fr if (get_language() or "").startswith("fr") else occupation.title_en
