"""Collect the texts of the portal, keep their translations, compile them: without GNU gettext."""

from pathlib import Path

from django.conf import settings

LANGUAGES = ("en", "fr")
LOCALE = Path(settings.BASE_DIR) / "locale"


def po(language: str) -> Path:
    """The file in which a language's translations are written."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def mo(language: str) -> Path:
    """The compiled file that Django reads."""
    return po(language).with_suffix(".mo")
