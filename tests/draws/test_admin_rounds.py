"""The officers' desk: who gets in, the pool, the plan of a round, the list of rounds."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Role
from draws.models import Round, RoundType
from lifecycle.tables import RoundState
from tests import factories
from tests.draws.desk import ADD, POOL, ROUNDS, page, planned_round, press_run, sign_in, state_of, tied
from tests.draws.pages import queries_for, text_in, text_of
from tests.factories import AT
from tests.personas import AMARA, DIVYA, EMEKA

pytestmark = pytest.mark.django_db
WHY = {"why": "The instruction was withdrawn."}
PLAN = {
    "round_type": "general",
    "size": "2",
    "day_day": "24",
    "day_month": "9",
    "day_year": "2026",
    "hour": "14:30",
    "period": "two_dates",
}


@pytest.fixture
def desk(client: Client) -> Client:
    """A client that is signed in as an officer."""
    return sign_in(client, factories.officer())


# Who gets in


@pytest.mark.parametrize("path", ["/en/admin/", ROUNDS, POOL, ADD, f"{ROUNDS}1/change/"])
def test_nobody_is_sent_to_the_portals_sign_in_and_back(client: Client, path: str) -> None:
    response = client.get(path, follow=True)
    address, _status = response.redirect_chain[-1]
    assert address == f"/en/account/login/?next={path}"


@pytest.mark.parametrize("path", ["/en/admin/", ROUNDS, POOL, ADD, f"{ROUNDS}1/change/"])
def test_a_candidate_is_refused(client: Client, path: str) -> None:
    client.force_login(factories.account(AMARA))
    assert client.get(path, follow=True).status_code == 403


@pytest.mark.parametrize("step", ["run", "cancel", "publish"])
def test_neither_nobody_nor_a_candidate_changes_a_round(client: Client, step: str) -> None:
    planned = planned_round()
    assert client.post(page(planned, step), {"number": "2"}).status_code == 302
    client.force_login(factories.account(AMARA))
    assert client.post(page(planned, step), {"number": "2"}).status_code == 403
    assert state_of(planned) == RoundState.PLANNED


def test_a_content_editor_sees_the_desk_and_nothing_else(client: Client) -> None:
    client.force_login(factories.officer("edith", Role.CONTENT_EDITOR))
    assert client.get(ROUNDS).status_code == 403
    assert client.get(POOL).status_code == 403
    assert "There is nothing for content editors to edit yet." in text_of(client, "/en/admin/")


def test_an_officer_who_may_only_look_can_neither_plan_nor_run(client: Client) -> None:
    planned = planned_round()
    client.force_login(factories.officer("ada", Role.AUDITOR))
    assert "Run the round now" not in text_of(client, page(planned))
    assert "Plan a round" not in text_of(client, ROUNDS)
    assert client.get(ADD).status_code == 403
    assert press_run(client, planned).status_code == 403
    assert state_of(planned) == RoundState.PLANNED


def test_a_refused_officer_reads_which_roles_open_the_page(client: Client) -> None:
    planned = planned_round()
    client.force_login(factories.officer("ada", Role.AUDITOR))
    text = text_in(press_run(client, planned))
    assert "Your role is: Auditor." in text
    assert "These roles open it: Senior officer If it is your task" in text


# The pool


def test_the_pool_is_shown_by_score_band_as_picture_and_table(desk: Client) -> None:
    factories.profile(AMARA)
    factories.profile(DIVYA)
    factories.profile(EMEKA)
    content = desk.get(POOL).content.decode()
    text = text_of(desk, POOL)
    assert "2 candidates are in the pool at 24 September 2026, 09:12 UTC." in text
    assert '<svg class="wide"' in content
    assert "601–1,200 0 0.0 %" in text
    assert text.count("50.0 %") + 2 * text.count("100.0 %") == 2
    assert "Total 2" in text


def test_an_empty_pool_says_how_it_fills(desk: Client) -> None:
    assert "The pool is empty." in text_of(desk, POOL)


# Planning


def test_a_round_is_planned_under_the_number_after_the_published_ones(desk: Client) -> None:
    response = desk.post(ADD, PLAN)
    planned = Round.objects.get()
    assert response.headers["Location"] == page(planned)
    assert (planned.number, planned.state, planned.size) == (448, RoundState.PLANNED, 2)
    assert planned.planned_for == AT.replace(hour=14, minute=30, second=0)
    assert planned.planned_by == factories.officer()
    desk.post(ADD, {**PLAN, "size": "3"})
    assert Round.objects.filter(number=449).exists()


def test_program_and_category_rounds_keep_what_they_are_for(desk: Client) -> None:
    desk.post(ADD, {**PLAN, "round_type": "program", "programs": ["CEC", "FST"]})
    desk.post(ADD, {**PLAN, "round_type": "category", "category": "french"})
    desk.post(ADD, {**PLAN, "round_type": "pnp"})
    rows = Round.objects.order_by("number").values_list("round_type", "programs", "category")
    assert list(rows) == [("program", 5, ""), ("category", 0, "french"), ("pnp", 0, "")]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"round_type": ""}, "Choose the type of the round."),
        ({"round_type": "lottery"}, "This answer is not one of those shown"),
        ({"round_type": "program"}, "A program round needs a program."),
        ({"round_type": "category"}, "A category round needs a category."),
        ({"programs": ["CEC"]}, "Only a program round names programs."),
        ({"category": "french"}, "Only a category round names a category."),
        ({"size": ""}, "Enter the number of invitations."),
        ({"size": "0"}, "0 is not possible here. Enter a number from 1 to 100000."),
        ({"size": "100001"}, "100001 is not possible here."),
        ({"size": "2.5"}, "is not a whole number"),
        ({"size": "many"}, "‘many’ is not a number."),
        ({"day_day": "31"}, "31 September 2026 is not a day. September has 30 days."),
        ({"day_year": "2025"}, "24 September 2025 is too early."),
        ({"day_year": "2100"}, "too late"),
        ({"day_month": ""}, "Enter the month as well."),
        ({"hour": "25:00"}, "This is not a time of day."),
        ({"hour": ""}, "Enter the time of the round"),
        ({"hour": "09:12"}, "This time has passed: it is 09:12 UTC."),
        ({"hour": "00:00"}, "This time has passed"),
    ],
)
def test_a_wrong_instruction_is_told_at_its_field_and_nothing_is_planned(
    desk: Client, wrong: dict[str, Any], words: str
) -> None:
    response = desk.post(ADD, {**PLAN, **wrong})
    text = text_in(response)
    assert response.status_code == 200
    assert "to fix on this page" in text
    assert words in text
    assert not Round.objects.exists()


def test_what_was_typed_stays_beside_the_error(desk: Client) -> None:
    content = desk.post(ADD, {**PLAN, "size": "many", "hour": "14.30"}).content.decode()
    assert 'value="many"' in content
    assert 'value="14.30"' in content


# The list


def test_the_list_shows_every_round_with_its_state(desk: Client) -> None:
    assert "No round has been planned in this simulator yet." in text_of(desk, ROUNDS)
    planned_round(size=4500)
    cancelled = planned_round(round_type=RoundType.PROGRAM, programs=1)
    desk.post(page(cancelled, "cancel"), WHY)
    text = text_of(desk, ROUNDS)
    assert "Round 448 Planned General 24 September 2026, 10:12 UTC 4,500 – – olivia" in text
    assert "Round 449 Cancelled Canadian Experience" in text


def test_the_lists_take_as_many_queries_when_short_as_when_long(desk: Client) -> None:
    planned = planned_round()
    factories.profile(AMARA)
    counts = {path: queries_for(desk, path) for path in (ROUNDS, POOL, page(planned))}
    tied(9)
    for number in range(9):
        planned_round(size=number + 10)
    assert {path: queries_for(desk, path) for path in counts} == counts
    assert max(counts.values()) <= 15
