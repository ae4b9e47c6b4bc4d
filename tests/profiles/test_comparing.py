"""What changed between two versions, in words: nothing where nothing did, and every single change."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from profiles.comparing import Change, changes_between
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EVERYBODY, Answers, Persona, job, years_before
from tests.profiles.whole import ben_with_all

ON = AT.date()
OTHER: dict[str, Any] = {
    "marital_status": "divorced",
    "family_size": 4,
    "settlement_funds_cad": 77_000,
    "first_official_language": "fr",
    "primary_occupation_noc": None,
    "job_offer": None,
    "certificate_of_qualification": None,
    "relatives_in_canada": [],
    "education": [],
    "language_tests": [],
    "work": [],
    "birth_date": "1989-02-03",
    "studied_two_years_in_canada": True,
}
"""By question another answer than anybody of the tests gives, where they do not give it already."""


def changes(old: Answers, new: Answers) -> list[Change]:
    return [change for section in changes_between(old, new) for change in section.changes]


def told(old: Answers, new: Answers) -> list[tuple[str, str, str]]:
    return [(change.kind, change.before, change.after) for change in changes(old, new)]


@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)
def test_two_versions_that_tell_the_same_differ_in_nothing(persona: Persona) -> None:
    answers = persona.answers(ON)
    assert changes_between(answers, deepcopy(answers)) == []


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(EVERYBODY), st.data())
def test_every_single_change_shows_and_back_again(persona: Persona, data: st.DataObject) -> None:
    old = persona.answers(ON)
    key = data.draw(st.sampled_from([key for key in OTHER if old[key] != OTHER[key]]))
    new = {**old, key: OTHER[key]}
    assert changes(old, new)
    assert len(changes(old, new)) == len(changes(new, old))


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(["employer", "title", "city", "hours_per_week", "country", "end_date", "unpaid"]))
def test_every_correction_of_a_job_is_one_change_of_that_job(what: str) -> None:
    old = AMARA.answers(ON)
    worked = deepcopy(old["work"][0])
    if what in ("employer", "title", "city"):
        worked["details"] = {**worked.get("details", {}), what: "Elsewhere"}
    else:
        worked |= {"hours_per_week": {"hours_per_week": 31}, "country": {"country": "GH"}}.get(
            what, {"end_date": years_before(ON, 0.1)} if what == "end_date" else {"paid": False}
        )
    found = changes(old, {**old, "work": [worked]})
    assert {change.about for change in found} == {"Software developers and programmers (21232)"}
    # That a job goes on stands beside its last day, so ending it is told by both.
    assert len(found) == (2 if what == "end_date" else 1)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 6), st.data())
def test_removing_one_entry_of_many_is_one_removal(count: int, data: st.DataObject) -> None:
    answers = AMARA.answers(ON)
    jobs = [job(ON, "21232", "NG", 9 - number, 8.5 - number) for number in range(count + 1)]
    gone = data.draw(st.integers(0, count))
    new = {**answers, "work": [*jobs[:gone], *jobs[gone + 1 :]]}
    assert [change.kind for change in changes({**answers, "work": jobs}, new)] == ["removed"]
    assert [change.kind for change in changes(new, {**answers, "work": jobs})] == ["added"]


@settings(deadline=None, max_examples=40)
@given(st.permutations(range(4)))
def test_the_order_of_entries_is_no_change(order: list[int]) -> None:
    jobs = [job(ON, "21232", "NG", 9 - number, 8.5 - number) for number in range(4)]
    answers = AMARA.answers(ON)
    assert changes({**answers, "work": jobs}, {**answers, "work": [jobs[place] for place in order]}) == []


def test_a_corrected_score_is_told_by_its_ability() -> None:
    old = DIVYA.answers(ON)
    new = deepcopy(old)
    new["language_tests"][0]["scores"]["writing"] = 8.0
    (change,) = changes(old, new)
    assert (str(change.label), change.before, change.after) == ("Writing", "7.5", "8")
    assert change.about.startswith("IELTS General Training")


def test_another_test_instead_of_one_is_an_addition_and_a_removal() -> None:
    old = AMARA.answers(ON)
    other = {**BEN.answers(ON)["language_tests"][0], "date_taken": years_before(ON, 0.2)}
    assert sorted(change.kind for change in changes(old, {**old, "language_tests": [other]})) == [
        "added",
        "removed",
    ]


def test_whether_the_partner_comes_along_is_told_in_words() -> None:
    old = BEN.answers(ON)
    new = {**old, "spouse": {**old["spouse"], "accompanying": False}}
    assert ("changed", "Comes with you to Canada", "Does not come with you") in told(old, new)


def test_a_partner_who_is_gone_takes_all_answers_along() -> None:
    old = BEN.answers(ON)
    found = changes(old, {**old, "marital_status": "divorced"})
    assert {change.kind for change in found} == {"changed", "removed"}
    assert len(found) > 5


def test_an_offer_and_a_relative_that_went_are_removed() -> None:
    old, new = ben_with_all(), BEN.answers(ON)
    assert [kind for kind, _before, _after in told(old, {**new, "nomination": old.get("nomination")})].count(
        "removed"
    ) >= 2


def test_names_and_addresses_are_compared_too() -> None:
    old = AMARA.answers(ON)
    contact = deepcopy(old["contact"])
    contact["mailing"]["street"] = "Another Road"
    (change,) = changes(old, {**old, "contact": contact})
    assert "Another Road" in change.after
    assert "Another Road" not in change.before
