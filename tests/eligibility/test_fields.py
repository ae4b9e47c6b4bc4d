"""Numbers, money, codes and choices as people type them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override
from pytest_django.asserts import assertHTMLEqual

from eligibility.fields import (
    CountryField,
    LongSelect,
    MoneyField,
    NocField,
    NumberField,
    PortalForm,
    ProvinceField,
    YesNoField,
    country_names,
)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def refusal(field: forms.Field, typed: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return str(caught.value.messages[0])


@pytest.mark.parametrize(("typed", "number"), [("37.5", 37.5), ("37,5", 37.5), ("40", 40), (" 40.0 ", 40)])
def test_a_number_may_have_a_point_or_a_comma(typed: str, number: float) -> None:
    assert NumberField().clean(typed) == number


def test_a_whole_number_is_an_int() -> None:
    assert isinstance(NumberField().clean("40.0"), int)


def test_words_are_no_number_and_are_quoted() -> None:
    assert refusal(NumberField(), "full time") == "‘full time’ is not a number. Enter digits, like 37.5."


@pytest.mark.parametrize("typed", ["nan", "inf", "1e5", "--3", "1.2.3", "٣", "9" * 40])
def test_what_is_no_plain_number_is_refused(typed: str) -> None:
    assert "is not a number" in refusal(NumberField(), typed)


def test_a_number_out_of_range_says_the_range() -> None:
    field = NumberField(least=0, most=9)
    assert refusal(field, "10") == "10 is not possible here. Enter a number from 0 to 9."


def test_a_number_between_two_steps_is_refused() -> None:
    field = NumberField(step=0.5, example=6.5)
    assert refusal(field, "6.3") == "6.3 is not possible here. Enter a number in steps of 0.5, like 6.5."


def test_a_whole_number_is_asked_for_where_only_those_count() -> None:
    assert "is not a whole number" in refusal(NumberField(step=1, example=3), "2.5")


def test_a_number_is_shown_as_the_language_writes_it() -> None:
    with override("fr"):
        assert NumberField().prepare_value(6.5) == "6,5"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("21000", 21000),
        ("21,000", 21000),
        ("21 000 $", 21000),
        ("$21,000.50", 21000.5),
        ("21 000,50 $ CA", 21000.5),
    ],
)
def test_money_may_be_typed_as_it_is_written(typed: str, amount: float) -> None:
    assert MoneyField().clean(typed) == amount


def test_money_below_zero_is_refused() -> None:
    assert refusal(MoneyField(), "-1") == "-1 is too low. Enter 0 or more."


def test_an_amount_in_words_is_quoted_with_an_example() -> None:
    assert refusal(MoneyField(), "20k") == (
        "‘20k’ is not an amount. Enter a number in Canadian dollars, like 21000."
    )


def test_a_code_may_have_spaces() -> None:
    assert NocField().clean(" 313 01 ") == "31301"


def test_a_code_of_another_shape_is_refused() -> None:
    assert refusal(NocField(), "NOC 31301").startswith("‘NOC31301’ is not an occupation code.")


def test_a_code_that_does_not_exist_is_refused() -> None:
    assert refusal(NocField(), "99999").startswith("99999 is not a code of NOC 2021.")


def test_countries_are_listed_in_the_language_of_the_page() -> None:
    with override("fr"):
        assert "Allemagne" in str(CountryField().widget.render("country", "DE"))


def test_canada_comes_first() -> None:
    assert country_names("en")[0] == ("CA", "Canada")


def test_accents_do_not_disturb_the_order() -> None:
    names = [str(name) for _code, name in country_names("fr")]
    assert names.index("États-Unis") < names.index("Zambie")


@pytest.mark.parametrize(
    ("language", "order"),
    [("en", "AB BC MB NB NL NT NS NU ON PE QC SK YT"), ("fr", "AB BC PE MB NB NS NU ON QC SK NL NT YT")],
)
def test_provinces_are_listed_by_their_names_in_the_language_in_use(language: str, order: str) -> None:
    with override(language):
        drawn = str(ProvinceField().widget.render("province", None))
    assert " ".join(re.findall(r'value="(\w\w)"', drawn)) == order


def test_a_province_is_known_by_two_letters() -> None:
    assert ProvinceField().clean("ON") == "ON"


@pytest.mark.parametrize(("typed", "answer"), [("yes", True), ("no", False)])
def test_yes_and_no_are_true_and_false(typed: str, answer: bool) -> None:
    assert YesNoField().clean(typed) is answer


def test_an_open_question_is_neither_yes_nor_no() -> None:
    assert YesNoField(required=False).clean("") is None


def test_an_answer_in_the_document_chooses_its_radio() -> None:
    assert YesNoField().prepare_value(False) == "no"


def test_a_form_asks_calmly_for_what_is_missing() -> None:
    class Form(PortalForm):
        name = forms.CharField()
        paid = YesNoField()
        agreed = forms.BooleanField()

    assert Form({}).errors == {
        "name": ["Enter an answer."],
        "paid": ["Choose an answer."],
        "agreed": ["Tick the box to go on."],
    }


def test_a_form_keeps_the_words_of_a_field_that_has_its_own() -> None:
    class Form(PortalForm):
        name = forms.CharField(error_messages={"required": "Enter the name in your passport."})

    assert Form({}).errors == {"name": ["Enter the name in your passport."]}


def test_a_long_select_is_drawn_as_djangos_own() -> None:
    choices = [("", "Choose"), ("NG", "Nigeria"), ("CI", "Côte d’Ivoire <&>")]
    attrs = {"id": "id_country", "aria-invalid": "true", "required": False}
    for value in (None, "", "NG", "CI", "XX"):
        ours = LongSelect(choices=choices, attrs={"class": "wide"}).render("country", value, attrs)
        djangos = forms.Select(choices=choices, attrs={"class": "wide"}).render("country", value, attrs)
        assertHTMLEqual(ours, djangos)
