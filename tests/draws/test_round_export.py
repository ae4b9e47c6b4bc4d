"""The list of those whom a round invited, as officers take it away."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client

from accounts.models import OfficerAction, Role
from draws.models import Invitation, Round
from draws.officers import exporting
from tests import factories
from tests.draws.desk import page, planned_round, sign_in
from tests.draws.pages import text_of
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA

pytestmark = pytest.mark.django_db
PEOPLE = (AMARA, BEN, DIVYA)


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
