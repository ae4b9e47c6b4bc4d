"""The score calculator: its answers, the profile that stands for them, and the score that the rules give it."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from eligibility.tools.score_facts import document_of
from eligibility.tools.score_form import STUDY_FITS, ScoreForm
from rules.assessment import assess
from rules.education import LEVELS
from rules.explanation import explain
from rules.factors import Factors
from rules.facts import parse
from rules.language import level, steps
from rules.records import ABILITIES
from tests.eligibility.tool_links import hostile_links
from tests.rules.plausible import pool

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 23)
SHORT, LONG = "short", "long"
ADDRESS = "tools:score"
GOOD = {
    "age": "32",
    "partner": "comes",
    "education": "masters",
    "canadian_study": "short",
    "first_official_language": "en",
    **{f"first_{ability}": "9" for ability in ABILITIES},
    **{f"second_{ability}": "5" for ability in ABILITIES},
    "canadian_years": "1",
    "foreign_years": "3",
    "skill": "teer_0_1",
    "spouse_education": "three_year",
    **{f"spouse_{ability}": "7" for ability in ABILITIES},
}


def form_of(typed: dict[str, Any]) -> ScoreForm:
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in typed.items()})
    return ScoreForm(query)


def choices(name: str) -> list[str]:
    field: Any = ScoreForm.base_fields[name]
    return [str(value) for value, _label in field.choices]


def typed() -> st.SearchStrategy[dict[str, str]]:
    """Every answer of the form, each drawn by itself."""
    listed = {
        name: st.sampled_from(choices(name)) for name in ScoreForm.base_fields if name not in {"age", "skill"}
    }
    return st.fixed_dictionaries(
        {"age": st.integers(14, 120).map(str), "skill": st.sampled_from(choices("skill")), **listed}
    )


@settings(max_examples=150, deadline=None)
@given(answers=typed(), on=st.dates(date(2015, 1, 1), date(2040, 12, 31)))
def test_the_profile_stands_for_the_answers_and_for_nothing_more(answers: dict[str, str], on: date) -> None:
    form = form_of(answers)
    assume(form.is_valid())
    factors = assess(parse(document_of(form.answers(), on)), next_change=False).factors
    assert (factors.age, LEVELS[factors.education]) == (int(answers["age"]), answers["education"])
    assert factors.canadian_years == int(answers["canadian_years"])
    assert factors.foreign_years == min(int(answers["foreign_years"]), 10 - factors.canadian_years)
    assert ("none", SHORT, LONG)[factors.canadian_study] == answers["canadian_study"]
    assert bool(factors.sibling) is (answers["sibling"] == "yes")
    assert bool(factors.nomination) is (answers["nomination"] == "yes")
    assert bool(factors.certificate) is (answers["certificate"] == "yes")
    assert bool(factors.with_spouse) is (answers["partner"] == "comes")
    for whose, code in (("first", factors.first_language), ("second", factors.second_language)):
        told = tuple(int(answers[f"{whose}_{ability}"]) for ability in ABILITIES)
        assert tuple(level(step) for step in steps(code)) == told


@settings(max_examples=150, deadline=None)
@given(answers=typed())
def test_the_page_explains_the_same_16_lines_that_the_profile_earns(answers: dict[str, str]) -> None:
    form = form_of(answers)
    assume(form.is_valid())
    profile = parse(document_of(form.answers(), ON))
    found = assess(profile, next_change=False)
    assert tuple(line.points for line in explain(profile).lines) == found.lines
    assert sum(found.sections.values()) == found.total


def answers_for(factors: Factors) -> dict[str, Any]:
    """Return what somebody would type whose profile amounts to these factors."""

    def levels(whose: str, code: int) -> dict[str, int]:
        return {
            f"{whose}_{ability}": level(step) for ability, step in zip(ABILITIES, steps(code), strict=True)
        }

    return {
        "age": factors.age,
        "partner": "comes" if factors.with_spouse else "none",
        "education": LEVELS[factors.education],
        "canadian_study": ("none", SHORT, LONG)[factors.canadian_study],
        "first_official_language": "fr" if factors.french_first else "en",
        **levels("first", factors.first_language),
        **levels("second", factors.second_language),
        "canadian_years": min(5, factors.canadian_years),
        "foreign_years": min(5, factors.foreign_years),
        "skill": "teer_2_3",
        "certificate": "yes" if factors.certificate else "no",
        "nomination": "yes" if factors.nomination else "no",
        "sibling": "yes" if factors.sibling else "no",
        "spouse_education": LEVELS[factors.spouse_education],
        **levels("spouse", factors.spouse_language),
        "spouse_canadian_years": min(5, factors.spouse_canadian_years),
    }


def test_plausible_candidates_get_the_same_lines_and_total_from_what_they_know() -> None:
    expressible = 0
    for document in pool(seed=4, size=600, as_of=ON):
        found = assess(parse(document), next_change=False)
        answers = answers_for(found.factors)
        if answers["education"] not in STUDY_FITS[answers["canadian_study"]]:
            continue
        form = form_of(answers)
        assert form.is_valid(), form.errors
        again = assess(parse(document_of(form.answers(), ON)), next_change=False)
        assert (again.lines, again.total) == (found.lines, found.total)
        expressible += 1
    assert expressible > 500


def test_a_link_brings_the_score_with_its_lines_sections_and_programs(client: Client) -> None:
    document = client.get(reverse(ADDRESS), {**GOOD, "format": "json"}).json()
    page = client.get(reverse(ADDRESS), GOOD).content.decode()
    total = document["crs"]["total"]
    assert total == assess(parse(document["profile"])).total
    assert f"Score calculator: {total} points" in page
    assert page.count('class="line line--zero"') + page.count('class="line"') == 16
    assert "CELPIP" not in page
    assert "Canadian Experience Class: you may be eligible" in page
    assert reverse("draws:rounds") in page


def test_what_is_left_out_is_no_and_none(client: Client) -> None:
    needed = {"age", "partner", "education", "first_official_language", "canadian_years", "skill"}
    query = {name: value for name, value in GOOD.items() if name in needed or name.startswith("first_")}
    document = client.get(reverse(ADDRESS), {**query, "format": "json"}).json()
    assert document["answers"]["spouse_education"] == "none"
    assert document["profile"]["relatives_in_canada"] == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"age": "thirty"}, "age"),
        ({"age": "7"}, "age"),
        ({"skill": ""}, "skill"),
        ({"education": "three_year"}, "canadian_study"),
        ({"education": "secondary"}, "canadian_study"),
        ({"first_reading": "3"}, "first_reading"),
    ],
)
def test_what_cannot_be_is_named_with_its_field(client: Client, changes: dict[str, str], field: str) -> None:
    answer = client.get(reverse(ADDRESS), {**GOOD, **changes, "format": "json"})
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (400, [field])
    assert "One thing to fix on this page" in client.get(reverse(ADDRESS), GOOD | changes).content.decode()


@pytest.mark.parametrize("name", ScoreForm.base_fields)
def test_hostile_values_are_answered(client: Client, name: str) -> None:
    for query in hostile_links(GOOD, name):
        assert client.get(reverse(ADDRESS), QUERY_STRING=query).status_code in {200, 400}, query[:80]
    page = client.get(reverse(ADDRESS), {**GOOD, name: "<script>alert(1)</script>"})
    assert "<script>alert" not in page.content.decode()


def test_the_score_asks_the_database_nothing_but_the_clock(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(reverse(ADDRESS), GOOD)
    with django_assert_max_num_queries(1):
        client.get(reverse(ADDRESS), GOOD)
