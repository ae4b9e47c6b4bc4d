"""Provinces of interest, money and a nomination: what is asked, and what it means for the facts."""

from datetime import date
from typing import Any

import pytest

from profiles.facts import intended_province, with_claim
from profiles.forms.plans import NominationClaimForm, PlansForm
from profiles.forms.work import PracticeForm

ON = date(2026, 9, 24)
ACCEPTED = {"province": "NS", "issued_on": "2026-05-04", "expires_on": None}


def plans(provinces: list[str], funds: str = "25000", **more: Any) -> PlansForm:
    form = PlansForm({"provinces": provinces, "settlement_funds_cad": funds, **more}, today=ON)
    form.is_valid()
    return form


def claim(answers: dict[str, str], accepted: Any = None) -> NominationClaimForm:
    form = NominationClaimForm(answers, today=ON, accepted=accepted)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("ticked", "province"),
    [
        (["ON"], "ON"),
        (["ON", "NS"], None),
        (["all"], None),
        (["QC"], "QC"),
        (["ON", "QC"], "QC"),
        ([], None),
    ],
)
def test_one_province_is_the_intended_one_several_are_none_and_quebec_is_quebec(
    ticked: list[str], province: str | None
) -> None:
    assert intended_province(ticked) == province


def test_plans_are_kept_with_the_facts_that_follow_from_them() -> None:
    assert plans(["NS", "ON"], shared_with=["esdc"]).answer() == {
        "plans": {"provinces": ["NS", "ON"], "shared_with": ["esdc"]},
        "intended_province": None,
        "settlement_funds_cad": 25000,
    }


def test_all_of_them_stands_for_every_other_tick() -> None:
    assert plans(["all", "NS"]).answer()["plans"]["provinces"] == ["all"]


def test_at_least_one_is_ticked() -> None:
    assert list(plans([]).errors) == ["provinces"]


def test_quebec_is_asked_about_and_can_be_meant() -> None:
    asked = plans(["QC", "ON"])
    assert "not eligible for any program" in asked.errors["provinces"][0]
    assert plans(["QC", "ON"], sure=["quebec:"]).answer()["intended_province"] == "QC"


def test_all_of_them_and_quebec_do_not_go_together() -> None:
    assert list(plans(["all", "QC"]).errors) == ["provinces"]


def test_no_money_at_all_is_asked_about_and_can_be_meant() -> None:
    assert list(plans(["ON"], "0").errors) == ["settlement_funds_cad"]
    meant = plans(["ON"], "0", sure=["no_funds:"])
    assert meant.answer()["settlement_funds_cad"] == 0
    assert PlansForm.initial_of(meant.answer())["sure"] == ["no_funds:"]


def test_a_province_planned_in_the_questionnaire_is_ticked() -> None:
    assert PlansForm.initial_of({"intended_province": "ON"})["provinces"] == ["ON"]


def test_a_nomination_is_claimed_with_its_province_and_adds_nothing_to_the_facts() -> None:
    assert claim({"nominated": "yes", "province": "NS"}).answer() == {
        "nomination": {"nominated": True, "province": "NS"},
        "provincial_nomination": None,
    }


@pytest.mark.parametrize("province", ["", "QC"])
def test_a_nomination_names_a_province_that_nominates(province: str) -> None:
    assert list(claim({"nominated": "yes", "province": province}).errors) == ["province"]


def test_an_accepted_nomination_stays_while_the_claim_is_about_its_province() -> None:
    assert (
        claim({"nominated": "yes", "province": "NS"}, ACCEPTED).answer()["provincial_nomination"] == ACCEPTED
    )
    assert claim({"nominated": "yes", "province": "ON"}, ACCEPTED).answer()["provincial_nomination"] is None
    assert claim({"nominated": "no"}, ACCEPTED).answer()["provincial_nomination"] is None


def test_a_nomination_told_before_becomes_a_claim() -> None:
    assert with_claim({"provincial_nomination": ACCEPTED}) == {
        "provincial_nomination": None,
        "nomination": {"nominated": True, "province": "NS"},
    }
    assert with_claim({"family_size": 1}) == {"family_size": 1}


def test_nobody_is_qualified_before_they_are_born() -> None:
    typed = {"qualified_on_day": "17", "qualified_on_month": "5", "qualified_on_year": "1994"}
    form = PracticeForm(typed, today=ON, born=date(1994, 5, 17))
    assert list(form.errors) == ["qualified_on"]
    assert not PracticeForm(typed | {"qualified_on_day": "18"}, today=ON, born=date(1994, 5, 17)).errors
