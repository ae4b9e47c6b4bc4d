"""Scenarios: copies of a profile to try things on, at most twelve, never the profile itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from profiles import scenarios
from profiles.errors import ScenarioChangedElsewhere, ScenarioGone, TooManyScenarios
from profiles.models import Scenario, Submission
from profiles.scenarios import MOST_SCENARIOS, basis_of
from profiles.services import withdraw
from rules.facts import ProfileError, dump
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, Persona

pytestmark = pytest.mark.django_db
ON = AT.date()


def basis(persona: Persona = AMARA) -> scenarios.Basis:
    found = basis_of(factories.account(persona).pk, AT)
    assert found is not None
    return found


def begun(name: str = "French") -> Scenario:
    """Return a scenario begun from Amara's profile, which is sent if it is not yet."""
    account = factories.account(AMARA)
    if not account.profiles.exists():
        factories.profile(AMARA)
    return scenarios.begin(account_id=account.pk, name=name, candidate=basis().facts, at=AT)


def changed(scenario: Scenario, seen: str = "", **changes: Any) -> Scenario:
    return scenarios.change(
        scenario=scenario, by=lambda kept: {**kept, **changes}, on=ON, seen=seen or scenarios.digest(scenario)
    )


def test_a_scenario_begins_as_the_submitted_profile_is() -> None:
    profile = factories.profile(AMARA)
    assert begun().facts == Submission.objects.get(profile=profile).facts


def test_a_complete_draft_will_do_before_anything_was_sent() -> None:
    factories.draft(AMARA)
    found = basis()
    assert (found.profile, found.submitted_at) == (None, AT)
    assert dump(found.facts)["birth_date"] == AMARA.facts(ON)["birth_date"]


def test_an_unfinished_draft_is_nothing_to_begin_from() -> None:
    factories.empty_draft(AMARA)
    assert basis_of(factories.account(AMARA).pk, AT) is None


def test_the_last_profile_will_do_when_it_is_over() -> None:
    profile = factories.profile(AMARA)
    withdraw(profile=profile, at=AT)
    assert basis().profile == profile


def test_the_facts_are_read_as_of_the_day() -> None:
    factories.profile(AMARA)
    later = basis_of(factories.account(AMARA).pk, AT + timedelta(days=30))
    assert later is not None
    assert later.facts.as_of == ON + timedelta(days=30)


def test_the_partner_s_birth_date_is_known_where_it_was_told() -> None:
    factories.profile(BEN)
    told = {**basis(BEN).told, "spouse": {"details": {"birth_date": "1995-03-02"}}}
    known = scenarios.Basis(basis(BEN).facts, told, AT)
    assert known.partner_birth_date == date(1995, 3, 2)
    assert scenarios.Basis(known.facts, {}, AT).partner_birth_date is None


def test_changing_a_scenario_leaves_the_profile_as_it_was() -> None:
    scenario = begun()
    before = Submission.objects.values_list("facts", flat=True).get()
    assert changed(scenario, family_size=4).facts["family_size"] == 4
    assert Submission.objects.values_list("facts", flat=True).get() == before


def test_what_cannot_be_is_not_kept() -> None:
    scenario = begun()
    with pytest.raises(ProfileError):
        changed(scenario, family_size=0)
    assert Scenario.objects.get().facts == scenario.facts


def test_a_change_on_an_older_page_is_refused_and_nothing_is_lost() -> None:
    scenario = begun()
    seen = scenarios.digest(scenario)
    changed(scenario, family_size=4)
    with pytest.raises(ScenarioChangedElsewhere):
        changed(scenario, seen, family_size=2)
    with pytest.raises(ScenarioChangedElsewhere):
        scenarios.rename(scenario=scenario, name="Other", seen=seen)
    assert Scenario.objects.get().facts["family_size"] == 4


def test_a_deleted_scenario_cannot_be_changed_and_deleting_twice_is_once() -> None:
    scenario = begun()
    scenarios.delete(scenario=scenario)
    scenarios.delete(scenario=scenario)
    with pytest.raises(ScenarioGone):
        changed(scenario, family_size=4)


def test_the_same_again_is_the_same_scenario() -> None:
    assert begun() == begun()
    assert Scenario.objects.count() == 1


def test_an_account_holds_twelve_and_not_one_more() -> None:
    for number in range(MOST_SCENARIOS):
        begun(f"Number {number}")
    with pytest.raises(TooManyScenarios):
        begun("One more")
    assert Scenario.objects.count() == MOST_SCENARIOS
    assert begun("Number 3").name == "Number 3"


def test_a_name_longer_than_the_column_is_cut() -> None:
    assert len(begun("x" * 200).name) == scenarios.LONGEST_NAME


def test_a_scenario_is_visible_to_its_owner_alone() -> None:
    scenario = begun()
    assert scenario in Scenario.objects.visible_to(factories.account(AMARA))
    assert not Scenario.objects.visible_to(factories.account(BEN)).exists()
    assert not Scenario.objects.visible_to(factories.officer()).exists()
    assert not Scenario.objects.visible_to(AnonymousUser()).exists()
