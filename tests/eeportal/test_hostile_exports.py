"""Names and reasons that would be formulas: in each export they start none, and they come back as they were."""

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.desk.officer_log import Verb, note
from accounts.models import Role
from eeportal.account_export import as_json, document_of
from tests import factories
from tests.draws.desk import sign_in
from tests.factories import AT
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
NASTY = [
    *(f"{start}1+1" for start in ("=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "＝", "＋", "－", "＠", " =", "'=")),
    '"=1+1"', 'a "b", c', "one\ntwo", "one\r\ntwo", ",", "'", "''", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0",
]  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def test_the_officers_log_keeps_every_reason_and_runs_none(client: Client) -> None:
    auditor = factories.officer("ada", Role.AUDITOR)
    for why in NASTY:
        note(officer_id=auditor.pk, verb=Verb.CANCELLED, about="draws.round 1", why=why, at=AT)
    sign_in(client, auditor)
    text = client.post("/en/admin/accounts/officeraction/export/").getvalue().decode()
    rows = list(csv.reader(StringIO(text, newline=""), strict=True))
    assert not [cell for row in rows for cell in row if cell.lstrip(" ").startswith(FORMULA)]
    assert [row[6].removeprefix("'") for row in rows[1:-1]] == NASTY


def test_an_accounts_export_is_json_in_which_every_name_comes_back() -> None:
    account = factories.account(AMARA)
    for name in NASTY:
        account.given_names = name
        document = json.loads(as_json(document_of(account, real_at=AT, at=AT)))
        assert document["account"]["given_names"] == name


def test_the_pools_export_has_a_line_of_json_a_candidate_and_no_name_whatever_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    factories.profile(replace(AMARA, family_name='=HYPERLINK("http://x")', given_names="@SUM(1)"))
    call_command("export_pool")
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith('{"profile":')
    assert not any(part in line for part in ("HYPERLINK", "SUM(1)"))
    assert json.loads(line)["profile_number"]
