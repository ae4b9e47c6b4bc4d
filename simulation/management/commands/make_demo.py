"""``manage.py make_demo``: a pool that looks like the real one, and accounts to try the portal with."""

import argparse
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from lifecycle import clock
from lifecycle.errors import DomainError
from profiles.models import PoolEntry
from simulation import demo, demo_accounts, progress
from simulation.population.bands import UnknownDistributionError, published
from simulation.population.pool import PoolOutOfReachError, Recipe

SIZE, SEED, LIKE = 25_000, 2026, "447"
LARGEST = 5_000_000
FIRST_DAY = date(2018, 1, 1)


class Command(BaseCommand):
    help = "Make the demo pool of simulated candidates and the demo accounts, unless they exist."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--pool", type=_size, default=SIZE, metavar="N", help=f"how many candidates ({SIZE})"
        )
        parser.add_argument(
            "--seed", type=int, default=SEED, help=f"another seed gives another pool ({SEED})"
        )
        parser.add_argument(
            "--as-of", type=date.fromisoformat, metavar="DAY", help="the day of the pool (today)"
        )
        parser.add_argument(
            "--like", default=LIKE, metavar="ROUND", help=f"score bands as published with this round ({LIKE})"
        )
        parser.add_argument(
            "--if-empty", action="store_true", help="make a pool only where nobody has a profile yet"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        recipe = self._recipe(options)
        if demo.has_pool():
            self.stdout.write("The demo pool exists already; nothing was added to it.")
        elif options["if_empty"] and PoolEntry.objects.exists():
            self.stdout.write("There are profiles already, so no demo pool was made.")
        else:
            self._make_pool(recipe)
        self._make_accounts()

    def _recipe(self, options: dict[str, Any]) -> Recipe:
        today = clock.today()
        as_of = options["as_of"] or today
        if as_of > today:
            raise CommandError(
                f"The portal's day is {today}; a pool cannot be of a later day. Travel there first."
            )
        if as_of < FIRST_DAY:
            raise CommandError(f"A pool can be made as of {FIRST_DAY} or later.")
        try:
            published(options["like"])
        except UnknownDistributionError as error:
            raise CommandError(
                f"No picture of the pool was published with round {options['like']}. Take another, such as {LIKE}."
            ) from error
        return Recipe(options["seed"], as_of, options["pool"], options["like"])

    def _make_pool(self, recipe: Recipe) -> None:
        self.stdout.write(
            f"Making {recipe.size:,} candidates with scores like the pool of round {recipe.like}, "
            f"as of {recipe.as_of}, seed {recipe.seed}."
        )
        try:
            with progress.shown(
                "Candidates made", recipe.size, self.stdout.write, bar=self.stdout.isatty()
            ) as on_progress:
                made = demo.make_pool(recipe=recipe, on_progress=on_progress)
        except (DomainError, PoolOutOfReachError) as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError("Stopped before the end, so nothing was added.", returncode=130) from None
        demo.analyze()
        self.stdout.write(f"The demo pool holds {made:,} candidates.")

    def _make_accounts(self) -> None:
        if not settings.DEMO:
            self.stdout.write("No demo accounts: EEPORTAL_DEMO is off.")
            return
        demo_accounts.make_accounts(at=clock.now())
        self.stdout.write(
            f"Demo accounts, all with the password {demo_accounts.PASSPHRASE} "
            f"and the answer {demo_accounts.ANSWER} to every security question:"
        )
        for stage in demo_accounts.STAGES:
            self.stdout.write(f"  {stage.username:<10} {stage.shows}")


def _size(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= LARGEST:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is no number of candidates from 1 to {LARGEST:,}")
