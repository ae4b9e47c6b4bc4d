"""Rounds through the service: beside their five writes as plain SQL, on two sizes of pool, and without the tallies."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from bench.progress import say
from bench.rows import Row, row
from bench.scratch import LARGE, SMALL, Scratch, rest
from bench.sizes import Sizes
from bench.turns import Timed, best, seconds
from draws import services
from draws.models import Round, RoundType
from lifecycle import clock
from profiles import tallying

TURNS = 5

FIVE_WRITES = (
    """
    INSERT INTO draws_invitation (round_id, profile_id, rank, score, invited_as, state, issued_at, expires_at)
    SELECT %(round)s, profile_id, row_number() OVER (ORDER BY score DESC, submitted_at, profile_id), score,
           CASE WHEN programs & 8 <> 0 THEN 'PNP' WHEN programs & 1 <> 0 THEN 'CEC'
                WHEN programs & 2 <> 0 THEN 'FSW' ELSE 'FST' END,
           'issued', %(at)s, %(at)s::timestamptz + interval '60 days'
    FROM pool WHERE state = 'in_pool' AND expires_at > %(at)s AND programs & 7 <> 0
    ORDER BY score DESC, submitted_at, profile_id LIMIT %(size)s
    """,
    """
    UPDATE pool SET state = 'invited' FROM draws_invitation AS invitation
    WHERE invitation.round_id = %(round)s AND invitation.profile_id = pool.profile_id AND pool.state = 'in_pool'
    """,
    """
    INSERT INTO lifecycle_transition (machine, thing_id, source, event, target, at, real_at, cause)
    SELECT 'profile', profile_id, 'in_pool', 'invite', 'invited', %(at)s, %(at)s, 'bench'
    FROM draws_invitation WHERE round_id = %(round)s
    """,
    """
    INSERT INTO lifecycle_transition (machine, thing_id, source, event, target, at, real_at, cause)
    SELECT 'invitation', id, '', 'issue', 'issued', %(at)s, %(at)s, 'bench'
    FROM draws_invitation WHERE round_id = %(round)s
    """,
    """
    INSERT INTO accounts_message (account_id, kind, details, at, key, email_wanted)
    SELECT profile.account_id, 'invitation',
           jsonb_build_object('round', 1, 'invitation', invitation.id, 'rank', invitation.rank,
               'number', profile.number, 'score', invitation.score, 'program', invitation.invited_as,
               'deadline_at', '2026-12-31T00:00:00+00:00'),
           %(at)s, gen_random_uuid(), true
    FROM draws_invitation AS invitation JOIN profiles_profile AS profile ON profile.id = invitation.profile_id
    WHERE invitation.round_id = %(round)s
    """,
)
"""The five writes that no round can do without, each as one plain statement, all in one transaction."""


def beside_five_writes(scratch: Scratch, sizes: Sizes) -> list[Row]:
    """A round through the service and its five writes, in turns, each time for those who are next in the large pool."""
    scratch.use(LARGE)
    settle(sizes)
    sides = [functools.partial(side, sizes.invited) for side in (one_round, five_writes)]
    ours, reference = best([rested(side) for side in sides], TURNS)
    return [
        row(
            "round / its five writes",
            (ours, reference),
            ("at most", 1.3),
            "s",
            f"{sizes.invited:,} of {sizes.large:,}",
        )
    ]


def on_two_sizes(scratch: Scratch, sizes: Sizes) -> list[Row]:
    """A round on the large pool and on the small one, in turns."""

    def on(name: str) -> Callable[[], float]:
        scratch.use(name)
        settle(sizes)

        def measure() -> float:
            scratch.use(name)
            return rested(functools.partial(one_round, sizes.invited))()

        return measure

    ours, reference = best([on(LARGE), on(SMALL)], TURNS)
    pools = f"{sizes.invited:,} of {sizes.large:,} / of {sizes.small:,}"
    return [row("round on the large pool / the small", (ours, reference), ("at most", 1.3), "s", pools)]


def with_and_without_tallies(scratch: Scratch, sizes: Sizes) -> list[Row]:
    """A round that keeps how many are in the pool at each score, and one for which nobody does."""
    scratch.use(LARGE)
    settle(sizes)

    def without() -> float:
        with _no_tallies():
            return one_round(sizes.invited)

    sides = [functools.partial(one_round, sizes.invited), without]
    ours, reference = best([rested(side) for side in sides], TURNS)
    tallying.rebuild()
    return [
        row(
            "round with tallies / without",
            (ours, reference),
            ("at most", 1.3),
            "s",
            f"{sizes.invited:,} of {sizes.large:,}",
        )
    ]


def statements(scratch: Scratch, sizes: Sizes) -> list[Row]:
    """How many statements a round of 5,000 sends to the database, and one of 50."""
    scratch.use(LARGE)
    settle(sizes)
    many, few = _statements(sizes.invited), _statements(sizes.few)
    rounds = f"{sizes.invited:,} / {sizes.few:,} of {sizes.large:,}"
    return [row("statements in a large round / a small", (many, few), ("exactly", 1), "statements", rounds)]


def queued(size: int, at: datetime) -> Round:
    """Return a general round about to run."""
    planned = Round(round_type=RoundType.GENERAL, size=size, planned_for=at)
    planned = services.plan_next(planned=planned, officer_id=None, at=at)
    return services.queue(planned=planned, officer_id=None, at=at)


def one_round(size: int) -> float:
    """The seconds of a round through the service, from the job's start to the commit."""
    at = clock.now()
    waiting = queued(size, at)
    taken = seconds(lambda: services.run(round_id=waiting.pk, at=at))
    waiting.refresh_from_db()
    if waiting.issued != size:
        raise SystemExit(f"The pool is too small: of {size:,} only {waiting.issued:,} could be invited.")
    return taken


def five_writes(size: int) -> float:
    """The seconds of the five writes, the commit included."""
    at = clock.now()
    values = {"round": queued(size, at).pk, "at": at, "size": size}
    return seconds(functools.partial(_write, values))


def rested(side: Timed) -> Timed:
    """Let a side begin on a tidy pool that is all on disk."""

    def begin() -> float:
        rest("pool")
        return side()

    return begin


def settle(sizes: Sizes) -> None:
    """Run one small round, so that what is due is assessed and every plan and page is warm; then clear up."""
    say("  warming up")
    one_round(sizes.few)
    rest("pool")


@transaction.atomic
def _write(values: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for statement in FIVE_WRITES:
            cursor.execute(statement, values)


def _statements(size: int) -> int:
    at = clock.now()
    waiting, heard = queued(size, at), 0

    def listen(execute: Callable[..., object], *arguments: object) -> object:
        nonlocal heard
        heard += 1
        return execute(*arguments)

    with connection.execute_wrapper(listen):
        services.run(round_id=waiting.pk, at=at)
    return heard


@contextmanager
def _no_tallies() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pool DISABLE TRIGGER tally_changes")
        yield
        cursor.execute("ALTER TABLE pool ENABLE TRIGGER tally_changes")
