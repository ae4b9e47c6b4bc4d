"""The public pages of the rounds: IRCC's and this simulator's own, side by side, without an account."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from draws.models import Category, Round, RoundType
from draws.public import history
from draws.public.register import all_rounds, chosen
from draws.services import plan
from tests import factories
from tests.draws.pages import queries_for, text_of
from tests.factories import AT
from tests.personas import AMARA, DIVYA

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_the_list_shows_the_latest_round_and_all_448(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(LATER)
    text = text_of(client, "/en/rounds/")
    assert "Latest, published by IRCC: round 447, 1 October 2026, 12:47:55 UTC" in text
    assert "135,215 in 59 rounds" in text
    assert "1 to 20 of 448" in text


def test_the_list_holds_no_round_of_a_later_day(client: Client) -> None:
    text = text_of(client, "/en/rounds/")
    assert "round 444, 16 September 2026" in text
    assert "1 to 20 of 445" in text


def test_a_published_round_of_ours_stands_beside_irccs_and_is_marked(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    factories.profile(AMARA)
    set_clock(LATER)
    ours = factories.published_round(at=LATER, number=448)
    text = text_of(client, "/en/rounds/")
    assert "Latest, in this simulator: round 448, 24 November 2026, 09:00:00 UTC" in text
    assert "Held in this simulator" in text
    assert "The latest round that IRCC published is round 447" in text
    assert f"Cut-off {ours.cutoff}" in text
    assert "1 to 20 of 449" in text


def test_a_round_that_is_not_published_is_a_missing_page_to_everybody(client: Client) -> None:
    planned = Round(number=448, size=5, round_type=RoundType.GENERAL, planned_for=AT + timedelta(hours=1))
    plan(planned=planned, officer_id=factories.officer().pk, at=AT)
    assert client.get("/en/rounds/448/").status_code == 404
    client.force_login(factories.account(AMARA))
    assert client.get("/en/rounds/448/").status_code == 404
    client.force_login(factories.officer())
    assert client.get("/en/rounds/448/").status_code == 404
    assert "1 to 20 of 445" in text_of(client, "/en/rounds/")


@pytest.mark.parametrize("path", ["/en/rounds/449/", "/en/rounds/published/91/", "/en/rounds/published/x/"])
def test_a_round_that_never_was_is_a_missing_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_list_can_be_narrowed_to_a_kind_and_a_year(client: Client) -> None:
    text = text_of(client, "/en/rounds/?kind=french&year=2025")
    listed = re.findall(r" (\d{3}) \d{1,2} \w{3,4} 2025 (\w+) ", text[text.index("Tie-break (UTC)") :])
    expected = chosen(all_rounds(AT.date()), kind="french", year=2025)
    assert listed == [(held.number, "French") for held in expected]
    assert "Cut-offs over the years: French" in text
    assert "Cut-offs published by IRCC in 2025" in text_of(client, "/en/rounds/?year=2025")


def test_a_kind_has_its_cutoffs_over_the_years_by_who_held_the_rounds(client: Client) -> None:
    factories.profile(AMARA)
    ours = factories.published_round(number=448)
    text = text_of(client, "/en/rounds/?kind=general")
    assert "Published by IRCC: 178 rounds, with cut-offs from 413 to 886." in text
    assert f"Held in this simulator: one round, with a cut-off of {ours.cutoff}." in text


def test_a_kind_that_was_never_held_has_no_picture(client: Client) -> None:
    text = text_of(client, "/en/rounds/?kind=researchers")
    assert "Cut-offs" not in text
    assert "No round matches." in text


def test_category_means_any_category(client: Client, set_clock: Callable[[datetime], None]) -> None:
    set_clock(LATER)
    assert "1 to 20 of 78" in text_of(client, "/en/rounds/?kind=category&year=")


def test_only_our_own_rounds_can_be_shown(client: Client) -> None:
    assert "No round matches." in text_of(client, "/en/rounds/?origin=simulated")


@pytest.mark.parametrize(
    "query", ["kind=lottery", "year=1999", "year=abc", "origin=x", "page=x", "page=999999"]
)
def test_a_filter_that_makes_no_sense_still_gives_a_page(client: Client, query: str) -> None:
    assert "Every round since 2015" in text_of(client, f"/en/rounds/?{query}")


def test_the_filter_stays_when_the_page_turns(client: Client) -> None:
    content = client.get("/en/rounds/?kind=general&page=2").content.decode()
    assert "?kind=general&amp;page=3" in content


def test_the_list_takes_as_many_queries_with_one_round_of_ours_as_with_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.profile(AMARA)
    factories.published_round()
    with django_assert_num_queries(2):
        client.get("/en/rounds/")
    for number in range(2, 8):
        factories.published_round(number=number)
    with django_assert_num_queries(2):
        client.get("/en/rounds/")


def test_the_chart_has_its_figures_as_a_table_and_leaves_nominees_out(client: Client) -> None:
    content = client.get("/en/rounds/?year=2026").content.decode()
    table = content[content.index("Figures behind this chart") :]
    table = table[: table.index("</table>")]
    assert "507" in table
    assert "697" not in table


def test_a_year_without_a_round_to_draw_has_no_chart(client: Client) -> None:
    assert "Cut-offs in this simulator" not in text_of(client, "/en/rounds/")


def test_a_published_round_shows_what_ircc_shows(client: Client) -> None:
    text = text_of(client, "/en/rounds/published/434/")
    for words in (
        "Round 434, 7 August 2026",
        "Published by IRCC",
        "Transport Occupations, 2026-Version 2",
        "470 score of the lowest-ranked candidate invited",
        "Invitations issued 300",
        "Rank required 300th or above",
        "Federal Skilled Worker Program",
        "7 August 2026, 10:08:20 UTC",
        "11 October 2025, 14:55:49 UTC",
        "If several candidates have the lowest score",
        "229,100 candidates were in the pool. The line shows the cut-off, 470.",
        "As of 3 August 2026",
    ):
        assert words in text


def test_a_round_without_tie_break_and_distribution_says_what_is_not_known(client: Client) -> None:
    text = text_of(client, "/en/rounds/published/1/")
    assert "Not published, or not captured." in text
    assert "The pool by score" not in text


def test_a_published_round_has_its_french_name(client: Client) -> None:
    assert "Compétence linguistique en français 2026-Version 2" in text_of(
        client, "/fr/rounds/published/437/"
    )


def test_every_published_round_has_a_page(client: Client) -> None:
    for held in history.published_rounds()[::40]:
        assert f"Round {held.number}," in text_of(client, f"/en/rounds/published/{held.number}/")


def test_a_round_of_ours_shows_what_irccs_shows(client: Client) -> None:
    profile = factories.profile(AMARA)
    held = factories.published_round(number=448, size=1)
    text = text_of(client, "/en/rounds/448/")
    for words in (
        "Held in this simulator",
        "Round 448, 24 September 2026",
        f"Cut-off {held.cutoff} score of the lowest-ranked candidate invited",
        "Invitations issued 1 ",
        "Rank required 1st or above",
        "24 September 2026, 09:12:40 UTC",
        "1 candidate was in the pool. The line shows the cut-off",
        "Canadian Experience Class",
    ):
        assert words in text
    assert held.tie_break_at == profile.submitted_at


def test_a_round_with_fewer_eligible_than_asked_says_so(client: Client) -> None:
    factories.profile(AMARA)
    factories.published_round(number=448, size=5000)
    text = text_of(client, "/en/rounds/448/")
    assert "Invitations issued 1 of 5,000 that the instruction allowed" in text
    assert "Fewer candidates were eligible than the instruction allowed" in text
    assert "Rank required 1st or above" in text


def test_a_round_with_nobody_eligible_says_so(client: Client) -> None:
    factories.profile(AMARA)
    factories.published_round(number=448, round_type=RoundType.CATEGORY, category=Category.FRENCH)
    text = text_of(client, "/en/rounds/448/")
    assert "Cut-off – nobody was eligible" in text
    assert "None: nobody was invited." in text
    assert "French-language proficiency" in text


def test_a_round_on_an_empty_pool_has_a_page_without_a_picture(client: Client) -> None:
    factories.published_round(number=448)
    text = text_of(client, "/en/rounds/448/")
    assert "nobody was eligible" in text
    assert "The pool by score" not in text


def test_a_round_for_two_programs_names_both(client: Client) -> None:
    factories.profile(DIVYA)
    factories.published_round(number=448, round_type=RoundType.PROGRAM, programs=1 | 4)
    text = text_of(client, "/en/rounds/448/")
    assert "Canadian Experience Class Federal Skilled Trades Program" in text
    assert "Canadian Experience, Federal Skilled Trades" in text_of(client, "/en/rounds/?origin=simulated")
    assert "448" in text_of(client, "/en/rounds/?origin=simulated&kind=fst")


@pytest.mark.parametrize("path", ["/en/rounds/", "/en/rounds/published/434/"])
def test_the_pages_name_the_feeds_to_news_readers(client: Client, path: str) -> None:
    content = " ".join(client.get(path).content.decode().split())
    for code in ("en", "fr"):
        link = f'type="application/atom+xml" hreflang="{code}" href="/feeds/rounds-{code}.atom"'
        assert f'<link rel="alternate" {link}' in content


def test_every_download_on_the_page_is_there(client: Client) -> None:
    content = client.get("/en/rounds/").content.decode()
    assert "Feeds and downloads" in content
    addresses = re.findall(r'href="(/feeds/[^"]+)"', content)
    assert len(set(addresses)) == 7
    assert {client.get(address).status_code for address in addresses} == {200}


def test_a_year_and_a_category_are_pages_with_links_to_them(client: Client) -> None:
    assert 'href="?year=2025"' in client.get("/en/rounds/").content.decode()
    content = client.get("/en/rounds/published/434/").content.decode()
    assert 'href="/en/rounds/?kind=transport#all"' in content
    assert 'href="/en/rounds/?year=2026"' in content


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("year=2025", "2025"),
        ("kind=french&year=2025", "French, 2025"),
        ("kind=category&origin=published", "All categories, IRCC"),
        ("kind=fst&origin=simulated", "Federal Skilled Trades, This simulator"),
    ],
)
def test_the_title_and_the_list_say_what_was_chosen(client: Client, query: str, words: str) -> None:
    text = text_of(client, f"/en/rounds/?{query}")
    assert f"Rounds of invitations: {words} –" in text
    assert f"Rounds since 2015: {words} " in text


def test_a_round_leads_to_the_rounds_before_and_after_it(client: Client) -> None:
    factories.published_round(number=448)
    text = text_of(client, "/en/rounds/published/443/")
    assert "The round before: round 442, 14 September 2026" in text
    assert "The round after: round 444, 16 September 2026" in text
    text = text_of(client, "/en/rounds/448/")
    assert "The round before: round 444, 16 September 2026" in text
    assert "The round after" not in text


def test_the_first_round_has_none_before_it_and_one_of_a_later_day_none_beside_it(client: Client) -> None:
    assert "The round before" not in text_of(client, "/en/rounds/published/1/")
    assert "The round after" not in text_of(client, "/en/rounds/published/447/")


def test_a_rounds_page_takes_as_many_queries_with_one_round_of_ours_as_with_many(client: Client) -> None:
    factories.published_round()
    few = queries_for(client, "/en/rounds/1/")
    for number in range(2, 8):
        factories.published_round(number=number)
    assert queries_for(client, "/en/rounds/1/") == few


@pytest.mark.parametrize("path", ["/en/rounds/", "/en/rounds/published/447/"])
def test_the_pages_take_no_post(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
