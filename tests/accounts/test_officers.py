"""Roles and allowances as administrators give them, and the log of what officers do and open."""

import csv
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.desk import officer_proof, officers, spreadsheets
from accounts.desk.officer_log import LONGEST_ABOUT, Verb, about_words, note
from accounts.desk.officers import AllowanceOver, CommandLineRole, NoSecondFactor, OwnRole
from accounts.models import Allowance, OfficerAction, Role, User
from draws import services
from profiles.models import PoolEntry, Profile, Submission
from tests import factories
from tests.draws.desk import page, planned_round, press_run, sign_in
from tests.draws.pages import queries_for, text_in, text_of
from tests.factories import AT
from tests.personas import AMARA, DIVYA

pytestmark = pytest.mark.django_db
OFFICERS = "/en/admin/accounts/user/"
GIVE = f"{OFFICERS}add/"
LOG = "/en/admin/accounts/officeraction/"
EXPORT = f"{LOG}export/"
ALLOWANCES = "/en/admin/accounts/allowance/"


@pytest.fixture
def administrator() -> User:
    return factories.officer("adele", Role.ADMINISTRATOR)


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    return sign_in(client, administrator)


def change(account: User, role: str, by: User) -> User:
    return officers.change_role(account_id=account.pk, role=role, officer_id=by.pk, why="a new task", at=AT)


def last_action() -> OfficerAction:
    return OfficerAction.objects.order_by("-pk")[0]


# Roles


def test_a_role_is_given_by_username_with_a_reason_that_the_log_keeps(
    desk: Client, administrator: User
) -> None:
    account = factories.account(AMARA)
    response = desk.post(
        GIVE, {"username": "AMARA", "role": "senior_officer", "why": "Covers for a colleague"}
    )
    assert response.headers["Location"] == OFFICERS
    account.refresh_from_db()
    assert account.role == Role.SENIOR_OFFICER
    action = last_action()
    assert (action.officer, action.verb, action.why) == (
        administrator,
        Verb.GAVE_ROLE,
        "Covers for a colleague",
    )
    assert action.about == f"accounts.user {account.pk} - > senior_officer"
    assert "amara" not in action.about


def test_provincial_staff_get_their_province_and_lose_it_with_the_role(desk: Client) -> None:
    account = factories.account(AMARA)
    staff = {"username": "amara", "role": "provincial_staff", "province": "ON", "why": "New at the desk"}
    desk.post(GIVE, staff)
    account.refresh_from_db()
    assert (account.role, account.province) == (Role.PROVINCIAL_STAFF, "ON")
    assert last_action().about.endswith("- > provincial_staff ON")
    desk.post(f"{OFFICERS}{account.pk}/change/", {"role": "none", "province": "ON", "why": "Left"})
    account.refresh_from_db()
    assert (account.role, account.province) == ("", "")


def test_provincial_staff_need_a_province(desk: Client) -> None:
    account = factories.account(AMARA)
    answered = desk.post(GIVE, {"username": "amara", "role": "provincial_staff", "why": "New at the desk"})
    assert "Choose the province or territory whose nominations they confirm." in answered.content.decode()
    account.refresh_from_db()
    assert account.role == ""


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"username": "nobody-here"}, "No account has this username."),
        ({"username": ""}, "Enter the username of the account."),
        ({"username": "adele"}, "Nobody changes their own role"),
        ({"role": ""}, "Choose a role."),
        ({"role": "none"}, "Select a valid choice"),
        ({"role": "king"}, "Select a valid choice"),
        ({"why": ""}, "Enter the reason."),
    ],
)
def test_what_is_wrong_is_told_and_nobody_gets_a_role(
    desk: Client, wrong: dict[str, str], words: str
) -> None:
    factories.account(AMARA)
    typed = {"username": "amara", "role": "officer", "why": "A new task", **wrong}
    assert words in text_in(desk.post(GIVE, typed))
    assert User.objects.exclude(role="").count() == 1


def test_a_role_is_taken_away_and_the_account_signed_out_everywhere(desk: Client) -> None:
    officer = factories.officer("oscar", Role.OFFICER)
    elsewhere = sign_in(Client(), officer)
    assert elsewhere.get("/en/admin/").status_code == 200
    desk.post(f"{OFFICERS}{officer.pk}/change/", {"role": "none", "why": "Left the team"})
    officer.refresh_from_db()
    assert officer.role == ""
    assert last_action().verb == Verb.TOOK_ROLE
    assert elsewhere.get("/en/admin/").status_code == 302


def test_the_role_that_an_account_has_already_changes_nothing(administrator: User) -> None:
    officer = factories.officer("oscar", Role.OFFICER)
    change(officer, Role.OFFICER, administrator)
    assert not OfficerAction.objects.exists()


def test_nobody_changes_their_own_role(administrator: User) -> None:
    with pytest.raises(OwnRole):
        change(administrator, Role.SENIOR_OFFICER, administrator)


def test_the_account_of_the_command_line_is_changed_there_only(administrator: User) -> None:
    with pytest.raises(CommandLineRole):
        change(factories.officer(), Role.OFFICER, administrator)


def test_an_account_without_a_second_factor_gets_no_role(administrator: User) -> None:
    account = factories.account(AMARA)
    account.email_codes = False
    account.save()
    with pytest.raises(NoSecondFactor):
        change(account, Role.OFFICER, administrator)


def test_a_candidate_is_no_page_of_the_officers(desk: Client) -> None:
    candidate = factories.account(AMARA)
    assert desk.get(f"{OFFICERS}{candidate.pk}/change/").status_code == 404


def test_the_list_names_every_officer_and_no_candidate(desk: Client) -> None:
    factories.account(AMARA)
    factories.officer("oscar", Role.OFFICER)
    text = text_of(desk, OFFICERS)
    assert "oscar Officer" in text
    assert "amara" not in text


# Allowances


def give(administrator: User) -> Allowance:
    hours = timedelta(hours=2)
    return officers.give_allowance(
        address="203.0.113.7", factor=30, lasts=hours, officer_id=administrator.pk, why="A course", at=AT
    )


def test_an_allowance_is_given_to_an_address_for_a_while(desk: Client, administrator: User) -> None:
    typed = {"address": "2001:db8:1:2::7", "factor": "30", "hours": "8", "why": "A course"}
    assert desk.post(f"{ALLOWANCES}add/", typed).headers["Location"] == ALLOWANCES
    given = Allowance.objects.get()
    assert (given.address, given.factor, given.until) == (
        "2001:db8:1:2::/64",
        30,
        AT + timedelta(hours=8),
    )
    assert given.given_by == administrator
    assert (last_action().verb, last_action().why) == (Verb.GAVE_ALLOWANCE, "A course")
    assert "2001:db8:1:2::/64" in text_of(desk, ALLOWANCES)


@pytest.mark.parametrize(
    "wrong", [{"address": "the room"}, {"factor": "1000000"}, {"hours": "9999"}, {"why": ""}]
)
def test_a_wrong_allowance_is_not_given(desk: Client, wrong: dict[str, str]) -> None:
    typed = {"address": "203.0.113.7", "factor": "10", "hours": "2", "why": "A course", **wrong}
    assert "to fix on this page" in text_in(desk.post(f"{ALLOWANCES}add/", typed))
    assert not Allowance.objects.exists()


def test_an_allowance_is_ended_once(desk: Client, administrator: User) -> None:
    given = give(administrator)
    end = f"{ALLOWANCES}{given.pk}/end/"
    typed = {"why": "The course is over"}
    assert "The allowance has ended." in text_in(desk.post(end, typed, follow=True))
    assert "This allowance has ended already." in text_in(desk.post(end, typed, follow=True))
    with pytest.raises(AllowanceOver):
        officers.end_allowance(allowance=given, officer_id=administrator.pk, why="", at=AT)
    noted = OfficerAction.objects.get(verb=Verb.ENDED_ALLOWANCE)
    assert (noted.officer, noted.why) == (administrator, "The course is over")


def test_without_a_reason_no_allowance_is_ended(desk: Client, administrator: User) -> None:
    given = give(administrator)
    assert "Enter the reason." in text_in(desk.post(f"{ALLOWANCES}{given.pk}/end/", {"why": " "}))
    assert Allowance.objects.get().until == given.until


def press_both(client: Client, administrator: User) -> tuple[bool, bool]:
    """Press both buttons of allowances; return whether one was given and whether one was ended."""
    given = give(administrator)
    typed = {"address": "203.0.113.8", "factor": "10", "hours": "2", "why": "A course"}
    client.post(f"{ALLOWANCES}add/", typed)
    client.post(f"{ALLOWANCES}{given.pk}/end/", {"why": "The course is over"})
    ended = Allowance.objects.get(pk=given.pk).until != given.until
    return Allowance.objects.filter(address="203.0.113.8").exists(), ended


@pytest.mark.parametrize("proved_at", [None, AT - timedelta(minutes=15)])
def test_without_a_fresh_second_factor_no_allowance_is_given_or_ended(
    client: Client, administrator: User, proved_at: datetime | None
) -> None:
    sign_in(client, administrator, proved_at=proved_at)
    assert press_both(client, administrator) == (False, False)
    assert not OfficerAction.objects.filter(verb=Verb.ENDED_ALLOWANCE).exists()


def test_with_a_second_factor_of_the_last_quarter_of_an_hour_both_happen(
    client: Client, administrator: User
) -> None:
    sign_in(client, administrator, proved_at=AT - timedelta(minutes=15) + timedelta(seconds=1))
    assert press_both(client, administrator) == (True, True)


def test_twin_without_the_guard_an_old_session_gives_and_ends_allowances(
    client: Client, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, administrator, proved_at=None)
    monkeypatch.setattr(officer_proof, "is_fresh", lambda _request: True)
    assert press_both(client, administrator) == (True, True)


def test_what_was_typed_of_an_allowance_is_there_after_the_proof(client: Client, administrator: User) -> None:
    sign_in(client, administrator, proved_at=None)
    client.post(
        f"{ALLOWANCES}add/", {"address": "203.0.113.8", "factor": "30", "hours": "8", "why": "A course"}
    )
    shown = client.get(f"{ALLOWANCES}add/").content.decode()
    assert 'value="203.0.113.8"' in shown
    assert "A course" in shown


# The log


@pytest.mark.parametrize("change_it", [lambda rows: rows.update(why="another"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_or_delete_a_row(administrator: User, change_it: Any) -> None:
    note(officer_id=administrator.pk, verb=Verb.OPENED, about="draws.round 1", at=AT)
    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        change_it(OfficerAction.objects.all())
    assert OfficerAction.objects.get().why == ""


def test_every_act_on_a_round_is_in_the_log_with_its_reason(client: Client) -> None:
    officer = factories.officer()
    sign_in(client, officer)
    first, second = planned_round(), planned_round(size=3)
    press_run(client, first)
    services.run(round_id=first.pk, at=AT)
    client.post(page(first, "publish"))
    client.post(page(second, "cancel"), {"why": "A wrong number"})
    rows = (
        OfficerAction.objects.exclude(verb="listed").order_by("pk").values_list("verb", "about", "why", "at")
    )
    assert list(rows) == [
        ("planned", "draws.round 448", "", AT),
        ("planned", "draws.round 449", "", AT),
        ("started", "draws.round 448", "", AT),
        ("published", "draws.round 448", "", AT),
        ("cancelled", "draws.round 449", "A wrong number", AT),
    ]


def test_what_is_refused_is_not_in_the_log(client: Client) -> None:
    sign_in(client, factories.officer())
    planned = planned_round()
    press_run(client, planned, "999")
    assert set(OfficerAction.objects.values_list("verb", flat=True)) == {"planned"}


def opened_by(client: Client, path: str) -> list[str]:
    before = OfficerAction.objects.count()
    client.get(path)
    return list(OfficerAction.objects.order_by("pk").values_list("about", flat=True))[before:]


def test_each_page_with_candidates_data_is_one_row(client: Client) -> None:
    auditor = factories.officer("ada", Role.AUDITOR)
    profile: Profile = factories.profile(AMARA)
    sent = Submission.objects.get()
    planned = planned_round()
    sign_in(client, auditor)
    pool = reverse("admin:profiles_poolentry_changelist")
    record = reverse("admin:profiles_submission_change", args=[sent.pk])
    assert opened_by(client, record) == [f"profiles.submission {sent.pk} {profile.number}"]
    assert opened_by(client, pool) == ["profiles.poolentry page=1"]
    assert opened_by(client, f"{pool}?number={profile.number[:5]}") == [
        f"profiles.poolentry number={profile.number[:5]} page=1"
    ]
    assert opened_by(client, page(planned)) == ["draws.round 448 page=1"]
    assert {action.officer for action in OfficerAction.objects.exclude(verb="planned")} == {auditor}


def test_a_name_typed_as_a_number_does_not_get_into_the_log(client: Client) -> None:
    sign_in(client, factories.officer("ada", Role.AUDITOR))
    pool = reverse("admin:profiles_poolentry_changelist")
    assert opened_by(client, f"{pool}?number=Okafor") == ["profiles.poolentry page=1"]


def test_a_missing_record_was_not_opened(client: Client) -> None:
    sign_in(client, factories.officer("ada", Role.AUDITOR))
    assert opened_by(client, reverse("admin:profiles_submission_change", args=[999])) == []


def test_pages_without_candidates_data_are_not_in_the_log(client: Client) -> None:
    sign_in(client, factories.officer("ada", Role.AUDITOR))
    assert opened_by(client, reverse("admin:index")) == []
    assert opened_by(client, reverse("admin:draws_pool")) == []


def test_the_log_is_read_in_words_and_searched(client: Client) -> None:
    auditor = factories.officer("ada", Role.AUDITOR)
    first, second = factories.profile(AMARA), factories.profile(DIVYA)
    sign_in(client, auditor)
    for profile in (first, second):
        client.get(
            reverse("admin:profiles_poolentry_change", args=[PoolEntry.objects.get(profile=profile).pk])
        )
    planned_round()
    assert "olivia Planned Round 448 –" in text_of(client, LOG)
    found = text_of(client, f"{LOG}?record={second.number}")
    assert second.number in found
    assert first.number not in found
    assert "Round 448" not in text_of(client, f"{LOG}?officer=ada")
    assert "Round 448" in text_of(client, f"{LOG}?verb=planned")
    assert "Nothing matches." in text_of(client, f"{LOG}?officer=nobody")


def test_the_log_takes_as_many_queries_when_long_as_when_short(client: Client) -> None:
    auditor = factories.officer("ada", Role.AUDITOR)
    sign_in(client, auditor)
    note(officer_id=auditor.pk, verb=Verb.OPENED, about="draws.round 1", at=AT)
    short = queries_for(client, LOG)
    for number in range(60):
        note(officer_id=auditor.pk, verb=Verb.OPENED, about=f"draws.round {number}", at=AT)
    assert queries_for(client, LOG) == short
    assert "1 to 50 of 61" in text_of(client, LOG)


def test_what_the_log_names_is_short_and_in_words() -> None:
    assert about_words("draws.round 448 page=2") == "Round 448 page=2"
    assert about_words("gone.thing 4") == "gone.thing 4"
    assert about_words("") == ""
    longest = note(officer_id=factories.officer().pk, verb=Verb.LISTED, about="x" * 200, at=AT)
    assert len(longest.about) == LONGEST_ABOUT


# The export


def test_the_export_holds_every_row_and_then_itself(client: Client) -> None:
    auditor = factories.officer("ada", Role.AUDITOR)
    note(officer_id=auditor.pk, verb=Verb.CANCELLED, about="draws.round 1", why="=HYPERLINK(A1)", at=AT)
    sign_in(client, auditor)
    response = client.post(EXPORT)
    assert response.headers["Content-Disposition"] == 'attachment; filename="officers-log.csv"'
    assert response.streaming
    rows = list(csv.reader(StringIO(response.getvalue().decode())))
    assert [row[4] for row in rows[1:]] == ["cancelled", "exported"]
    assert rows[1][3] == "ada"
    assert rows[1][6] == "'=HYPERLINK(A1)"


@pytest.mark.parametrize(
    "value", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", " =1", "'quoted", 'a "b", c', ""]
)
def test_no_cell_starts_a_formula_and_one_apostrophe_away_gives_the_value_back(value: str) -> None:
    cell = next(csv.reader(StringIO("".join(spreadsheets.lines([[value, "end"]])), newline="")))[0]
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    assert cell.removeprefix("'") == value
