"""The language converter, the settlement funds and the list of the tools: as pages, by link, and as JSON."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from eligibility.forms.languages import SCALES, TEST_NAMES
from eligibility.tools.conversion import converted
from eligibility.tools.funds import funds_of
from rules.assessment import assess
from rules.facts import parse
from tests.eligibility.tool_links import hostile_links
from tests.personas import AMARA

pytestmark = pytest.mark.django_db
TAKEN = {"date_taken_day": "10", "date_taken_month": "2", "date_taken_year": "2026"}
SCORES = {"listening": "8", "reading": "6.5", "writing": "6", "speaking": "7"}
IELTS = {"test": "ielts_general", **TAKEN, **SCORES}


def read(client: Client, tool: str, **query: Any) -> Any:
    return client.get(reverse(f"tools:{tool}"), {**query, "format": "json"})


def test_every_tool_is_listed_and_its_page_answers(client: Client) -> None:
    for tool in read(client, "index").json()["tools"]:
        assert tool["url"] in client.get(reverse("tools:index")).content.decode()
        assert client.get(tool["url"]).status_code == 200


def test_the_eligibility_check_the_menu_and_the_footer_lead_to_the_tools(client: Client) -> None:
    page = client.get(reverse("eligibility:start")).content.decode()
    assert page.count(f'href="{reverse("tools:index")}"') == 3


def test_scores_become_levels_with_what_they_open_and_until_when(client: Client) -> None:
    document = read(client, "language", **IELTS).json()
    assert document["levels"] == {"listening": 9, "reading": 8, "writing": 7, "speaking": 9}
    assert document["expires_on"] == "2028-02-10"
    assert document["opens"]["FSW"]["reached"]
    assert document["points"]["first_language"] == {"without_spouse": 102, "with_spouse": 96}


def test_an_ability_that_is_too_low_is_named(client: Client) -> None:
    query = IELTS | {"writing": "5"}
    document = read(client, "language", **query).json()
    assert document["opens"]["FSW"]["missing"] == ["writing"]
    assert document["opens"]["FST"]["reached"]
    assert "Too low: writing." in client.get(reverse("tools:language"), query).content.decode()


def test_a_score_off_the_tests_scale_is_named_on_the_page_and_in_json(client: Client) -> None:
    query = IELTS | {"listening": "8.3"}
    answer = read(client, "language", **query)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["listening"]
    page = client.get(reverse("tools:language"), query).content.decode()
    assert answer.json()["errors"][0]["message"] in page
    assert 'href="#id_listening"' in page


def test_tef_follows_the_scale_of_the_day_it_was_taken(client: Client) -> None:
    scores = dict.fromkeys(SCORES, "434")
    query = {"test": "tef_canada", **TAKEN, **scores}
    today = read(client, "language", **query).json()["levels"]
    before = read(client, "language", **query | {"date_taken_year": "2023"}).json()["levels"]
    assert (today["listening"], before["listening"]) == (7, 6)


def test_a_test_that_was_not_accepted_yet_has_no_levels_and_says_so(client: Client) -> None:
    query = {"test": "pte_core", **TAKEN, "date_taken_year": "2023", **dict.fromkeys(SCORES, "80")}
    document = read(client, "language", **query).json()
    assert (document["accepted"], document["levels"], document["counts"]) == (False, None, False)
    assert "was not accepted" in client.get(reverse("tools:language"), query).content.decode()


def test_an_expired_test_says_since_when(client: Client) -> None:
    query = IELTS | {"date_taken_year": "2020"}
    assert read(client, "language", **query).json()["counts"] is False
    assert "10 February 2022" in client.get(reverse("tools:language"), query).content.decode()


@pytest.mark.parametrize("test", TEST_NAMES)
def test_every_test_has_its_whole_conversion_table(client: Client, test: str) -> None:
    tables = read(client, "language", table=test).json()["tables"]
    assert {len(table["lowest_scores"]) for table in tables} == {7}
    page = client.get(reverse("tools:language"), {"table": test}).content.decode()
    assert page.count("<table") == len(tables)


def test_a_table_of_no_test_is_refused_with_its_field(client: Client) -> None:
    answer = read(client, "language", table="toefl")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "table")


@given(data=st.data())
def test_levels_never_fall_with_a_higher_score(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(TEST_NAMES)))
    scale = SCALES[name][0]
    low, high = sorted(data.draw(st.integers(int(scale.least), int(scale.most))) for _ in range(2))

    def level(score: int) -> int:
        entry = {"test": name, "date_taken": "2026-02-10", "scores": dict.fromkeys(SCORES, score)}
        return converted(entry, date(2026, 11, 1)).levels["listening"]

    assert level(low) <= level(high)


def test_funds_are_those_of_the_table_on_the_day(client: Client) -> None:
    document = read(client, "funds", family_size="3", on_day="1", on_month="6", on_year="2025").json()
    assert (document["amount"], document["first_day"]) == (22483, "2024-05-28")
    assert document["update_deadline"] == "2024-05-27"


@given(size=st.integers(1, 50), on=st.dates(date(2015, 1, 1), date(2100, 12, 31)))
def test_the_amount_is_the_least_that_the_program_takes(size: int, on: date) -> None:
    amount = funds_of(size, on).amount
    assert amount is not None
    facts = {**AMARA.facts(date(2015, 1, 1)), "as_of": "2015-01-01", "job_offer": None, "family_size": size}
    for funds, insufficient in ((amount, False), (amount - 1, True)):
        found = assess(parse({**facts, "settlement_funds_cad": funds}), on, next_change=False)
        assert ("funds_insufficient" in found.programs["FSW"].reasons) is insufficient


def test_funds_without_a_day_are_todays_and_without_a_family_the_table_alone(client: Client) -> None:
    document = read(client, "funds").json()
    assert (document["amount"], len(document["table"])) == (None, 10)
    assert read(client, "funds", family_size="2").json()["amount"] == document["table"][1]["amount"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"family_size": "0"}, "family_size"),
        ({"family_size": "2.5"}, "family_size"),
        ({"family_size": "2", "on_day": "1", "on_month": "1", "on_year": "2014"}, "on"),
        ({"family_size": "2", "on_day": "31", "on_month": "2", "on_year": "2024"}, "on"),
    ],
)
def test_what_cannot_be_is_named_with_its_field(client: Client, query: dict[str, str], field: str) -> None:
    answer = read(client, "funds", **query)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)
    page = client.get(reverse("tools:funds"), query).content.decode()
    assert "One thing to fix on this page" in page


FUNDS = {"family_size": "2", "on_day": "1", "on_month": "6", "on_year": "2024"}


@pytest.mark.parametrize(
    ("tool", "good", "name"),
    [
        *(("funds", FUNDS, name) for name in FUNDS),
        *(("language", IELTS, name) for name in IELTS),
        ("language", {}, "table"),
        ("language", IELTS, "format"),
    ],
)
def test_hostile_values_are_answered(client: Client, tool: str, good: dict[str, str], name: str) -> None:
    for query in hostile_links(good, name):
        answer = client.get(reverse(f"tools:{tool}"), QUERY_STRING=query)
        assert answer.status_code in {200, 400}, query[:80]
    page = client.get(reverse(f"tools:{tool}"), good | {name: "<script>alert(1)</script>"})
    assert "<script>alert" not in page.content.decode()


def test_the_tools_ask_the_database_nothing_but_the_clock(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    for tool, query in (("index", {}), ("language", IELTS), ("funds", {"family_size": "2"})):
        client.get(reverse(f"tools:{tool}"), query)
        with django_assert_max_num_queries(1):
            client.get(reverse(f"tools:{tool}"), query)
