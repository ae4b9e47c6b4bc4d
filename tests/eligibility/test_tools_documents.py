"""The document checklist: every situation brings its papers, and nothing sent makes it fall."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from eligibility.forms.person import MARITAL_STATUSES
from eligibility.tools.document_table import DOCUMENTS, EVERYONE
from eligibility.tools.documents import DocumentsForm
from tests.eligibility.tool_links import hostile_links

pytestmark = pytest.mark.django_db
ADDRESS = "tools:documents"
FULL: dict[str, Any] = {
    "marital_status": "married",
    "partner_comes": "yes",
    "children": "yes",
    "studied": ["canada", "abroad"],
    "worked": ["canada", "abroad"],
    "exempt": "yes",
    "have": [
        *("job_offer", "nomination", "certificate", "relative"),
        *("representative", "name_changed", "other_language"),
    ],
    "country_1": "IN",
    "country_2": "AE",
}


def read(client: Client, query: dict[str, Any]) -> Any:
    return client.get(reverse(ADDRESS), {**query, "format": "json"})


def keys(client: Client, query: dict[str, Any]) -> set[str]:
    return {document["key"] for document in read(client, query).json()["documents"]}


def test_every_document_is_named_once_and_somebody_needs_it(client: Client) -> None:
    listed = [document.key for document in DOCUMENTS]
    assert len(set(listed)) == len(listed)
    reached = keys(client, FULL)
    for status, _label in MARITAL_STATUSES:
        reached |= keys(client, {"marital_status": status})
    assert reached == set(listed)


def test_a_single_person_without_more_needs_what_everybody_needs_and_funds(client: Client) -> None:
    everybody = {document.key for document in DOCUMENTS if EVERYONE in document.situations}
    assert keys(client, {"marital_status": "never_married"}) == everybody | {"funds_amount", "funds_proof"}


def test_every_country_but_canada_asks_for_its_own_police_certificate(client: Client) -> None:
    query = FULL | {"country_3": "CA", "country_4": "IN"}
    listed = read(client, query).json()["documents"]
    assert [one["country"] for one in listed if one["key"] == "police_certificate"] == ["IN", "AE"]
    assert "Police certificate: India" in client.get(reverse(ADDRESS), query).content.decode()


def test_without_a_country_the_certificate_is_still_told_about(client: Client) -> None:
    assert "police_certificate" in keys(client, {"marital_status": "widowed"})
    assert "police_certificate" not in keys(client, {"marital_status": "widowed", "country_1": "CA"})


def test_a_partner_of_somebody_single_brings_no_papers(client: Client) -> None:
    query = {"marital_status": "divorced", "partner_comes": "yes"}
    assert "partner_language" not in keys(client, query)
    assert "partner_language" in keys(client, query | {"marital_status": "common_law"})


def test_each_document_says_why_how_long_how_and_by_whom(client: Client) -> None:
    for document in read(client, FULL).json()["documents"]:
        assert all(document[name] for name in ("title", "why", "validity", "how", "source"))
        assert "%" not in document["validity"]


def test_without_a_marital_status_the_field_is_named(client: Client) -> None:
    answer = read(client, {"children": "yes"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "marital_status")
    page = client.get(reverse(ADDRESS), {"children": "yes"}).content.decode()
    assert "One thing to fix on this page" in page


@pytest.mark.parametrize("name", DocumentsForm.base_fields)
def test_hostile_values_are_answered(client: Client, name: str) -> None:
    for query in hostile_links(FULL, name):
        assert client.get(reverse(ADDRESS), QUERY_STRING=query).status_code in {200, 400}, query[:80]
    page = client.get(reverse(ADDRESS), FULL | {name: "<script>alert(1)</script>"})
    assert "<script>alert" not in page.content.decode()


def test_the_checklist_asks_the_database_nothing_but_the_clock(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(reverse(ADDRESS), FULL)
    with django_assert_max_num_queries(1):
        client.get(reverse(ADDRESS), FULL)
