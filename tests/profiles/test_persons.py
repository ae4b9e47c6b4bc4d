"""Whose profile it is: a keyed hash of the passport, the same however its number is typed."""

from typing import Any

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from profiles.forms.passport import bare_number
from profiles.persons import person_key
from tests.factories import AT
from tests.personas import AMARA, BEN, EVERYBODY


def key_of(number: str, country: str = "NG") -> str:
    return person_key({"identity": {"passport": {"number": number, "country": country}}})


def test_everybody_has_a_key_of_their_own() -> None:
    keys = {person_key(persona.answers(AT.date())) for persona in EVERYBODY}
    assert len(keys) == len(EVERYBODY)
    assert {len(key) for key in keys} == {64}


@pytest.mark.parametrize(
    "answers", [{}, {"identity": {}}, {"identity": {"passport": {}}}, {"identity": None}]
)
def test_without_a_passport_there_is_no_key(answers: dict[str, Any]) -> None:
    assert person_key(answers) == ""


@pytest.mark.parametrize(("number", "country"), [("", "NG"), (" - ", "NG"), ("AB123456", "")])
def test_half_a_passport_is_none(number: str, country: str) -> None:
    assert key_of(number, country) == ""


def test_the_same_number_of_another_country_is_another_person() -> None:
    assert key_of("AB123456", "NG") != key_of("AB123456", "GH")


@given(st.text("ABCXYZ0123456789", min_size=4, max_size=20), st.data())
def test_a_number_typed_with_spaces_hyphens_and_small_letters_is_the_same(
    number: str, data: st.DataObject
) -> None:
    gaps = [data.draw(st.sampled_from(["", " ", "-", "\u2011", "\u00a0"])) for _letter in number]
    typed = "".join(gap + letter for gap, letter in zip(gaps, number, strict=True))
    assert bare_number(typed.lower()) == number
    assert key_of(typed.lower()) == key_of(number)


def test_the_key_tells_nothing_without_the_servers_key() -> None:
    before = person_key(AMARA.answers(AT.date()))
    with override_settings(SECRET_KEY="another key of the same server, which nobody knows"):
        assert person_key(AMARA.answers(AT.date())) != before


def test_the_number_is_not_in_the_key() -> None:
    assert BEN.passport not in person_key(BEN.answers(AT.date())).upper()
