"""The list of those whom a round invited, as officers take it away."""

import csv
import time
from collections.abc import Iterable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from accounts.desk import spreadsheets
from accounts.models import OfficerAction, Role
from draws import exporting
from draws.models import Invitation, Round
from tests import factories
from tests.draws.desk import page, planned_round, sign_in
from tests.draws.pages import text_of
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA

pytestmark = pytest.mark.django_db
MANY = 250_000
PEOPLE = (AMARA, BEN, DIVYA)
PROFILES = """
    INSERT INTO profiles_profile (number, validation_code, submitted_at, simulated, account_id, person)
    SELECT 'E' || 100000000 + n, lpad(n::text, 8, 'Z'), submitted_at, simulated, account_id, ''
    FROM profiles_profile, generate_series(%(first)s, %(many)s) AS n WHERE id = %(profile)s"""
INVITATIONS = """
    INSERT INTO draws_invitation (round_id, profile_id, rank, score, invited_as, state, issued_at, expires_at)
    SELECT one.round_id, profile.id, n, one.score, one.invited_as, one.state, one.issued_at, one.expires_at
    FROM draws_invitation AS one, generate_series(%(first)s, %(many)s) AS n
    JOIN profiles_profile AS profile ON profile.number = 'E' || 100000000 + n WHERE one.id = %(invitation)s"""


def invited_round() -> Round:
    for persona in PEOPLE:
        factories.profile(persona)
    return factories.published_round(number=448, size=10)


def exported(client: Client, held: Round) -> list[dict[str, str]]:
    response = client.post(page(held, "export"))
    assert response.status_code == 200
    assert response.streaming
    return list(csv.DictReader(StringIO(response.getvalue().decode(), newline=""), strict=True))


@pytest.mark.parametrize("role", [Role.SENIOR_OFFICER, Role.AUDITOR])
def test_the_export_has_every_invitation_in_the_rounds_order(client: Client, role: Role) -> None:
    held = invited_round()
    sign_in(client, factories.officer("sonia", role))
    rows = exported(client, held)
    assert tuple(rows[0]) == exporting.COLUMNS
    expected = Invitation.objects.filter(round=held).order_by("rank").select_related("profile")
    assert [
        (row["profile_number"], row["rank"], row["score"], row["class"], row["state"]) for row in rows
    ] == [(one.profile.number, str(one.rank), str(one.score), one.invited_as, one.state) for one in expected]
    assert {row["issued_utc"] for row in rows} == {"2026-09-24T09:12:40Z"}
    assert {row["deadline_utc"] for row in rows} == {"2026-11-23T09:12:40Z"}


def test_the_export_names_nobody(client: Client) -> None:
    held = invited_round()
    sign_in(client, factories.officer("sonia", Role.SENIOR_OFFICER))
    text = str(exported(client, held))
    assert not any(word in text for person in PEOPLE for word in (person.family_name, person.username))


def test_each_export_is_in_the_log_with_the_rounds_number(client: Client) -> None:
    held = invited_round()
    sonia = factories.officer("sonia", Role.SENIOR_OFFICER)
    sign_in(client, sonia)
    exported(client, held)
    action = OfficerAction.objects.get(verb="exported")
    assert (action.officer, action.about) == (sonia, "draws.round 448")


def test_an_old_second_factor_exports_nothing(client: Client) -> None:
    held = invited_round()
    sign_in(client, factories.officer("sonia", Role.SENIOR_OFFICER), proved_at=None)
    response = client.post(page(held, "export"))
    assert "/account/second-factor/again/" in response.headers["Location"]
    assert not OfficerAction.objects.filter(verb="exported").exists()


def test_a_round_that_has_not_run_has_nothing_to_export(client: Client) -> None:
    planned = planned_round()
    sign_in(client, factories.officer("sonia", Role.SENIOR_OFFICER))
    assert client.post(page(planned, "export")).status_code == 404


def test_an_invitation_over_its_time_is_lapsed_in_the_export_even_before_the_job_has_come() -> None:
    held = invited_round()
    text = "".join(exporting.invitation_lines(held, AT + timedelta(days=61)))
    assert {row["state"] for row in csv.DictReader(StringIO(text, newline=""))} == {"lapsed"}


def test_the_button_is_shown_to_those_who_may_press_it(client: Client) -> None:
    held = invited_round()
    sign_in(client, factories.officer("sonia", Role.SENIOR_OFFICER))
    assert "Export the invitations" in text_of(client, page(held))
    sign_in(client, factories.officer("oscar", Role.OFFICER))
    assert "Export the invitations" not in text_of(client, page(held))


# Large ones --------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_quarter_of_a_million_invitations_stream_in_a_minute_and_100_mb() -> None:
    held = invited_round()
    _copy_invitations(held)
    rows, seconds, grown = streamed(exporting.invitation_lines(held, AT))
    assert rows == MANY + 1
    assert seconds <= 60
    assert grown <= 100_000_000


@pytest.mark.slow
def test_a_quarter_of_a_million_rows_of_the_officers_log_stream_in_a_minute_and_100_mb(
    client: Client,
) -> None:
    auditor = factories.officer("ada", Role.AUDITOR)
    table = OfficerAction._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (officer_id, verb, about, why, at, real_at) "
            "SELECT %s, 'opened', 'profiles.submission ' || n, '=HYPERLINK(A' || n || ')', %s, %s "
            "FROM generate_series(1, %s) AS n",
            [auditor.pk, AT, AT, MANY - 1],
        )
    sign_in(client, auditor)
    response = client.post("/en/admin/accounts/officeraction/export/")
    rows, seconds, grown = streamed(chunk.decode() for chunk in response)
    assert rows == MANY + 1
    assert seconds <= 60
    assert grown <= 100_000_000


def streamed(lines: Iterable[str]) -> tuple[int, float, int]:
    """Return how many lines there were, the seconds they took, and by how many bytes the process grew meanwhile."""
    began, before, most = time.monotonic(), _resident(), 0
    rows = 0
    for rows, line in enumerate(lines, start=1):
        assert not line.startswith(spreadsheets.TRIGGERS[1:])
        if rows % 10_000 == 0:
            most = max(most, _resident())
    return rows, time.monotonic() - began, most - before


def _resident() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096


def _copy_invitations(held: Round) -> None:
    """Fill a round up to ``MANY`` invitations, each of a profile of its own."""
    least = Invitation.objects.filter(round=held).latest("rank")
    told = {"first": least.rank + 1, "many": MANY, "invitation": least.pk, "profile": least.profile_id}
    with connection.cursor() as cursor:
        cursor.execute(PROFILES, told)
        cursor.execute(INVITATIONS, told)
