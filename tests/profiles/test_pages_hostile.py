"""Hostile input: no page breaks, nothing wrong is saved, and nothing typed runs as a script."""

from typing import Any

import pytest
from django.test import Client

from profiles.asking import Section
from profiles.models import Draft
from profiles.sections import shown
from tests import factories
from tests.factories import AT
from tests.personas import BEN, Answers
from tests.profiles.reading import filled_in
from tests.profiles.typed import typed

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"
ON = AT.date()
HOSTILE = (
    "<script>alert(1)</script>",
    "'; DROP TABLE profiles_draft; --",
    "\x00",
    "a\x00b",
    "\u202eevil",
    "\ufffd\U0001f600",
    "{{ 7*7 }}",
    "%s%n%(x)s",
    "../../etc/passwd",
    "x" * 20_000,
    "9" * 400,
    "1e308",
    "NaN",
    "-1",
    "٣٤",
    "null",
    "[]",
    " ",
)
BEN_WITH_ALL: Answers = {
    "job_offer": {
        "noc": "72200",
        "hours_per_week": 40,
        "duration_months": 12,
        "lmia": False,
        "work_permit": None,
        "employer_since": None,
    },
    "provincial_nomination": {"province": "ON", "issued_on": "2026-05-04", "expires_on": None},
    "relatives_in_canada": [
        {"relationship": "cousin", "of": "spouse", "birth_date": "1990-01-01", "status": "citizen"}
    ],
}


def pages_of(answers: Answers) -> list[tuple[str, dict[str, Any]]]:
    """Return every page of a draft with what is to be sent to leave it as it is."""
    pages = []
    for section in shown(answers):
        pages.append((f"{section.slug}/", typed(answers, section.slug)))
        pages += [
            (f"{section.slug}/{number}/", typed(answers, section.slug, number))
            for number in range(1, entries(section, answers) + 1)
        ]
    return [(page, told) for page, told in pages if told]


def entries(section: Section, answers: Answers) -> int:
    return len(section.entries.of(section.part(answers))) if section.entries else 0


def ben_with_all() -> Answers:
    return {**BEN.answers(ON), **BEN_WITH_ALL}


@pytest.fixture
def ben(client: Client) -> Client:
    client.force_login(factories.account(BEN))
    factories.draft(BEN, **BEN_WITH_ALL)
    client.raise_request_exception = True
    return client


PAGES = [page for page, _told in pages_of(ben_with_all())]


@pytest.mark.parametrize("ending", PAGES)
def test_no_value_in_all_fields_at_once_breaks_a_page(ben: Client, ending: str) -> None:
    told = dict(pages_of(ben_with_all()))[ending]
    for value in HOSTILE:
        send(ben, ending, dict.fromkeys(told, value))
    assert ben.get(DRAFT).status_code == 200
    assert ben.get(f"{DRAFT}check/").status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("ending", PAGES)
def test_no_value_in_any_one_field_breaks_a_page(ben: Client, ending: str) -> None:
    told = dict(pages_of(ben_with_all()))[ending]
    for field in told:
        for value in HOSTILE:
            send(ben, ending, told | {field: value})
    assert ben.get(DRAFT).status_code == 200
    assert ben.get(f"{DRAFT}check/").status_code == 200


def send(client: Client, page: str, told: dict[str, Any]) -> None:
    """Send a page: it is shown again or saved, and nothing that was typed becomes a tag."""
    response = client.post(DRAFT + page, told | {"seen": "x"})
    assert response.status_code in {200, 302}, told
    assert "<script>alert" not in response.content.decode(), told


def test_unknown_fields_are_not_kept(ben: Client) -> None:
    ben.post(
        f"{DRAFT}family/",
        {"family_size": "many", "evil": "1", "family_size_day": "1", "is_staff": "on", "exit": "yes"},
    )
    assert set(Draft.objects.get().unfinished["family"]) == {"family_size"}


def test_what_is_kept_is_cut_to_a_size(ben: Client) -> None:
    ben.post(f"{DRAFT}family/", {"family_size": ["x" * 9_000] * 200, "exit": "yes"})
    kept = Draft.objects.get().unfinished["family"]["family_size"]
    assert len(kept) == 50
    assert {len(value) for value in kept} == {500}


@pytest.mark.parametrize("name", ["Ngũgĩ wa Thiong’o", "Nguyễn", "O'Brien-Łukasz", "李小龍", "محمد", "<b>"])
def test_names_in_any_script_are_kept_and_sign(ben: Client, name: str) -> None:
    told = filled_in(ben.get(f"{DRAFT}personal/"))
    ben.post(f"{DRAFT}personal/", told | {"family_name": name, "given_names": ""})
    kept = Draft.objects.get().answers["identity"]
    assert (kept["family_name"], kept["given_names"]) == (name, "")
    signing = filled_in(ben.get(f"{DRAFT}sign/")) | {"declared": "on", "signed_as": name}
    response = ben.post(f"{DRAFT}sign/", signing)
    assert "/submitted/" in response.headers["Location"]
    assert "<b>" not in ben.get(response.headers["Location"]).content.decode().replace("<b></b>", "")


def test_a_name_with_characters_that_cannot_be_seen_is_refused(ben: Client) -> None:
    told = filled_in(ben.get(f"{DRAFT}personal/"))
    page = ben.post(f"{DRAFT}personal/", told | {"family_name": "Car\u202eter"})
    assert "characters that cannot be seen" in page.content.decode()


def test_methods_that_no_page_knows_are_refused(ben: Client) -> None:
    for page in ("", "work/", "work/1/", "check/", "sign/"):
        assert ben.delete(DRAFT + page).status_code == 405
        assert ben.put(DRAFT + page).status_code == 405


def test_a_form_without_its_token_changes_nothing() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.account(BEN))
    factories.draft(BEN)
    assert client.post(f"{DRAFT}discard/").status_code == 403
    assert Draft.objects.open().exists()
