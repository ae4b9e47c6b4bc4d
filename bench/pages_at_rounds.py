"""A candidate's pages while rounds run one after the other in another process, beside the same pages when none runs."""

import multiprocessing
import time
from multiprocessing.synchronize import Event

from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from accounts.models import User
from bench.pages import milliseconds, signed_in
from bench.progress import say
from bench.rounds import one_round, settle
from bench.rows import Row, row
from bench.scratch import LARGE, Scratch
from bench.sizes import Sizes
from bench.turns import percentile
from profiles.models import Profile
from simulation.finishing import finish_account

TURNS, ROUNDS_OF_PAGES = 3, 8
PAGES = ("profiles:profile", "draws:score", "draws:changes", "profiles:history")
READY_SECONDS = 120


def pages_while_rounds_run(scratch: Scratch, sizes: Sizes) -> list[Row]:
    """The 95th percentile over all pages that a candidate in the pool looks at, idle and during rounds, in turns."""
    scratch.use(LARGE)
    settle(sizes)
    idle, busy = list[float](), list[float]()
    with override_settings(ALLOWED_HOSTS=["*"]):
        client, addresses = _candidate()
        _ask_for(client, addresses)
        for _turn in range(TURNS):
            idle += _ask_for(client, addresses)
            with _Rounds(sizes.invited):
                busy += _ask_for(client, addresses)
    told = f"{len(busy)} requests, rounds of {sizes.invited:,} of {sizes.large:,}"
    quick, slow = percentile(idle, 95), percentile(busy, 95)
    return [row("p95 of pages while a round runs / idle", (slow, quick), ("at most", 2), "ms", told)]


class _Rounds:
    """Rounds one after the other, in a process of their own, until the block ends."""

    def __init__(self, size: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.running, self.enough = context.Event(), context.Event()
        self.process = context.Process(
            target=_run_rounds, args=(size, self.running, self.enough), daemon=True
        )

    def __enter__(self) -> None:
        self.process.start()
        if not self.running.wait(READY_SECONDS):
            raise SystemExit("No round began within two minutes: there is nothing to measure.")

    def __exit__(self, *_error: object) -> None:
        self.enough.set()
        self.process.join()


def _run_rounds(size: int, running: Event, enough: Event) -> None:
    """Run rounds until told that it is enough, at least one."""
    begun = time.perf_counter()
    count = 0
    while not enough.is_set():
        running.set()
        one_round(size)
        count += 1
    say(f"  {count} rounds ran meanwhile, {(time.perf_counter() - begun) / count:.2f} s each")


@transaction.atomic
def _candidate() -> tuple[Client, list[str]]:
    """Return a client signed in as somebody low in the pool, whom no round will invite, and the pages looked at."""
    profile = Profile.objects.filter(entry__state="in_pool").order_by("entry__score", "pk")[:1].get()
    account = finish_account(User.objects.create_user("bench", email="bench@demo.invalid"))
    Profile.objects.filter(pk=profile.pk).update(account=account)
    addresses = [reverse(name, args=[profile.number]) for name in PAGES]
    return signed_in(account), [reverse("account_home"), *addresses, reverse("draws:what_if")]


def _ask_for(client: Client, addresses: list[str]) -> list[float]:
    """Ask for every page some times over; return the milliseconds of each request."""
    return [milliseconds(client, address) for _turn in range(ROUNDS_OF_PAGES) for address in addresses]
