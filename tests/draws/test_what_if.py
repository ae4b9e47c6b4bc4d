"""The pages of 'What if?': begin, change, compare, delete; the profile stays as it is."""

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from draws.models import Round
from draws.what_if.comparison import compare
from profiles import scenarios
from profiles.models import PoolEntry, Scenario, Submission
from profiles.scenarios import basis_of
from rules.facts import parse
from rules.steps import best_steps
from tests import factories
from tests.draws.pages import queries_for, text_in, text_of
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA, Persona
from tests.profiles.reading import filled_in

pytestmark = pytest.mark.django_db
ON = AT.date()
PAGE = "/en/account/what-if/"


def signed_in(client: Client, persona: Persona = AMARA) -> Client:
    client.force_login(factories.account(persona))
    return client


def begun(persona: Persona = AMARA, name: str = "Plan", **changes: Any) -> Scenario:
    """Return a scenario of a persona's submitted profile with some facts changed."""
    account = factories.account(persona)
    if not account.profiles.exists():
        factories.profile(persona)
    basis = basis_of(account.pk, AT)
    assert basis is not None
    made = scenarios.begin(account_id=account.pk, name=name, candidate=basis.facts, at=AT)
    if changes:
        seen = scenarios.digest(made)
        made = scenarios.change(scenario=made, by=lambda kept: {**kept, **changes}, on=ON, seen=seen)
    return made


def change(client: Client, scenario: Scenario, place: str, **typed: Any) -> Any:
    """Open a page of a scenario, type, and send it; return the answer."""
    address = f"{PAGE}{scenario.pk}/{place}/"
    told = filled_in(client.get(address)) | typed
    return client.post(address, told)


def facts_of(scenario: Scenario) -> dict[str, Any]:
    return dict(Scenario.objects.get(pk=scenario.pk).facts)


# ---- beginning ---------------------------------------------------------------------------------------------


def test_without_a_profile_the_page_says_what_it_needs(client: Client) -> None:
    text = text_of(signed_in(client), PAGE)
    assert "There is nothing to copy yet" in text
    assert signed_in(client).get(f"{PAGE}add/").status_code == 302


def test_a_complete_draft_can_be_tried_before_it_is_sent(client: Client) -> None:
    factories.draft(AMARA)
    text = text_of(signed_in(client), PAGE)
    assert "“Today” is your draft, as if you submitted it now." in text
    assert "The steps that would gain most" in text


def test_a_scenario_begins_as_a_copy_under_a_name(client: Client) -> None:
    profile = factories.profile(AMARA)
    response = signed_in(client).post(f"{PAGE}add/", {"name": "French at last"})
    made = Scenario.objects.get()
    assert response.headers["Location"] == f"{PAGE}{made.pk}/"
    assert (made.name, made.facts) == ("French at last", Submission.objects.get(profile=profile).facts)
    assert "That is as many as your profile has." in text_of(client, f"{PAGE}{made.pk}/")


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_that_will_not_do_is_told_at_the_field(client: Client, name: str) -> None:
    factories.profile(AMARA)
    response = signed_in(client).post(f"{PAGE}add/", {"name": name})
    assert response.status_code == 200
    assert "error-summary" in response.content.decode()
    assert not Scenario.objects.exists()


def test_the_thirteenth_is_refused_with_the_reason(client: Client) -> None:
    for number in range(12):
        begun(name=f"Plan {number}")
    response = signed_in(client).post(f"{PAGE}add/", {"name": "One more"})
    assert "An account holds at most 12 scenarios" in text_in(response)
    assert Scenario.objects.count() == 12
    assert "You have 12 scenarios, the most that an account holds." in text_of(client, PAGE)


def test_a_best_step_can_be_tried_and_gains_what_it_said(client: Client) -> None:
    factories.profile(AMARA)
    page = signed_in(client).get(PAGE).content.decode()
    keys = [html.unescape(key) for key in re.findall(r'name="step" value="([^"]+)"', page)]
    steps = {step.key: step for step in best_steps(parse(AMARA.document(ON)), ON)}
    assert set(keys) == set(steps)
    for key in keys[:3]:
        client.post(f"{PAGE}add/", {"step": key})
        made = Scenario.objects.latest("pk")
        assert f"Beside your profile: +{steps[key].gain}." in text_of(client, f"{PAGE}{made.pk}/")


def test_a_step_that_is_no_longer_one_is_told(client: Client) -> None:
    factories.profile(AMARA)
    response = signed_in(client).post(f"{PAGE}add/", {"step": "no:such"}, follow=True)
    assert "This step is not among the best any more." in text_in(response)
    assert not Scenario.objects.exists()


# ---- changing ----------------------------------------------------------------------------------------------


def test_a_language_test_can_be_added_changed_and_removed(client: Client) -> None:
    plan = begun()
    signed_in(client)
    typed = {"test": "tef_canada", "date_taken_day": "1", "date_taken_month": "9", "date_taken_year": "2026"}
    scores = {"listening": "503", "reading": "503", "writing": "512", "speaking": "518"}
    response = change(client, plan, "languages/add", **typed, **scores)
    assert response.status_code == 302
    assert [test["test"] for test in facts_of(plan)["language_tests"]] == ["tef_canada", "ielts_general"]
    change(client, plan, "languages/1", writing="434")
    assert facts_of(plan)["language_tests"][0]["scores"]["writing"] == 434
    client.post(f"{PAGE}{plan.pk}/languages/1/remove/", {"seen": seen_on(client, plan)})
    assert [test["test"] for test in facts_of(plan)["language_tests"]] == ["ielts_general"]


def seen_on(client: Client, plan: Scenario, place: str = "languages/1/remove") -> str:
    return str(filled_in(client.get(f"{PAGE}{plan.pk}/{place}/"))["seen"])


def test_a_job_can_be_added(client: Client) -> None:
    plan = begun()
    signed_in(client)
    days = {"start_date": ("1", "9", "2025"), "end_date": ("1", "9", "2026")}
    typed = {
        f"{name}_{part}": value
        for name, day in days.items()
        for part, value in zip(("day", "month", "year"), day, strict=True)
    }
    assert (
        change(client, plan, "work/add", noc="21232", country="CA", hours_per_week="40", **typed).status_code
        == 302
    )
    assert facts_of(plan)["work"][0]["country"] == "CA"


def test_a_nomination_can_be_supposed(client: Client) -> None:
    plan = begun()
    signed_in(client)
    change(client, plan, "nomination", nominated="yes", province="ON")
    assert facts_of(plan)["provincial_nomination"]["province"] == "ON"
    assert "Beside your profile: +600." in text_of(client, f"{PAGE}{plan.pk}/")
    change(client, plan, "nomination", nominated="no")
    assert facts_of(plan)["provincial_nomination"] is None


@pytest.mark.parametrize(
    ("province", "message"), [("", "Choose the province"), ("QC", "Quebec nominates nobody")]
)
def test_a_nomination_names_its_province(client: Client, province: str, message: str) -> None:
    plan = begun()
    response = change(signed_in(client), plan, "nomination", nominated="yes", province=province)
    assert message in text_in(response)
    assert facts_of(plan)["provincial_nomination"] is None


@pytest.mark.parametrize(
    ("place", "typed", "key", "kept"),
    [
        ("first-language", {"first_official_language": "fr"}, "first_official_language", "fr"),
        ("funds", {"settlement_funds_cad": "9,000"}, "settlement_funds_cad", 9000),
        ("occupation", {"primary_occupation_noc": "none"}, "primary_occupation_noc", None),
    ],
)
def test_single_answers_can_be_changed(
    client: Client, place: str, typed: dict[str, str], key: str, kept: Any
) -> None:
    plan = begun()
    assert change(signed_in(client), plan, place, **typed).status_code == 302
    assert facts_of(plan)[key] == kept


def test_a_partner_can_stay_behind(client: Client) -> None:
    plan = begun(BEN)
    change(signed_in(client, BEN), plan, "partner", accompanying="no", canadian_citizen_or_pr="no")
    spouse = facts_of(plan)["spouse"]
    assert spouse["accompanying"] is False
    assert spouse["language_tests"]


def test_the_partner_can_be_the_principal_applicant_and_back(client: Client) -> None:
    plan = begun(BEN)
    signed_in(client, BEN)
    born = {"birth_date_day": "2", "birth_date_month": "3", "birth_date_year": "1995"}
    assert change(client, plan, "applicant", **born).status_code == 302
    swapped = facts_of(plan)
    assert (swapped["birth_date"], swapped["first_official_language"]) == ("1995-03-02", "fr")
    assert swapped["spouse"]["work"] == BEN.facts(ON)["work"]
    assert "In this scenario your partner applies" in text_of(client, f"{PAGE}{plan.pk}/")
    assert change(client, plan, "applicant").status_code == 302
    assert facts_of(plan)["birth_date"] == BEN.facts(ON)["birth_date"]


def test_what_the_profile_does_not_know_of_the_partner_is_asked(client: Client) -> None:
    plan = begun(BEN)
    blank = {"birth_date_day": "", "birth_date_month": "", "birth_date_year": ""}
    response = change(signed_in(client, BEN), plan, "applicant", **blank)
    assert response.status_code == 200
    assert facts_of(plan)["birth_date"] == BEN.facts(ON)["birth_date"]


def test_somebody_single_has_no_pages_of_a_partner(client: Client) -> None:
    plan = begun()
    signed_in(client)
    for place in ("partner", "applicant", "partner-work/add", "partner-languages/add", "nonsense", "work"):
        assert client.get(f"{PAGE}{plan.pk}/{place}/").status_code == 404, place


@pytest.mark.parametrize("index", [0, 2, 99])
def test_an_entry_that_is_not_there_is_not_found(client: Client, index: int) -> None:
    plan = begun()
    signed_in(client)
    assert client.get(f"{PAGE}{plan.pk}/work/{index}/").status_code == 404
    assert client.post(f"{PAGE}{plan.pk}/work/{index}/remove/").status_code == 404


def test_what_was_typed_stays_when_the_scenario_was_changed_in_another_window(client: Client) -> None:
    plan = begun()
    signed_in(client)
    old = filled_in(client.get(f"{PAGE}{plan.pk}/funds/"))
    change(client, plan, "nomination", nominated="yes", province="ON")
    response = client.post(f"{PAGE}{plan.pk}/funds/", old | {"settlement_funds_cad": "9000"})
    assert "This scenario was changed in another window" in text_in(response)
    assert filled_in(response)["settlement_funds_cad"] == "9000"
    assert facts_of(plan)["settlement_funds_cad"] == 25000
    assert client.post(f"{PAGE}{plan.pk}/funds/", filled_in(response)).status_code == 302
    assert facts_of(plan)["settlement_funds_cad"] == 9000


def test_a_list_takes_no_more_entries_than_it_holds(client: Client) -> None:
    plan = begun(language_tests=AMARA.facts(ON)["language_tests"] * 40)
    told = {"test": "tef_canada", "date_taken_day": "1", "date_taken_month": "9", "date_taken_year": "2026"}
    scores = dict.fromkeys(("listening", "reading", "writing", "speaking"), "503")
    response = change(signed_in(client), plan, "languages/add", **told, **scores)
    assert "A list holds at most 40 entries" in text_in(response)
    assert len(facts_of(plan)["language_tests"]) == 40


def test_a_scenario_can_be_renamed(client: Client) -> None:
    plan = begun()
    assert change(signed_in(client), plan, "name", name="Another").status_code == 302
    assert Scenario.objects.get().name == "Another"


def test_a_scenario_is_deleted_after_a_question_and_twice_is_once(client: Client) -> None:
    plan = begun()
    signed_in(client)
    assert "Delete this scenario?" in text_of(client, f"{PAGE}{plan.pk}/delete/")
    assert Scenario.objects.exists()
    for _time in range(2):
        assert client.post(f"{PAGE}{plan.pk}/delete/").headers["Location"] == PAGE
    assert not Scenario.objects.exists()
    assert client.get(f"{PAGE}{plan.pk}/delete/").status_code == 404


def test_nothing_here_changes_the_profile(client: Client) -> None:
    plan = begun()
    before = PoolEntry.objects.values().get(), Submission.objects.values().get()
    signed_in(client)
    change(client, plan, "nomination", nominated="yes", province="ON")
    client.post(f"{PAGE}{plan.pk}/delete/")
    assert (PoolEntry.objects.values().get(), Submission.objects.values().get()) == before


def test_anothers_scenario_is_not_found(client: Client) -> None:
    plan = begun()
    factories.profile(BEN)
    signed_in(client, BEN)
    for place in ("", "name/", "funds/", "work/add/", "work/1/", "work/1/remove/", "delete/"):
        assert client.get(f"{PAGE}{plan.pk}/{place}").status_code == 404, place
    client.post(f"{PAGE}{plan.pk}/delete/")
    assert Scenario.objects.count() == 1


# ---- comparing ---------------------------------------------------------------------------------------------


def nominated() -> dict[str, Any]:
    return {"provincial_nomination": {"province": "ON", "issued_on": ON.isoformat(), "expires_on": None}}


def test_scenarios_stand_beside_the_profile_with_what_differs(client: Client) -> None:
    factories.profile(DIVYA)
    begun(name="Nominated", **nominated())
    text = text_of(signed_in(client), PAGE)
    assert "Of these, “Nominated” gains most: 600 points." in text
    assert "counts (differs from today)" in text
    page = client.get(PAGE).content.decode()
    assert re.search(r'class="n differs"\s+data-label="Nominated"', page)
    assert not re.search(r'differs"\s+data-label="Today"', page)


def test_at_most_three_stand_beside_the_profile_the_last_ones_unless_chosen(client: Client) -> None:
    plans = [begun(name=f"Plan {number}") for number in range(5)]
    signed_in(client)
    heads = re.findall(r'scope="col"[^>]*><a href="[^"]+">(Plan \d)</a>', client.get(PAGE).content.decode())
    assert heads == ["Plan 2", "Plan 3", "Plan 4"]
    chosen = "&".join(f"beside={plan.pk}" for plan in plans[:4])
    page = client.get(f"{PAGE}?{chosen}").content.decode()
    assert re.findall(r'scope="col"[^>]*><a href="[^"]+">(Plan \d)</a>', page) == [
        "Plan 0",
        "Plan 1",
        "Plan 2",
    ]
    assert "the first three that you chose are shown" in page


@pytest.mark.parametrize("query", ["beside=999999", "beside=x", "beside=%00", "beside=1&beside=-1"])
def test_a_choice_that_is_none_is_as_if_nothing_were_chosen(client: Client, query: str) -> None:
    begun()
    assert signed_in(client).get(f"{PAGE}?{query}").status_code == 200


def test_the_rank_is_the_one_that_the_pool_would_give() -> None:
    people = [factories.profile(persona, at=AT) for persona in (AMARA, BEN, DIVYA)]
    crowd = [Persona(f"crowd{n}", "Amara", "Okafor", AMARA.facts) for n in range(3)]
    people += [factories.profile(one, at=AT + timedelta(seconds=n)) for n, one in enumerate(crowd, 1)]
    later = AT + timedelta(minutes=1)
    for profile in people:
        basis = basis_of(profile.account_id, later)
        assert basis is not None
        plan = begun_for(profile.account_id, basis)
        comparison = compare(basis, [plan], later)
        own = PoolEntry.objects.get(pk=profile.pk)
        assert comparison.today.rank == place_in_pool(own, own.score)
        raised = comparison.scenarios[0].result.total
        assert comparison.scenarios[0].rank == place_in_pool(own, raised)
        assert comparison.total == len(people)


def begun_for(account_id: int, basis: scenarios.Basis) -> Scenario:
    """Return a scenario of the same score or a higher one: the funds of a millionaire, or the step that gains least."""
    steps = best_steps(basis.facts, ON)
    return scenarios.begin(account_id=account_id, name="Step", candidate=steps[-1].changed, at=AT)


def place_in_pool(own: PoolEntry, score: int) -> int:
    """Return the rank found by walking the whole pool."""
    others = PoolEntry.objects.exclude(pk=own.pk)
    mine = (-score, own.submitted_at, own.pk)
    return 1 + sum((-other.score, other.submitted_at, other.pk) < mine for other in others)


def test_a_scenario_that_meets_no_program_has_no_rank(client: Client) -> None:
    begun(name="To Quebec", intended_province="QC")
    text = text_of(signed_in(client), PAGE)
    assert "not in the pool" in text


def test_who_is_not_eligible_reads_that_ranks_are_supposed(client: Client) -> None:
    factories.profile(EMEKA)
    assert "Your profile is not in the pool now." in text_of(signed_in(client, EMEKA), PAGE)


def test_rounds_that_would_have_invited_are_counted_and_named(client: Client) -> None:
    begun(DIVYA, name="Nominated", **nominated())
    text = text_of(signed_in(client, DIVYA), PAGE)
    assert "Rounds that would have invited: Nominated" in text
    counts = re.findall(r"(\d+) of (\d+)", text)
    assert any(int(invited) > 10 for invited, _rounds in counts)


def test_the_pages_take_as_many_queries_with_many_scenarios_as_with_one(client: Client) -> None:
    plan = begun()
    factories.profile(DIVYA)
    signed_in(client)
    client.get(PAGE)
    few = queries_for(client, PAGE), queries_for(client, f"{PAGE}{plan.pk}/")
    for number in range(8):
        begun(name=f"Plan {number}")
    for number in range(3):
        factories.profile(Persona(f"more{number}", "Amara", "Okafor", AMARA.facts))
    assert (queries_for(client, PAGE), queries_for(client, f"{PAGE}{plan.pk}/")) == few


def test_an_older_scenario_is_read_as_of_today(client: Client) -> None:
    plan = begun()
    Scenario.objects.filter(pk=plan.pk).update(facts={**plan.facts, "as_of": date(2026, 1, 1).isoformat()})
    basis = basis_of(plan.account_id, AT)
    assert basis is not None
    comparison = compare(basis, list(Scenario.objects.all()), AT)
    assert comparison.scenarios[0].result.total == comparison.today.result.total
    assert not Round.objects.exists()


def test_the_comparison_asks_the_database_three_things(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = begun()
    basis = basis_of(plan.account_id, AT)
    assert basis is not None
    assert basis.entry is not None
    with django_assert_num_queries(3):
        compare(basis, [plan], AT)
