"""`manage.py messages`: collect the texts, keep their translations, compile."""

from typing import Any

from django.core.management.base import BaseCommand

from eeportal.catalogues import LANGUAGES, write
from eeportal.catalogues.collect import collect


class Command(BaseCommand):
    """Bring the .po files to what the code says and compile them to .mo; needs no GNU gettext."""

    help = "Collects the texts to translate into locale/ and compiles the translations."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write both languages and say how many texts wait for a translation."""
        found = collect()
        for language in LANGUAGES:
            catalog = write.merge(language, found)
            write.save(language, catalog)
            waiting = sum(1 for message in catalog if message.id and not all(write.forms(message)))
            told = "" if language == "en" else f", {waiting} of them not yet translated"
            self.stdout.write(f"{language}: {len(catalog)} texts{told}")
