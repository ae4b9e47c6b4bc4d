"""Dates and numbers in words, in both languages."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from eeportal.templatetags import portal


def test_a_day_is_written_in_words() -> None:
    assert portal.day(date(2026, 10, 14)) == '<time datetime="2026-10-14">14 October 2026</time>'


def test_the_first_is_an_ordinal_in_french() -> None:
    with override("fr"):
        assert portal.day_words(date(2026, 10, 1)) == "1er octobre 2026"


def test_an_instant_is_written_to_the_second_in_utc() -> None:
    at = datetime(2027, 5, 10, 14, 2, 16, tzinfo=UTC)
    assert portal.instant(at) == '<time datetime="2027-05-10T14:02:16Z">10 May 2027, 14:02:16 UTC</time>'


def test_an_instant_joins_day_and_time_with_a_word_in_french() -> None:
    with override("fr"):
        assert (
            portal.instant_words(datetime(2027, 5, 1, 14, 2, 16, tzinfo=UTC)) == "1er mai 2027 à 14:02:16 UTC"
        )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 10, 1), "1er oct. 2026"),
        (date(2026, 7, 23), "23 juill. 2026"),
        (date(2026, 8, 31), "31 août 2026"),
    ],
)
def test_a_short_month_is_abbreviated_as_in_french(day: date, words: str) -> None:
    with override("fr"):
        assert f">{words}<" in portal.short_day(day)


@pytest.mark.parametrize(
    ("rank", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (112, "112th"), (104212, "104,212th")],
)
def test_a_rank_is_an_ordinal(rank: int, words: str) -> None:
    assert portal.ordinal(rank) == words


def test_thousands_are_parted_as_the_language_does() -> None:
    with override("fr"):
        assert portal.number(229904) == "229\N{NO-BREAK SPACE}904"


def test_a_loss_has_a_true_minus_sign() -> None:
    assert [portal.signed(25), portal.signed(-25), portal.signed(0)] == ["+25", "−25", "0"]


def test_money_never_breaks_over_a_line() -> None:
    assert portal.money(15263) == "15,263\N{NO-BREAK SPACE}CAD"


def test_a_share_is_rounded_to_a_tenth() -> None:
    assert portal.percent(0.022) == "2.2\N{NO-BREAK SPACE}%"
