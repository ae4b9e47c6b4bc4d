"""Pools of any size for races and rounds, made in the database itself; scores and instants tie often."""

from datetime import datetime

from django.db import connection

from draws.models import Round, RoundType
from draws.services import plan, queue
from profiles.models import PoolEntry
from rules.selection import Candidate
from tests.factories import AT

PEOPLE = """
    INSERT INTO accounts_user (password, is_superuser, username, email, language, is_active, created_at)
    SELECT '!', false, 'candidate' || n, '', 'en', true, %(at)s FROM generate_series(1, %(size)s) AS n
"""
PROFILES = """
    INSERT INTO profiles_profile (account_id, number, validation_code, submitted_at, simulated)
    SELECT id, 'E' || lpad(id::text, 9, '0'), lpad(id::text, 8, '0'),
           %(at)s::timestamptz - make_interval(hours => (id * 7919 %% 4000)::int), true
    FROM accounts_user WHERE username LIKE 'candidate%%' ORDER BY id
"""
POOL = """
    INSERT INTO pool (profile_id, state, score, submitted_at, expires_at, programs, categories, as_of)
    SELECT id, 'in_pool', 300 + (id * 104729 %% 250), submitted_at, submitted_at + interval '365 days',
           1 + id %% 7, id %% 2048, %(at)s::date
    FROM profiles_profile ORDER BY id * 15485863 %% 1000003
"""


def make_pool(size: int, at: datetime = AT) -> None:
    """Fill the pool with ``size`` candidates, stored in no particular order, none due for assessment."""
    with connection.cursor() as cursor:
        for statement in (PEOPLE, PROFILES, POOL):
            cursor.execute(statement, {"size": size, "at": at})
        cursor.execute("ANALYZE pool")


def candidates() -> list[Candidate]:
    """The pool as ``rules.selection`` reads it."""
    rows = PoolEntry.objects.filter(state="in_pool").order_by("pk")
    return [
        Candidate(*row)
        for row in rows.values_list("profile_id", "score", "submitted_at", "programs", "categories")
    ]


def planned_round(size: int, number: int = 1) -> Round:
    planned = Round(number=number, round_type=RoundType.GENERAL, size=size, planned_for=AT)
    return plan(planned=planned, officer_id=None, at=AT)


def queued_round(size: int, number: int = 1) -> Round:
    return queue(planned=planned_round(size, number), officer_id=None, at=AT)
