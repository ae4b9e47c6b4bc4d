"""The single steps that gain most: computed, exact, possible, and none that is worth nothing."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from rules import steps
from rules.assessment import assess
from rules.conceivable import sittings
from rules.facts import Profile, dump, parse
from rules.language import report
from rules.steps import EFFORT, Step, best_steps, one_of_each
from tests.personas import AMARA, BEN, DIVYA, EMEKA, EVERYBODY, Persona, job
from tests.rules.strategies import profiles

ON = date(2026, 9, 24)
BORN = date(1990, 1, 1)
each = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PERSONAS = pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)


def of(persona: Persona, **changes: Any) -> Profile:
    return parse({**persona.document(ON), **changes})


def steps_of(profile: Profile, kind: str, **needs: Any) -> list[Step]:
    """Return the steps of a kind whose needs hold some values."""
    found = best_steps(profile, ON, partner_birth_date=BORN)
    return [step for step in found if step.kind == kind and needs.items() <= step.needs.items()]


def only(profile: Profile, kind: str, **needs: Any) -> Step:
    (step,) = steps_of(profile, kind, **needs)
    return step


# ---- what holds for everybody ------------------------------------------------------------------------------


@each
@given(profiles())
def test_applying_a_step_gives_exactly_the_stated_gain(document: dict[str, Any]) -> None:
    profile = parse(document)
    before = assess(profile, next_change=False)
    for step in best_steps(profile, profile.as_of, partner_birth_date=profile.birth_date):
        after = assess(step.changed, next_change=False)
        assert step.gain == after.total - before.total
        opened = {name for name in ("CEC", "FSW", "FST") if after.programs[name].eligible}
        met = {name for name in ("CEC", "FSW", "FST") if before.programs[name].eligible}
        assert set(step.opens) - {"PNP"} == opened - met
        assert set(step.closes) - {"PNP"} == met - opened


@each
@given(profiles())
def test_every_step_leads_to_a_valid_profile(document: dict[str, Any]) -> None:
    profile = parse(document)
    for step in best_steps(profile, profile.as_of, partner_birth_date=profile.birth_date):
        assert parse(dump(step.changed)) == step.changed


@each
@given(profiles())
def test_no_step_is_listed_that_gains_nothing_and_opens_no_program(document: dict[str, Any]) -> None:
    profile = parse(document)
    for step in best_steps(profile, profile.as_of, partner_birth_date=profile.birth_date):
        assert step.gain > 0 or step.opens


@each
@given(profiles())
def test_the_greatest_gain_comes_first_and_no_two_steps_have_one_key(document: dict[str, Any]) -> None:
    profile = parse(document)
    found = best_steps(profile, profile.as_of, partner_birth_date=profile.birth_date)
    gains = [step.gain for step in found]
    assert gains == sorted(gains, reverse=True)
    assert len({step.key for step in found}) == len(found)


@PERSONAS
def test_a_profile_keeps_everything_that_the_step_does_not_name(persona: Persona) -> None:
    profile = of(persona)
    for step in best_steps(profile, ON):
        kept = {"birth_date", "marital_status", "family_size", "relatives_in_canada", "as_of"}
        assert all(getattr(step.changed, name) == getattr(profile, name) for name in kept)


# ---- the guards, taken off ---------------------------------------------------------------------------------


def test_without_its_guard_steps_worth_nothing_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "is_worthwhile", lambda _before, _after: True)
    assert any(step.gain <= 0 and not step.opens for step in best_steps(of(AMARA), ON))


def test_with_scores_below_what_a_level_asks_the_stated_gain_would_not_be_reached(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert only(of(AMARA), "new_test", level=9).gain == 74

    def one_level_less(test: str, taken: date, wanted: Any, rules: Any) -> Any:
        return report(test, taken, [max(0, step - 1) for step in wanted], rules)

    monkeypatch.setattr(sittings, "report", one_level_less)
    assert not any(step.gain == 74 for step in best_steps(of(AMARA), ON))


# ---- what single steps say ---------------------------------------------------------------------------------


def test_a_nomination_gains_600_points_and_opens_its_rounds() -> None:
    step = best_steps(of(AMARA), ON)[0]
    assert (step.kind, step.gain, step.opens) == ("nomination", 600, ("PNP",))


def test_french_at_nclc_7_finds_its_category() -> None:
    step = only(of(AMARA), "new_test", language="fr", level=7)
    assert step.gain == 62
    assert step.categories == ("french",)


def test_one_ability_is_raised_only_up_to_the_next_level_that_matters() -> None:
    divya = only(of(DIVYA), "one_ability", language="fr", ability="listening")
    assert (divya.needs["from_level"], divya.needs["level"], divya.gain) == (7, 9, 3)


def test_an_expired_test_can_be_renewed_with_its_scores() -> None:
    tests = of(AMARA).language_tests
    old = replace(of(AMARA), language_tests=(replace(tests[0], date_taken=date(2024, 1, 1)),))
    step = only(old, "renew_test")
    assert step.changed.language_tests[0].scores == tests[0].scores
    assert step.after.total == best_steps(of(AMARA), ON)[0].before.total


def test_a_foreign_credential_without_an_assessment_can_have_one() -> None:
    step = only(of(EMEKA), "assessment")
    assert (step.needs["level"], step.needs["country"], step.needs["renewed"]) == ("secondary", "NG", False)
    assert step.gain == 30


def test_an_assessment_that_ran_out_is_one_to_renew() -> None:
    master = of(AMARA).education[1]
    assert master.eca is not None
    expired = replace(master, eca=replace(master.eca, issued_on=date(2020, 1, 1)))
    assert only(replace(of(AMARA), education=(expired,)), "assessment").needs["renewed"]


def test_a_year_in_canada_opens_the_canadian_experience_class() -> None:
    step = only(of(AMARA), "canadian_work")
    assert (step.needs["years"], step.needs["hours"], step.opens) == (1, 1560, ("CEC",))


def test_hours_missing_to_the_next_year_are_counted_from_what_there_is() -> None:
    step = only(of(DIVYA), "canadian_work")
    assert step.needs["years_so_far"] == 2
    assert 0 < step.needs["hours"] < 1560
    assert assess(step.changed, next_change=False).factors.canadian_years == 3


def test_work_is_added_up_to_the_next_year_that_matters() -> None:
    once = of(AMARA, work=[job(ON, "21232", "NG", 1.5, None)])
    assert only(once, "foreign_work").needs["years"] == 3


def test_funds_are_a_step_where_they_open_a_program() -> None:
    step = only(of(DIVYA), "funds")
    assert (step.gain, step.opens, step.needs["amount"]) == (0, ("FSW",), 15263)


def test_a_job_offer_is_a_step_only_where_it_opens_a_program() -> None:
    assert not steps_of(of(AMARA), "job_offer")
    electrician = of(
        BEN, certificate_of_qualification=None, spouse={**BEN.document(ON)["spouse"], "accompanying": False}
    )
    assert "FST" in only(electrician, "job_offer").opens


def test_a_certificate_of_qualification_is_a_step_for_a_trade() -> None:
    assert only(of(BEN, certificate_of_qualification=None), "certificate").needs == {"noc": "72200"}
    assert not steps_of(of(AMARA), "certificate")


def test_a_partner_s_test_education_and_work_are_steps() -> None:
    found = best_steps(of(BEN), ON)
    kinds = {step.kind for step in found if step.needs.get("whose") == "spouse"}
    assert {"all_abilities", "next_level", "canadian_work"} <= kinds


def test_a_partner_who_would_stay_is_a_step_where_the_score_gains_from_it() -> None:
    chloe = {**BEN.document(ON)["spouse"], "education": [], "language_tests": []}
    step = only(of(BEN, spouse=chloe), "partner_stays")
    assert step.gain > 0
    assert step.changed.scored_spouse is None


def test_the_partner_applies_instead_only_where_the_birth_date_is_known() -> None:
    ben = of(BEN)
    assert ben.spouse is not None
    strong = replace(
        ben,
        spouse=replace(
            ben.spouse,
            education=of(AMARA).education,
            work=of(DIVYA).work,
            language_tests=of(DIVYA).language_tests,
        ),
    )
    assert only(strong, "partner_applies").gain > 0
    assert "partner_applies" not in {step.kind for step in best_steps(strong, ON)}


def test_a_brother_or_sister_is_no_step() -> None:
    assert not any("sibling" in kind for kind in EFFORT)


def test_of_equal_gain_the_one_that_takes_less_comes_first() -> None:
    found = best_steps(of(AMARA), ON)
    orders = [(-step.gain, -len(step.opens), EFFORT.index(step.kind)) for step in found]
    assert orders == sorted(orders)


def test_one_of_each_tells_a_language_once() -> None:
    found = one_of_each(best_steps(of(AMARA), ON))
    tests = [(step.needs["whose"], step.needs["language"]) for step in found if "test" in step.needs]
    assert len(tests) == len(set(tests)) == 2
