"""`manage.py check_messages`: is every text translated, fitly, and compiled?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from eeportal.catalogues.verify import verify


class Command(BaseCommand):
    """Lists everything that is wrong with the translations, and fails if anything is."""

    help = "Checks that every text is translated, that placeholders agree, and that the files are compiled."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the findings."""
        findings = verify()
        for finding in findings:
            self.stdout.write(str(finding))
        if findings:
            raise CommandError(
                f"{len(findings)} findings. `./run messages` collects and compiles; translate the rest in "
                "locale/fr/LC_MESSAGES/django.po."
            )
