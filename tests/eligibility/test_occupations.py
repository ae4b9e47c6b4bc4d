"""The search for an occupation by title, in both languages."""

import pytest
from django.utils import translation

from eligibility.occupations import MOST_RESULTS, search, title_of

pytestmark = pytest.mark.django_db


def codes(words: str, language: str = "en") -> list[str]:
    with translation.override(language):
        return [found.code for found in search(words)]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("nurse", "31301"),
        ("software developers", "21232"),
        ("Software Developer", "21232"),
        ("electrician", "72200"),
        ("bookkeeper", "12200"),
        ("cook", "63200"),
        ("truck drivers", "73300"),
        ("31301", "31301"),
        (" 72200 ", "72200"),
    ],
)
def test_an_english_title_is_found(words: str, code: str) -> None:
    assert code in codes(words)[:3]


@pytest.mark.parametrize(
    ("words", "code"),
    [("infirmière autorisée", "31301"), ("electriciens", "72200"), ("CUISINIERS", "63200")],
)
def test_a_french_title_is_found_with_and_without_accents(words: str, code: str) -> None:
    assert code in codes(words, "fr")[:5]


def test_a_slip_of_the_finger_is_forgiven() -> None:
    assert "21300" in codes("civil enginer")


def test_a_beginning_of_a_word_is_enough() -> None:
    assert "72200" in codes("electr")


def test_a_title_that_holds_all_the_words_comes_first() -> None:
    assert codes("software developers")[0] == "21232"


@pytest.mark.parametrize(
    ("words", "language", "first"),
    [
        ("electrician", "en", "72200"),
        ("électricien", "fr", "72200"),
        ("industrial electrician", "en", "72201"),
    ],
)
def test_what_a_title_excepts_is_no_part_of_it(words: str, language: str, first: str) -> None:
    assert codes(words, language)[0] == first


def test_a_search_gives_at_most_ten() -> None:
    assert len(codes("managers")) == MOST_RESULTS


@pytest.mark.parametrize("words", ["", "   ", "xyzzy", "the of and", "\x00", "99999", "?" * 500])
def test_what_is_no_title_finds_nothing(words: str) -> None:
    assert codes(words) == []


def test_titles_are_in_the_language_of_the_page() -> None:
    with translation.override("fr"):
        assert title_of("63200") == "Cuisiniers/cuisinières"
    with translation.override("en"):
        assert title_of("63200") == "Cooks"
