"""Finding a code within the forms: old codes and skill types explained, on every page that asks for one."""

import pytest
from django.test import Client

from tests import factories
from tests.personas import AMARA, BEN
from tests.profiles.reading import filled_in, words_of
from tests.profiles.whole import BEN_WITH_ALL

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"


@pytest.fixture
def ben(client: Client) -> Client:
    """Ben, who has an offer, a certificate, and a partner."""
    client.force_login(factories.account(BEN))
    factories.draft(BEN, **BEN_WITH_ALL)
    return client


def found(client: Client, words: str, place: str = "work/1/") -> str:
    told = filled_in(client.get(DRAFT + place)) | {"noc_words": words, "find": "yes"}
    return words_of(client.post(DRAFT + place, told))


@pytest.mark.parametrize(
    "place", ["work/1/", "work/add/", "certificate/1/", "job-offer/1/", "partner-work/add/"]
)
def test_a_code_is_found_on_every_page_that_asks_for_one(ben: Client, place: str) -> None:
    assert "(72200), TEER 2: counts as skilled work" in found(ben, "electrician", place)


def test_what_was_typed_is_kept_while_a_code_is_looked_for(ben: Client) -> None:
    told = filled_in(ben.get(f"{DRAFT}partner-work/add/")) | {
        "employer": "Lagoon Software",
        "noc_words": "nurse",
    }
    ben.post(f"{DRAFT}partner-work/add/", told | {"find": "yes"})
    assert filled_in(ben.get(f"{DRAFT}partner-work/add/"))["employer"] == "Lagoon Software"


def test_an_old_code_is_said_to_be_one_with_its_skill_type(ben: Client) -> None:
    words = found(ben, "2173")
    assert "2173 is a code of NOC 2016: Software engineers and designers, skill type A" in words
    assert "(21231)" in words


@pytest.mark.parametrize("letter", ["A", "skill type b", "0", "NOC C", "d"])
def test_a_skill_type_is_explained_and_is_no_failed_search(ben: Client, letter: str) -> None:
    words = found(ben, letter)
    assert "belongs to the classification used until 15 November 2022" in words
    assert "No occupation was found" not in words


def test_a_skill_type_leaves_the_code_that_was_typed(ben: Client) -> None:
    told = filled_in(ben.get(f"{DRAFT}work/1/")) | {"noc_words": "B", "find": "yes"}
    assert filled_in(ben.post(f"{DRAFT}work/1/", told))["noc"] == "72200"


def test_a_title_is_explained_by_nothing_of_before(client: Client) -> None:
    client.force_login(factories.account(AMARA))
    factories.draft(AMARA)
    assert "NOC 2016" not in found(client, "nurse")
