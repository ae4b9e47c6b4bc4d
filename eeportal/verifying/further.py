"""What must hold of the database and takes more than one query to tell."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import groupby

from django.db import connection

from draws.models import Round
from draws.proving.lists import issued_of
from draws.running.digests import digest_of
from eeportal.verifying.structure import Fault
from lifecycle import digests
from profiles import tallying
from profiles.models import PoolEntry
from rules.deadlines import profile_deadline

ENDS = f"""
    SELECT (submitted_at AT TIME ZONE 'UTC')::date AS day, expires_at, count(*), min(profile_id)
    FROM {PoolEntry._meta.db_table} GROUP BY 1, 2 ORDER BY 1, 2
"""


def faults() -> Iterator[Fault]:
    """Yield whatever does not hold."""
    yield from _wrong_ends()
    yield from _wrong_tallies()
    yield from _broken_seals()
    yield from _wrong_digests()


def _wrong_ends() -> Iterator[Fault]:
    """Every profile leaves the pool 12 months after its first submission."""
    with connection.cursor() as cursor:
        cursor.execute(ENDS)
        found = cursor.fetchall()
    for day, group in groupby(found, key=lambda row: row[0]):
        right = profile_deadline(datetime.combine(day, time(), tzinfo=UTC))
        for _day, ends, count, first in group:
            if ends != right:
                said = (
                    f"{count} profiles of {day} end on {ends}, not on {right}; the first has the key {first}."
                )
                yield Fault("profile_ends", said, count)


def _wrong_tallies() -> Iterator[Fault]:
    for score, kept, counted in tallying.differences():
        said = f"The tallies have {kept} candidates with {score} points in the pool; there are {counted}."
        yield Fault("tallies", said)


def _broken_seals() -> Iterator[Fault]:
    for log in digests.LOGS:
        for checked in digests.check(log):
            if checked.fault:
                yield Fault("seal", f"The log {log} is not as it was sealed on {checked.sealed.day}.")
                break


def _wrong_digests() -> Iterator[Fault]:
    """The stored digest of each round is that of its invitations."""
    for held in Round.objects.filter(ran_at__isnull=False, log_to__isnull=False).order_by("number"):
        if digest_of(issued_of(held)) != held.digest:
            yield Fault(
                "round_digest", f"The invitations of round {held.number} are not those of its digest."
            )
