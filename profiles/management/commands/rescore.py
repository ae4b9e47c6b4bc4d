"""``manage.py rescore``: give the whole pool the results of the rules as they are now, or say what they would do."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from lifecycle import clock
from profiles import rescoring
from rules.parameters import BOOK, Book, ParameterError, load

MOST_LINES = 20


class Command(BaseCommand):
    help = (
        "Score the whole pool anew by the rules in force and write what comes out different. To be run after an "
        "upgrade that changed the rules. With --dry-run nothing is written."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument(
            "--rules",
            type=_book,
            default=BOOK,
            metavar="FOLDER",
            help="parameter files to ask about instead of the portal's own; only with --dry-run",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        dry_run, book = options["dry_run"], options["rules"]
        if book is not BOOK and not dry_run:
            raise CommandError("Other rules can only be asked about: give --dry-run as well.")
        found = rescoring.rescore(at=clock.now(), dry_run=dry_run, book=book, on_progress=self._progress())
        self.stdout.write(
            f"{found.looked_at:,} profiles looked at, {found.from_facts:,} of them from their facts. "
            f"{found.changed:,} {'would come' if dry_run else 'came'} out different: "
            f"{found.arriving:,} enter the pool, {found.leaving:,} leave it."
        )
        for difference, count in found.points.most_common(MOST_LINES):
            self.stdout.write(f"  {difference:+5} points: {count:,}")
        if len(found.points) > MOST_LINES:
            self.stdout.write(f"  and {len(found.points) - MOST_LINES} other differences")

    def _progress(self) -> Any:
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            self.stderr.write(f"{done:,} looked at")

        return tell


def _book(folder: str) -> Book:
    try:
        return load(Path(folder))
    except ParameterError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
