"""``manage.py verify``: does the whole database hold together?"""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from eeportal.verifying.verdicts import Verdict, judge


class Command(BaseCommand):
    help = (
        "Verify the whole database: constraints, triggers, numbers; each state as its log gives it; the pool as "
        "assessed; rounds, invitations and messages; the digest of all content, the same before a dump and after its "
        "restore. Changes nothing. Exit status 0 if all holds, 1 with a sentence for each finding."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--rounds", action="store_true", help="also rebuild and select anew every round, seconds each"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.monotonic()
        verdict = judge(rounds=options["rounds"])
        seconds = round(time.monotonic() - began, 1)
        if options["json"]:
            self.stdout.write(json.dumps({**document_of(verdict), "seconds": seconds}))
        else:
            self._tell(verdict, seconds)
        if not verdict.holds:
            raise SystemExit(1)

    def _tell(self, verdict: Verdict, seconds: float) -> None:
        rows = verdict.content.rows
        self.stdout.write(f"{sum(rows.values()):,} rows in {len(rows)} tables")
        self.stdout.write(f"content {verdict.content.digest}")
        for fault in verdict.faults:
            self.stdout.write(fault.said)
        told = "Everything holds" if verdict.holds else f"{len(verdict.faults)} findings: it DOES NOT HOLD"
        self.stdout.write(f"{told}. ({seconds} s)")


def document_of(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as a JSON document."""
    return {
        "holds": verdict.holds,
        "content": verdict.content.digest,
        "rows": verdict.content.rows,
        "tested": verdict.tested,
        "faults": [
            {"name": fault.name, "said": fault.said, "count": fault.count} for fault in verdict.faults
        ],
    }
