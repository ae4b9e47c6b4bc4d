"""``manage.py verify_round N``: does the history give the list of round N?"""

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from draws.models import Round
from draws.proving.doubts import numbers_of
from draws.proving.proofs import Proof, verify
from lifecycle.errors import DomainError

SHOWN = 50


class Command(BaseCommand):
    help = (
        "Rebuild the pool of a round's instant from the append-only history, select anew by the rules, and say whether "
        "the round holds: list, ranks, classes, cut-off, tie-break, digest. Exit status 0 if it holds, 1 if not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=_number, help="the number of the round")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:
        held = Round.objects.filter(number=options["number"]).first()
        if held is None:
            raise CommandError(f"There is no round {options['number']} in this simulator.")
        try:
            proof = verify(held)
        except DomainError as refusal:
            raise CommandError(str(refusal.message)) from None
        if options["json"]:
            self.stdout.write(json.dumps(document_of(proof), ensure_ascii=False))
        else:
            self._tell(proof)
        if not proof.holds:
            raise SystemExit(1)

    def _tell(self, proof: Proof) -> None:
        held = proof.round
        self.stdout.write(f"Round {held.number}: {proof.pool:,} candidates in the pool by the history")
        self.stdout.write(f"{len(proof.expected):,} had to be invited, {held.issued:,} were, by the round")
        self.stdout.write(f"digest by the history {proof.digest}")
        self.stdout.write(f"parameters {proof.parameters}: {_installed(proof)}")
        numbers = numbers_of(proof.doubts[:SHOWN])
        for doubt in proof.doubts[:SHOWN]:
            self.stdout.write(doubt.said(numbers))
        if more := len(proof.doubts) - SHOWN:
            self.stdout.write(
                f"and {more:,} more like these" if more > 0 else "", ending="\n" if more > 0 else ""
            )
        self.stdout.write(f"Round {held.number} {'holds' if proof.holds else 'DOES NOT HOLD'}.")


def document_of(proof: Proof) -> dict[str, Any]:
    """Return a proof as a JSON document."""
    held = proof.round
    numbers = numbers_of(proof.doubts)
    return {
        "round": held.number,
        "holds": proof.holds,
        "pool": proof.pool,
        "invited": len(proof.expected),
        "cutoff": proof.expected[-1].score if proof.expected else None,
        "tie_break_at": proof.expected[-1].submitted_at.isoformat() if proof.expected else None,
        "digest": proof.digest,
        "stored_digest": held.digest,
        "parameters": proof.parameters,
        "installed_parameters": proof.installed,
        "doubts": [
            {"kind": doubt.kind, "profile": numbers.get(doubt.profile_id or 0), "said": doubt.said(numbers)}
            for doubt in proof.doubts
        ],
    }


def _installed(proof: Proof) -> str:
    if proof.same_parameters:
        return "the installed ones, by which the scores of the invited were worked out again"
    return (
        f"not the installed ones ({proof.installed}), so the scores of the invited are taken from the history"
    )


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 9):
        raise argparse.ArgumentTypeError(f"{typed!r} is not the number of a round, such as 448")
    return int(typed)
