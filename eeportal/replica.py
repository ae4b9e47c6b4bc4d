"""Public pages read a replica of the database where there is one, and the primary while it is away or too far behind.

A candidate's own pages, the officers' pages, sessions, the clock and every write stay with the primary.
"""

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch

from eeportal import metrics
from lifecycle import clock
from lifecycle.middleware import PortalRequest

ALIAS = "replica"
PUBLIC = frozenset({"home", "draws:rounds", "draws:round", "draws:published_round", "draws:instruction"})
FEEDS = "feed"
MODELS = frozenset({"lifecycle.transition"})
"""What public pages read besides everything of ``draws``."""
AWAY_FOR = 30.0
"""So many seconds nobody waits again for a replica that did not answer."""
SEEN = "SELECT pg_is_in_recovery(), pg_last_xact_replay_timestamp()"

reading: ContextVar[bool] = ContextVar("reading the replica", default=False)
logger = logging.getLogger(__name__)
View = Callable[..., HttpResponse]


class PublicPagesRouter:
    """Sends what a public page reads of rounds to the replica."""

    def db_for_read(self, model: type[Model], **_hints: Any) -> str | None:
        """The replica while a public page is made from it."""
        public = model._meta.app_label == "draws" or model._meta.label_lower in MODELS
        return ALIAS if public and reading.get() else None

    def allow_relation(self, _one: Model, _other: Model, **_hints: Any) -> bool:
        """Both hold the same rows."""
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool | None:
        """A replica follows the primary's migrations by itself."""
        return False if db == ALIAS else None


class ReplicaMiddleware:
    """Makes a public page from the replica; from the primary when that is not fit, or fails on the way.

    ``seen_at`` on the request is the portal's instant as of which the replica knew everything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.again_at = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Return the page made from the replica; None to have it made as always."""
        if ALIAS not in connections or not is_public(request) or time.monotonic() < self.again_at:
            return None
        portals = cast("PortalRequest", request)
        try:
            seen_at = as_of(portals.at)
            if seen_at is None:
                return None
            portals.seen_at = seen_at
            with from_the_replica():
                return view(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            self.again_at = time.monotonic() + AWAY_FOR
            connections[ALIAS].close()
            vars(request).pop("seen_at", None)
            metrics.REPLICA_MISSED.labels("away").inc()
            logger.warning("The replica is away; public pages are made from the primary.")
            return None


@contextmanager
def from_the_replica() -> Iterator[None]:
    """Read what is public from the replica until the block ends."""
    token = reading.set(True)
    try:
        yield
    finally:
        reading.reset(token)


def is_public(request: HttpRequest) -> bool:
    """Whether a request only looks at a page that is the same for everybody."""
    match = cast("ResolverMatch", request.resolver_match)
    return request.method in {"GET", "HEAD"} and (match.view_name in PUBLIC or FEEDS in match.namespaces)


def as_of(at: datetime) -> datetime | None:
    """Return the portal's instant up to which the replica knows everything; None when that is too long ago.

    Something is written every few seconds while the jobs run, so what it applied last tells how far it is. Raises
    ``OperationalError`` when it does not answer.
    """
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(SEEN)
        follows, applied = cursor.fetchone()
    behind = clock.real_now() - applied if follows and applied else timedelta(0)
    if behind > timedelta(seconds=settings.EEPORTAL_REPLICA_LAG):
        metrics.REPLICA_MISSED.labels("late").inc()
        return None
    return at - max(behind, timedelta(0))
