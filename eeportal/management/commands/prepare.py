"""`manage.py prepare`: what must be there before the portal opens, in one process to save the time of two."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Brings the database to the code's schema, then makes the demo pool and accounts unless they exist."""

    help = "Migrates the database and makes the demo pool and the demo accounts unless they exist."

    def add_arguments(self, parser: CommandParser) -> None:
        """--pool N."""
        parser.add_argument("--pool", default="25000", metavar="N", help="how many candidates (25000)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run both commands, their output as it is."""
        call_command("migrate", verbosity=0, stdout=self.stdout, stderr=self.stderr)
        call_command(
            "make_demo", "--if-empty", "--pool", options["pool"], stdout=self.stdout, stderr=self.stderr
        )
