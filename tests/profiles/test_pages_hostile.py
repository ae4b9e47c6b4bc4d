"""Hostile input: no page breaks, nothing wrong is saved, and nothing typed runs as a script."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client

from profiles.models import Draft
from profiles.pages import Page, sent_as
from profiles.sections import BY_SLUG, shown
from tests import factories
from tests.factories import AT
from tests.hostile import HOSTILE
from tests.personas import BEN
from tests.profiles.reading import filled_in
from tests.profiles.typed import typed
from tests.profiles.whole import BEN_WITH_ALL, ben_with_all

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"
ON = AT.date()
SAMPLED, ONE_IN = 4, 5


def endings() -> list[tuple[str, str, int | None]]:
    """Return (address, section, entry) of every page of a draft that has fields."""
    answers = ben_with_all()
    found: list[tuple[str, str, int | None]] = []
    for section in shown(answers):
        count = len(section.entries.of(section.part(answers))) if section.entries else 0
        found += [(f"{section.slug}/{number}/", section.slug, number) for number in range(1, count + 1)]
        if section.questions or not count:
            found.append((f"{section.slug}/", section.slug, None))
    return found


def fields_of(slug: str, index: int | None) -> list[str]:
    """Return the names of all fields of a page, filled in or not."""
    page = Page(BY_SLUG[slug], ben_with_all(), ON, index)
    return [name for bound in page for name in sent_as(bound)]


@pytest.fixture
def ben(client: Client) -> Client:
    client.force_login(factories.account(BEN))
    factories.draft(BEN, **BEN_WITH_ALL)
    client.raise_request_exception = True
    return client


PAGES = pytest.mark.parametrize(("ending", "slug", "index"), endings())


@PAGES
def test_no_value_in_all_fields_at_once_breaks_a_page(
    ben: Client, ending: str, slug: str, index: int | None
) -> None:
    first = endings().index((ending, slug, index))
    for turn in range(SAMPLED):
        value = HOSTILE[(first + turn * len(HOSTILE) // SAMPLED) % len(HOSTILE)]
        send(ben, ending, dict.fromkeys(fields_of(slug, index), value))
    assert ben.get(DRAFT).status_code == 200
    assert ben.get(f"{DRAFT}check/").status_code == 200


@pytest.mark.slow
@PAGES
def test_no_value_in_any_one_field_breaks_a_page(
    ben: Client, ending: str, slug: str, index: int | None
) -> None:
    """Each field meets its own fifth of the values; every field with every value is test_fields_hostile.py."""
    told = typed(ben_with_all(), slug, index)
    for place, field in enumerate(fields_of(slug, index)):
        for value in HOSTILE[place % ONE_IN :: ONE_IN]:
            send(ben, ending, told | {field: value})
    assert ben.get(DRAFT).status_code == 200
    assert ben.get(f"{DRAFT}check/").status_code == 200


def send(client: Client, page: str, told: dict[str, Any]) -> None:
    """Send a page: it is shown again or saved, or larger than any form, and nothing that was typed becomes a tag."""
    body = urlencode({**told, "seen": "x"}, doseq=True, errors="surrogatepass")
    response = client.post(DRAFT + page, body, "application/x-www-form-urlencoded")
    too_large = len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert response.status_code in ({413} if too_large else {200, 302}), body[:200]
    assert "<script>alert" not in response.content.decode(), body[:200]


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
