"""A quarter of a million rows of each export: within a minute, and in no more memory than a few rows need.

The database fills its tables itself, with copies of what the portal made.
"""

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.desk import spreadsheets
from accounts.models import OfficerAction, Role
from draws.models import Invitation
from draws.officers import exporting
from simulation.exporting import pool_lines
from tests import factories
from tests.draws.desk import sign_in
from tests.factories import AT
from tests.personas import AMARA

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY = 250_000
SECONDS, BYTES = 60, 100_000_000

PROFILES = """
    INSERT INTO profiles_profile (number, validation_code, submitted_at, simulated, account_id, person)
    SELECT 'E' || 100000000 + n, lpad(n::text, 8, 'Z'), submitted_at, simulated, account_id, ''
    FROM profiles_profile, generate_series(2, %(many)s) AS n"""
INVITATIONS = """
    INSERT INTO draws_invitation (round_id, profile_id, rank, score, invited_as, state, issued_at, expires_at)
    SELECT one.round_id, profile.id, n, one.score, one.invited_as, one.state, one.issued_at, one.expires_at
    FROM draws_invitation AS one, generate_series(2, %(many)s) AS n
    JOIN profiles_profile AS profile ON profile.number = 'E' || 100000000 + n"""
SUBMISSIONS = """
    INSERT INTO profiles_submission (profile_id, sequence, submitted_at, facts, personal, signed_as)
    SELECT profile.id, 1, one.submitted_at, one.facts, '{}', ''
    FROM profiles_submission AS one JOIN profiles_profile AS profile ON profile.id <> one.profile_id"""
POOL = """
    INSERT INTO pool (profile_id, state, score, submitted_at, expires_at, programs, categories, as_of)
    SELECT profile.id, one.state, one.score, one.submitted_at, one.expires_at, one.programs, one.categories, one.as_of
    FROM pool AS one JOIN profiles_profile AS profile ON profile.id <> one.profile_id"""
ACTIONS = """
    INSERT INTO accounts_officeraction (officer_id, verb, about, why, at, real_at)
    SELECT %(officer)s, 'opened', 'profiles.submission ' || n, '=HYPERLINK(A' || n || ')', %(at)s, %(at)s
    FROM generate_series(2, %(many)s) AS n"""

FILLED = ("profiles_profile", "profiles_submission", "pool", "draws_invitation", "accounts_officeraction")


def test_a_rounds_invitations() -> None:
    held = factories.invitation(AMARA).round
    fill(PROFILES, INVITATIONS)
    assert Invitation.objects.filter(round=held).count() == MANY
    assert_streams(exporting.invitation_lines(held, AT), rows=MANY + 1)


def test_the_officers_log(client: Client) -> None:
    auditor = factories.officer("ada", Role.AUDITOR)
    fill(ACTIONS, officer=auditor.pk, at=AT)
    sign_in(client, auditor)
    response = client.post("/en/admin/accounts/officeraction/export/")
    assert OfficerAction.objects.count() == MANY
    assert_streams((chunk.decode() for chunk in response), rows=MANY + 1)


def test_the_pool() -> None:
    factories.profile(AMARA)
    fill(PROFILES, SUBMISSIONS, POOL)
    assert_streams(pool_lines(at=AT), rows=MANY)


def fill(*statements: str, **told: Any) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, {"many": MANY, **told})
            # After each: a key held to a table that the database believes to be empty is looked up row by row. By name:
            # the server's own tables stay locked to the end of the test, and another process may be at them.
            cursor.execute(f"ANALYZE {', '.join(FILLED)}")


def assert_streams(lines: Iterable[str], *, rows: int) -> None:
    began, before, most, seen = time.monotonic(), resident(), 0, 0
    for seen, line in enumerate(lines, start=1):
        assert not line.startswith(spreadsheets.TRIGGERS[1:])
        if seen % 10_000 == 0:
            most = max(most, resident())
    assert seen == rows
    assert time.monotonic() - began <= SECONDS
    assert most - before <= BYTES


def resident() -> int:
    """How many bytes of memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
