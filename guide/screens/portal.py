"""A portal of its own to take pictures of: a database for as long as it takes, a pool, people, a server."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler, get_internal_wsgi_application

from guide.screens import people
from guide.screens.people import Cast
from guide.screens.standing import chance_from, clock_standing_at
from simulation import demo
from simulation.population.pool import Recipe
from simulation.scratch import Scratch, dropped_afterwards

INSTANT = datetime(2026, 10, 14, 13, 5, 20, tzinfo=UTC)
"""When the pictures are taken: the newest round published is of the first of that month."""
RECIPE = Recipe(seed=2026, as_of=INSTANT.date(), size=3_000)


@dataclass(frozen=True, slots=True)
class Served:
    """A portal to look at: where it is, and who looks."""

    base: str
    cast: Cast


@contextmanager
def scratch_portal(recipe: Recipe = RECIPE) -> Iterator[Served]:
    """Serve a portal with invented people from a database that is dropped afterwards. Its clock stands at ``INSTANT``.

    Raises ``simulation.demo_accounts.NoDemo`` where the settings say that this is no demo.
    """
    database = Scratch(settings.DATABASE_URL, "screens")
    with dropped_afterwards(database), clock_standing_at(INSTANT):
        database.make("portal")
        with chance_from(recipe.seed):
            demo.make_pool(recipe=recipe, on_progress=lambda _count: None)
            demo.analyze()
            cast = people.make(INSTANT)
        with served() as base:
            yield Served(base, cast)


@contextmanager
def served() -> Iterator[str]:
    """Serve this process's portal on a free port of this machine; give its address."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Silent)
    server.set_app(get_internal_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Silent(WSGIRequestHandler):
    """Tells nobody of each request."""

    def log_message(self, *_words: object) -> None:
        pass
