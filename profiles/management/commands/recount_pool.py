"""``manage.py recount_pool``: compare the kept numbers by score with the pool, and count anew where they differ."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from profiles import tallying


class Command(BaseCommand):
    help = "Compare how many are kept as being in the pool at each score with the pool; count anew if they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; end with an error if they differ"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        wrong = tallying.differences()
        for score, kept, counted in wrong:
            self.stdout.write(f"Score {score}: {kept:,} are kept, {counted:,} are in the pool.")
        if not wrong:
            self.stdout.write("What is kept is what the pool holds, at every score.")
        elif options["check"]:
            raise CommandError("Run ./run manage recount_pool to count the pool anew.")
        else:
            self.stdout.write(f"Counted anew: the pool holds {tallying.rebuild():,} different scores.")
