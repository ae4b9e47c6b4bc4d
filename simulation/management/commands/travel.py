"""``manage.py travel 61d``: move the portal's clock forwards, for the web, the worker and the beat alike."""

import re
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lifecycle import clock
from lifecycle.errors import DomainError
from simulation import travelling

BACKWARDS = re.compile(r"-[0-9]+[a-z]?", re.IGNORECASE)


class Command(BaseCommand):
    help = "Move the portal's clock forwards, for all processes: by a step (61d, 12h, 2w, 1y) or to a day."

    def add_arguments(self, parser: CommandParser) -> None:
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("step", nargs="?", help="how far: 61d, 12h, 2w or 1y")
        way.add_argument("--to", metavar="DAY", help="to 00:00 UTC of a day, such as 2027-01-01")

    def run_from_argv(self, argv: list[str]) -> None:
        """Let a step back reach the refusal that gives the reason."""
        super().run_from_argv(with_steps_back_last(argv))

    def handle(self, *_args: Any, **options: Any) -> None:
        before = clock.now()
        try:
            if options["to"]:
                by = travelling.step_to(options["to"], before)
            else:
                by = travelling.step(options["step"], before)
            after = clock.travel(by)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The portal's clock was at  {before:%Y-%m-%d %H:%M:%S} UTC")
        self.stdout.write(f"The portal's clock is at   {after:%Y-%m-%d %H:%M:%S} UTC")
        self.stdout.write("The jobs follow within a minute.")


def with_steps_back_last(argv: list[str]) -> list[str]:
    """Return the words of a command line with a step such as ``-61d`` where it is not taken for an option."""
    back = [word for word in argv if BACKWARDS.fullmatch(word)]
    return [*(word for word in argv if word not in back), "--", *back] if back else argv
