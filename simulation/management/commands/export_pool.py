"""``manage.py export_pool > pool.jsonl``: the pool for analysts, as JSON lines."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand

from lifecycle import clock
from simulation.exporting import pool_lines


class Command(BaseCommand):
    help = (
        "Write each candidate of the pool as one JSON line: profile, score, submitted_at, profile_number. "
        "'manage.py score' takes the lines as they are and gives the same scores."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            for line in pool_lines(at=clock.now()):
                self.stdout.write(line)
            self.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough (as with head); Python would complain once more at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
