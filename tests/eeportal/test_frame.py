"""What stands on every page: the banner, the other language, no inline style or script; and the calm errors."""

import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from eeportal.views import latest_published
from tests import factories
from tests.personas import AMARA

pytestmark = pytest.mark.django_db


def page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_home_page_says_that_it_is_a_simulation(client: Client) -> None:
    home = page(client, "/en/")
    assert "not a Government of Canada website" in home
    assert '<meta name="robots" content="noindex">' in home
    assert 'Simulated date: <time datetime="2026-09-24">24 September 2026</time>' in home


@pytest.mark.parametrize(("here", "there"), [("/en/", "/fr/"), ("/fr/", "/en/")])
def test_the_language_switch_stays_on_the_page(client: Client, here: str, there: str) -> None:
    switch = re.search(r'class="header__lang"\s+href="([^"]+)"', page(client, here))
    assert switch is not None
    assert switch[1] == there


def part(page: str, name: str) -> str:
    """Return the header or the footer of a page."""
    return page[page.index(f"<{name}") : page.index(f"</{name}>")]


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_link_of_the_footer_leads_to_a_page_and_to_its_heading(
    client: Client, language: str, signed_in: bool
) -> None:
    if signed_in:
        client.force_login(factories.account(AMARA))
    links = re.findall(r'href="([^"]+)"', part(page(client, f"/{language}/"), "footer"))
    assert len(links) == len(set(links))
    for link in links:
        address, _, heading = link.partition("#")
        answer = client.get(address)
        assert answer.status_code == 200, link
        assert not heading or f'id="{heading}"' in answer.content.decode(), link


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("/en/guide/", "Learn"),
        ("/en/guide/who-can-apply/", "Learn"),
        ("/en/topics/", "Learn"),
        ("/en/topics/language-tests/", "Learn"),
        ("/en/help/", "Help"),
        ("/en/help/account/", "Help"),
        ("/en/glossary/", "Help"),
        ("/en/eligibility/", "Eligibility"),
        ("/en/tools/score/", "Tools"),
        ("/en/rounds/", "Rounds"),
        ("/en/rounds/updates/", "Rounds"),
        ("/en/account/", "My account"),
        ("/en/account/what-if/", "My account"),
    ],
)
def test_one_entry_of_the_header_is_where_one_is(client: Client, address: str, entry: str) -> None:
    client.force_login(factories.account(AMARA))
    header = part(page(client, address), "header")
    assert re.findall(r'aria-current="true">([^<]+)<', header) == [entry]


def test_no_entry_of_the_header_is_the_home_page(client: Client) -> None:
    assert "aria-current" not in part(page(client, "/en/"), "header")


def test_the_home_page_leads_who_is_signed_in_to_the_account(client: Client) -> None:
    button = re.compile(r'class="button" href="([^"]+)"')
    assert button.findall(page(client, "/en/")) == ["/en/eligibility/"]
    client.force_login(factories.account(AMARA))
    assert button.findall(page(client, "/en/")) == ["/en/account/"]


def test_the_page_is_in_the_language_of_its_address(client: Client) -> None:
    assert '<html lang="fr">' in page(client, "/fr/")


def test_the_home_page_has_no_inline_style_and_no_inline_script(client: Client) -> None:
    assert not re.search(r"<style|<script|\sstyle=|\son\w+=", page(client, "/en/"))


def test_a_page_that_is_not_there_says_so_and_leads_home(client: Client) -> None:
    answer = client.get("/en/nowhere/")
    assert answer.status_code == 404
    assert "There is no page at this address" in answer.content.decode()
    assert 'href="/en/"' in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_an_error_page_needs_no_request(name: str) -> None:
    with override("en"):
        assert "not a Government of Canada website" in render_to_string(name)


def test_a_form_from_elsewhere_is_refused_in_calm_words() -> None:
    answer = Client(enforce_csrf_checks=True).post("/en/account/login/")
    assert answer.status_code == 403
    assert "The form could not be sent" in answer.content.decode()


def test_the_latest_published_round_is_never_in_the_future() -> None:
    on = datetime(2026, 9, 2, tzinfo=UTC).date()
    assert latest_published(on).number == "439"


def test_before_the_first_round_the_first_one_is_shown() -> None:
    assert latest_published(datetime(2014, 1, 1, tzinfo=UTC).date()).number == "1"
