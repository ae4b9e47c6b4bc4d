"""The other of a couple as the principal applicant."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from rules.assessment import assess
from rules.facts import Profile, ProfileError, dump, parse
from rules.swapping import can_swap, swapped
from tests.personas import AMARA, BEN
from tests.rules.strategies import profiles
from tests.rules.test_properties import brief

ON = date(2026, 9, 24)
CHLOES_BIRTHDAY = date(1995, 3, 2)


def ben() -> Profile:
    return parse(BEN.document(ON))


def chloe(**told: Any) -> Profile:
    """Return Ben's profile with Chloé as the principal applicant."""
    other = swapped(ben(), partner_birth_date=CHLOES_BIRTHDAY, **told)
    assert other is not None
    return other


def test_the_partner_brings_their_own_facts_and_the_couple_s_shared_ones() -> None:
    candidate, other = ben(), chloe()
    assert candidate.spouse is not None
    assert other.birth_date == CHLOES_BIRTHDAY
    assert other.education == candidate.spouse.education
    assert other.first_official_language == "fr"
    assert (other.family_size, other.settlement_funds_cad, other.intended_province) == (3, 40000, "AB")


def test_the_candidate_becomes_the_partner_who_comes_along() -> None:
    candidate, other = ben(), chloe()
    assert other.scored_spouse is not None
    assert other.scored_spouse.work == candidate.work
    assert other.scored_spouse.language_tests == candidate.language_tests


def test_what_belongs_to_the_candidate_alone_is_left_out() -> None:
    assert ben().certificate_of_qualification is not None
    assert chloe().certificate_of_qualification is None


def test_work_that_the_profile_does_not_know_can_be_told() -> None:
    job = ben().work[0]
    other = chloe(partner_work=[job])
    assert other.work == (job,)
    assert other.primary_occupation_noc == job.noc


def test_a_relative_stays_whose_they_are() -> None:
    sibling = {"relationship": "sibling", "of": "spouse", "birth_date": "1990-02-03", "status": "citizen"}
    couple = parse({**BEN.document(ON), "relatives_in_canada": [sibling]})
    other = swapped(couple, partner_birth_date=CHLOES_BIRTHDAY)
    assert other is not None
    assert other.relatives_in_canada[0].of == "applicant"


@pytest.mark.parametrize("change", [{"accompanying": False}, {"canadian_citizen_or_pr": True}])
def test_a_partner_who_does_not_immigrate_along_cannot_apply(change: dict[str, bool]) -> None:
    document = BEN.document(ON)
    alone = parse({**document, "spouse": {**document["spouse"], **change}})
    assert not can_swap(alone)
    assert swapped(alone, partner_birth_date=CHLOES_BIRTHDAY) is None


def test_somebody_single_has_nobody_to_swap_with() -> None:
    assert swapped(parse(AMARA.document(ON)), partner_birth_date=CHLOES_BIRTHDAY) is None


def test_a_partner_cannot_be_born_later() -> None:
    with pytest.raises(ProfileError, match="birth date"):
        swapped(ben(), partner_birth_date=date(2026, 9, 25))


@brief
@given(profiles())
def test_a_swapped_profile_is_valid_and_swapped_back_keeps_what_both_know(document: dict[str, Any]) -> None:
    candidate = parse(document)
    other = swapped(candidate, partner_birth_date=candidate.birth_date)
    if other is None:
        return
    assert parse(dump(other)) == other
    back = swapped(other, partner_birth_date=candidate.birth_date)
    assert back is not None
    alike = (
        "as_of", "birth_date", "education", "language_tests", "work", "relatives_in_canada", "family_size",
        "first_official_language", "studied_two_years_in_canada",
    )  # fmt: skip
    assert [getattr(back, name) for name in alike] == [getattr(candidate, name) for name in alike]
    assert (
        assess(back, next_change=False).sections["core"]
        == assess(candidate, next_change=False).sections["core"]
    )
