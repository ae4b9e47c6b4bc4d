"""What stands on every page: the banner, the other language, no inline style or script; and the calm errors."""

import re
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override

from eeportal.views import latest_published

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
