"""The demo: a pool that looks like the real one, made once."""

from collections.abc import Callable

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lifecycle.errors import DomainError
from lifecycle.models import Transition
from profiles import pool_lock
from profiles.models import Assessment, KeptFactors, PoolEntry, Profile, Submission
from simulation.loading import Loader
from simulation.population.pool import Recipe
from simulation.population.workers import generate
from simulation.profile_numbers import Numbers

DEMO_LOCK = 7_300
LOADED = (User, Profile, Submission, Assessment, PoolEntry, KeptFactors, Transition)


class DemoBeingMade(DomainError):
    """Another process is making the demo pool."""

    message = _("Another process is making the demo pool at this moment. Wait until it has finished.")


def has_pool() -> bool:
    """Return whether a demo pool exists."""
    return Profile.objects.filter(simulated=True).exists()


@transaction.atomic
def make_pool(*, recipe: Recipe, on_progress: Callable[[int], None]) -> int:
    """Make the recipe's pool, all of it or nothing, unless there is one; return how many candidates came.

    ``on_progress`` is told how many more are loaded. Raises ``DemoBeingMade``, and ``LookupError`` or
    ``RuntimeError`` of ``simulation.population`` for a recipe that cannot be made.
    """
    _lock()
    if has_pool():
        return 0
    pool_lock.share()
    loader = Loader(numbers=Numbers(seed=recipe.seed, size=recipe.size))
    for candidates in generate(recipe):
        loader.load(candidates)
        on_progress(len(candidates))
    return recipe.size


def analyze() -> None:
    """Let the database count anew what was loaded, so that it plans its queries well."""
    with connection.cursor() as cursor:
        for model in LOADED:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [DEMO_LOCK])
        if not cursor.fetchone()[0]:
            raise DemoBeingMade
        # The first chunk of a large pool takes longer than a transaction may otherwise be idle.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
