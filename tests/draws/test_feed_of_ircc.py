"""IRCC's rounds files: every round in both, read by a reader that takes nothing but the documented shape."""

import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from draws.feed import ircc
from draws.feed.public_rounds import PublicRound, public_rounds
from draws.models import Category, Round, RoundType
from draws.public.history import published_rounds
from draws.public.register import all_rounds
from tests import factories
from tests.draws import strict_reader
from tests.draws.strict_reader import Read
from tests.factories import AT
from tests.personas import AMARA, DIVYA

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BOTH = pytest.mark.parametrize("language", ["en", "fr"])


def read(client: Client, language: str, folder: str = "") -> list[Read]:
    response = client.get(f"/feeds/{folder}ee_rounds_123_{language}.json")
    assert response.status_code == 200
    return strict_reader.read(response.content, language)


@pytest.fixture
def _ours(set_clock: Callable[[datetime], None]) -> None:
    """A round of this simulator after all of IRCC's."""
    factories.profile(AMARA)
    set_clock(LATER)
    factories.published_round(at=LATER, number=448)


@BOTH
@pytest.mark.usefixtures("_ours")
def test_every_round_is_read_with_what_is_known_of_it(client: Client, language: str) -> None:
    expected = {held.number: held for held in public_rounds(LATER.date())}
    found = read(client, language)
    assert [held.number for held in found] == list(expected)
    for one in found:
        assert_same(one, expected[one.number], language)


def assert_same(one: Read, held: PublicRound, language: str) -> None:
    assert (one.day, one.size, one.crs) == (held.day, held.invitations, held.cutoff or 0)
    assert one.ran_at == held.ran_at.replace(microsecond=0)
    tie_break = held.tie_break_at
    assert one.tie_break_at == (tie_break.replace(microsecond=0) if tie_break else None)
    assert one.name == held.name(language)
    assert one.address == held.url(language)
    assert one.pool[-1] == (held.pool.total if held.pool else 0)


@BOTH
@pytest.mark.usefixtures("_ours")
def test_the_file_holds_the_same_rounds_as_the_sites_list_in_its_order(client: Client, language: str) -> None:
    listed = all_rounds(LATER.date())
    assert [one.number for one in read(client, language)] == [held.number for held in listed]
    assert [one.size for one in read(client, language)] == [held.invitations for held in listed]


@pytest.mark.usefixtures("_ours")
def test_the_two_languages_tell_the_same(client: Client) -> None:
    english, french = read(client, "en"), read(client, "fr")
    for one, other in zip(english, french, strict=True):
        assert (one.number, one.day, one.size, one.crs, one.pool) == (
            other.number, other.day, other.size, other.crs, other.pool,
        )  # fmt: skip
        assert (one.ran_at, one.tie_break_at, one.pool_day) == (
            other.ran_at,
            other.tie_break_at,
            other.pool_day,
        )


def test_a_record_of_ircc_is_told_in_its_words() -> None:
    """As IRCC published it, but for the address and the zero of the hour that its own files mostly have."""
    held = next(one for one in public_rounds(LATER.date()) if one.number == "434")
    told = ircc.record(held, "en")
    assert {name: told[name] for name in told if not told[name].startswith("<a ")} == {
        "drawNumber": "434",
        "drawDate": "2026-08-07",
        "drawDateFull": "August 7, 2026",
        "drawName": "Transport Occupations, 2026-Version 2",
        "drawSize": "300",
        "drawCRS": "470",
        "drawText2": "Federal Skilled Worker Program, Canadian Experience Class and Federal Skilled Trades Program",
        "drawDateTime": "August 07, 2026 at 10:08:20 UTC",
        "drawCutOff": "October 11, 2025 at 14:55:49 UTC",
        "drawDistributionAsOn": "August 3, 2026",
        "dd1": "500",
        "dd2": "19,705",
        "dd3": "73,099",
        "dd4": "12,939",
        "dd5": "12,890",
        "dd6": "16,368",
        "dd7": "16,057",
        "dd8": "14,845",
        "dd9": "60,905",
        "dd10": "13,595",
        "dd11": "13,267",
        "dd12": "11,942",
        "dd13": "11,326",
        "dd14": "10,775",
        "dd15": "50,107",
        "dd16": "17,101",
        "dd17": "7,683",
        "dd18": "229,100",
    }


def test_the_pool_that_ircc_published_wrong_stands_as_it_published_it() -> None:
    held = next(one for one in public_rounds(LATER.date()) if one.number == "247")
    shown = ircc.distribution(held.pool)
    assert shown[2] == 55_867
    assert sum(shown[3:8]) == 55_687


def test_a_round_without_a_published_pool_has_zeros_of_its_own_day(client: Client) -> None:
    first = read(client, "en")[-1]
    assert (first.number, set(first.pool), first.pool_day) == ("1", {0}, first.day)


def test_the_first_of_a_month_is_told_in_french_as_canadians_write_it(
    client: Client, set_clock: Callable[[datetime], None]
) -> None:
    set_clock(LATER)
    content = client.get("/feeds/ee_rounds_123_fr.json").json()
    assert content["rounds"][0]["drawDateFull"] == "1er octobre 2026"
    assert content["rounds"][0]["drawSize"] == "3 500"
    assert "21 juillet 2025" in {held["drawDateFull"] for held in content["rounds"]}


def test_the_file_is_read_right_in_whatever_encoding(client: Client) -> None:
    content = client.get("/feeds/ee_rounds_123_fr.json").content
    assert json.loads(content.decode("cp1252")) == json.loads(content.decode("utf-8"))
    assert "Catégorie de l’expérience canadienne" in json.dumps(json.loads(content), ensure_ascii=False)


@pytest.mark.usefixtures("_ours")
def test_the_file_says_that_it_is_a_simulation_and_which_rounds_are(client: Client) -> None:
    told = client.get("/feeds/ee_rounds_123_en.json").json()["simulation"]
    assert "not a Government of Canada service" in told["notice"]
    assert told["rounds"] == ["448"]


@BOTH
@pytest.mark.usefixtures("_ours")
def test_only_our_own_rounds_are_a_file_of_their_own(client: Client, language: str) -> None:
    assert [one.number for one in read(client, language, "simulated/")] == ["448"]


@BOTH
def test_without_a_round_of_ours_that_file_is_empty_and_still_one(client: Client, language: str) -> None:
    assert read(client, language, "simulated/") == []


def test_no_round_of_a_later_day_and_none_unpublished_is_in_it(client: Client) -> None:
    planned = Round(number=448, size=5, round_type=RoundType.GENERAL, planned_for=AT)
    planned.planned_by_id = factories.officer().pk
    numbers = [one.number for one in read(client, "en")]
    assert numbers[0] == "444"
    assert len(numbers) == len([held for held in published_rounds() if held.day <= AT.date()])


def test_a_round_that_found_nobody_has_zeros_and_no_tie_break(client: Client) -> None:
    factories.profile(AMARA)
    factories.published_round(number=448, round_type=RoundType.CATEGORY, category=Category.FRENCH)
    (ours,) = read(client, "en", "simulated/")
    assert (ours.size, ours.crs, ours.tie_break_at) == (0, 0, None)
    assert ours.name == "French-Language proficiency 2026-Version 2"
    assert ours.pool[-1] == 1


@pytest.mark.parametrize(
    ("told", "english"),
    [
        ({"round_type": RoundType.GENERAL}, "General"),
        ({"round_type": RoundType.NOMINATION}, "Provincial Nominee Program"),
        ({"round_type": RoundType.PROGRAM, "programs": 1}, "Canadian Experience Class"),
        (
            {"round_type": RoundType.PROGRAM, "programs": 1 | 4},
            "Canadian Experience Class and Federal Skilled Trades",
        ),
        (
            {"round_type": RoundType.CATEGORY, "category": Category.PHYSICIANS},
            "Physicians with Canadian Work Experience, 2026-Version 1",
        ),
    ],
)
def test_our_rounds_are_named_as_ircc_names_its_latest_of_the_kind(
    client: Client, told: dict[str, Any], english: str
) -> None:
    factories.profile(DIVYA)
    factories.published_round(number=448, **told)
    (ours,) = read(client, "en", "simulated/")
    assert ours.name == english


def test_a_score_of_four_digits_has_no_mark_which_readers_of_irccs_scores_do_not_expect(
    client: Client,
) -> None:
    held = public_rounds(LATER.date())[0]
    nominees = dataclasses.replace(held, cutoff=1184, invitations=1184)
    assert [ircc.record(nominees, language)["drawCRS"] for language in ("en", "fr")] == ["1184", "1184"]
    assert [ircc.record(nominees, language)["drawSize"] for language in ("en", "fr")] == ["1,184", "1 184"]


def test_a_category_that_ircc_never_held_a_round_for_has_our_name(client: Client) -> None:
    factories.published_round(number=448, round_type=RoundType.CATEGORY, category=Category.RESEARCHERS)
    (ours,) = read(client, "en", "simulated/")
    assert ours.name.startswith("Researchers with Canadian work experience")


def test_the_files_take_as_many_queries_with_one_round_of_ours_as_with_many(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.profile(AMARA)
    factories.published_round()
    with django_assert_num_queries(4):
        client.get("/feeds/ee_rounds_123_en.json")
    for number in range(2, 8):
        factories.published_round(number=number)
    with django_assert_num_queries(4):
        client.get("/feeds/ee_rounds_123_en.json")
