"""manage.py score: profiles as JSON lines in, results as JSON lines out."""

import gc
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from eligibility.scoring import Options, Summary, score

PIPE_CLOSED = 141
INTERRUPTED = 130


class Command(BaseCommand):
    help = "Read profiles as JSON lines from standard input and write one result a line, in the same order."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--explain",
            action="store_true",
            help="Add facts, rule, first day, source and a text to each part.",
        )
        parser.add_argument("--lang", choices=("en", "fr"), default="en", help="The language of all texts.")
        parser.add_argument(
            "--no-next-change", action="store_true", help="Leave next_change_on empty, which is faster."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Score standard input; the exit status is 1 if a line was no valid profile."""
        gc.freeze()  # what is loaded by now stays: looking through it again and again would cost a tenth
        wanted = Options(next_change=not options["no_next_change"], explanation=options["explain"])
        with translation.override(options["lang"]):
            summary = _stream(wanted)
        if summary.errors:
            raise CommandError(f"{summary.errors} of {summary.lines} lines are not valid profiles.")


def _stream(wanted: Options) -> Summary:
    """Score from standard input to standard output; a reader that goes away ends it quietly."""
    try:
        with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as sink:
            return score(source, sink, wanted)
    except BrokenPipeError:
        sys.exit(PIPE_CLOSED)
    except OSError as error:
        raise CommandError(f"The stream broke off: {error.strerror}.", returncode=2) from error
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
