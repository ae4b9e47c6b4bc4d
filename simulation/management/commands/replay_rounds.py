"""``manage.py replay_rounds``: the published rounds again, on pools like the published ones."""

import argparse
import json
import os
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from draws.public.history import PublishedRound, published_round, published_rounds
from simulation.population.workers import cores
from simulation.replaying.choices import targets_of, with_pictures
from simulation.replaying.page import PAGE, made_part, with_made_part
from simulation.replaying.records import records, sheet
from simulation.replaying.replay import BLOCKS, Replayed, Standings, block_of, outcome, replay
from simulation.replaying.report import COLUMNS, Block, blocks, models
from simulation.replaying.rivals import Compared, compare

SEED = 1
LARGEST = 1_000_000


class Command(BaseCommand):
    help = (
        "Replay the published rounds on pools like the published ones, and print the simulated cut-offs beside "
        "the real ones. Method and limits: docs/replay.md."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        shape = parser.add_mutually_exclusive_group()
        shape.add_argument("--json", action="store_true", help="one object a line")
        shape.add_argument("--csv", action="store_true", help="the rounds alone, with a header row")
        shape.add_argument("--write-page", action="store_true", help="write the figures into docs/replay.md")
        parser.add_argument(
            "--only", choices=BLOCKS, nargs="+", default=BLOCKS, help="some kinds of rounds only"
        )
        parser.add_argument(
            "--models", action="store_true", help="compare the ways of spreading a pool as well"
        )
        parser.add_argument("--round", metavar="N", help="one published round only, such as 272")
        parser.add_argument("--size", type=_count, metavar="K", help="with --round: what if K were invited")
        parser.add_argument("--seed", type=int, default=SEED, help=f"of the candidates' times ({SEED})")
        parser.add_argument("--processes", type=_count, default=cores(), help="how many at once (all cores)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self._handle(options)
            self.stdout.flush()
        except BrokenPipeError:
            # The reader has seen enough (as with head); Python would complain once more at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _handle(self, options: dict[str, Any]) -> None:
        _refuse_what_does_not_go_together(options)
        if options["round"] is not None:
            self._one(_wanted(options["round"]), options)
            return
        if not (options["json"] or options["csv"]):
            self.stderr.write("Fitting and replaying; on two cores it takes a minute or two.")
        rounds = published_rounds()
        rows = replay(rounds, seed=options["seed"], processes=options["processes"], blocks=options["only"])
        chain = with_pictures(rounds)
        wanted = options["models"] or options["write_page"]
        compared = compare(chain, targets_of(chain, "general")) if wanted else []
        self._write(rows, compared, options)

    def _write(self, rows: Sequence[Replayed], compared: Sequence[Compared], options: dict[str, Any]) -> None:
        if options["json"]:
            self._lines(json.dumps(record) for record in records(rows, compared))
        elif options["csv"]:
            self.stdout.write(sheet(rows), ending="")
        elif options["write_page"]:
            made = made_part(rows, compared)
            PAGE.write_text(with_made_part(PAGE.read_text(encoding="utf-8"), made), encoding="utf-8")
            self.stdout.write(f"Wrote the figures into {PAGE.name}.")
        else:
            self._print(rows, compared)

    def _print(self, rows: Sequence[Replayed], compared: Sequence[Compared]) -> None:
        for block in blocks(rows):
            self._block(block)
        if compared:
            self._lines(
                [
                    "The ways compared (median error in points, then the mean)",
                    "",
                    *models(compared).text(),
                    "",
                ]
            )
        self._lines(COLUMNS)

    def _block(self, block: Block) -> None:
        self._lines([block.title, "=" * len(block.title), "What was assumed:"])
        for sentence in block.assumed:
            self._lines(textwrap.wrap(f"- {sentence}", 110, subsequent_indent="  "))
        if block.shares:
            self._lines(["", *block.shares.text()])
        self._lines(["", *block.rounds.text(), "", *block.summary.text(), ""])

    def _one(self, held: PublishedRound, options: dict[str, Any]) -> None:
        standings = Standings(
            published_rounds(), processes=options["processes"], blocks=frozenset([block_of(held)])
        )
        standing = standings.by_number.get(held.number)
        if standing is None:
            raise CommandError(
                f"Round {held.number} is the only one of its kind, so nothing tells who could be invited."
            )
        found = outcome(standing, seed=options["seed"], size=options["size"])
        self._lines(
            [
                f"Round {held.number}, {held.day}, {held.kind}: invited {held.invitations:,}, cut-off {held.cutoff}.",
                f"On a pool like the published one, of {found.pool:,}: invited {found.invited:,}, "
                f"cut-off {found.cutoff}.",
            ]
        )

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if not 1 <= number <= LARGEST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {LARGEST:,}")
    return number


def _refuse_what_does_not_go_together(options: dict[str, Any]) -> None:
    shaped = options["json"] or options["csv"] or options["write_page"]
    if options["size"] is not None and options["round"] is None:
        raise CommandError("--size goes with --round: say which round's pool it is about.")
    if options["round"] is not None and (shaped or options["models"]):
        raise CommandError("--round answers in two lines of text: leave the other options out.")
    if options["write_page"] and len(set(options["only"])) < len(BLOCKS):
        raise CommandError("The page shows every kind of round: leave --only out.")


def _wanted(number: str) -> PublishedRound:
    held = published_round(number)
    if held is None or held.distribution is None:
        raise CommandError(
            f"No distribution of the pool was published with a round {number}. Rounds that can be replayed are "
            "listed by replay_rounds without --round."
        )
    return held
