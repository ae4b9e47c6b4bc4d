"""Is every past day of the logs as it was sealed?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lifecycle import digests
from lifecycle.digests import Checked, Fault
from lifecycle.models import LogDigest

FAULTS = {
    Fault.CHAIN: "a digest before it is missing or was put in between",
    Fault.COUNT: "it was sealed with {sealed} rows and has {rows} now",
    Fault.CONTENT: "a row, or the digest itself, was changed",
}


class Command(BaseCommand):
    """Compare every sealed day of the logs with its digest; exit with 1 and the first day that does not hold."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take digests that were written down elsewhere."""
        parser.add_argument(
            "--known",
            metavar="DIGEST",
            action="append",
            default=[],
            help="a digest that was written down elsewhere, and that must still be there (may be repeated)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say of each log how far it holds."""
        faults = [fault for log in digests.LOGS for fault in self._check(log)]
        there = set(LogDigest.objects.filter(digest__in=options["known"]).values_list("digest", flat=True))
        faults += [f"The digest {digest} is not there." for digest in options["known"] if digest not in there]
        if faults:
            raise CommandError("\n".join(faults))

    def _check(self, log: str) -> list[str]:
        last, faults = None, []
        for last in digests.check(log):
            if last.fault:
                faults.append(_told(log, last))
        if not faults:
            self.stdout.write(_how_far(log, last))
        return faults[:1]


def _told(log: str, checked: Checked) -> str:
    why = FAULTS[checked.fault or Fault.CONTENT].format(sealed=checked.sealed.rows, rows=checked.rows)
    return f"{log} does not hold from {checked.sealed.day} on: {why}."


def _how_far(log: str, last: Checked | None) -> str:
    if last is None:
        return f"{log}: no day was sealed yet."
    return f"{log} holds up to {last.sealed.day}, row {last.sealed.last_id}: {last.sealed.digest}"
