"""What is answered, what comes next, and what one answer changes."""

from typing import Any

import pytest

from eligibility.questions import BY_SLUG
from eligibility.sheet import MOST_ENTRIES, Place, Sheet
from rules import facts
from tests.factories import AT
from tests.personas import AMARA, BEN, EVERYBODY, Persona

TODAY = AT.date()
TESTS, WORK, OFFER = BY_SLUG["language-tests"], BY_SLUG["work"], BY_SLUG["job-offer"]
SITTING = {"test": "ielts_general", "date_taken": "2026-03-01"}
SCORES = {"scores": {"listening": 8.0, "reading": 7.0, "writing": 7.0, "speaking": 7.0}}


def complete(persona: Persona = AMARA, **differences: Any) -> Sheet:
    return Sheet({**persona.facts(TODAY), **differences}, {})


def step(question: Any, slug: str, number: int | None = None) -> Place:
    return Place(question, question.step(slug), number)


@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)
def test_a_persona_who_told_everything_has_no_gap(persona: Persona) -> None:
    assert complete(persona).first_gap() is None


@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)
def test_a_complete_sheet_is_a_profile(persona: Persona) -> None:
    assert facts.parse(complete(persona).document(TODAY)) == facts.parse(persona.document(TODAY))


def test_the_first_gap_of_an_empty_sheet_is_the_first_question() -> None:
    assert Sheet({}, {}).first_gap() == Place(BY_SLUG["province"])


def test_an_undecided_province_is_an_answer() -> None:
    sheet = Sheet({}, {}).with_answer(Place(BY_SLUG["province"]), {"intended_province": None})
    assert sheet.first_gap() == Place(BY_SLUG["first-language"])


def test_only_answered_questions_and_the_next_one_are_open() -> None:
    sheet = Sheet({"intended_province": None}, {})
    assert sheet.is_open(BY_SLUG["province"])
    assert sheet.is_open(BY_SLUG["first-language"])
    assert not sheet.is_open(BY_SLUG["funds"])


def test_a_question_that_is_not_asked_is_not_open() -> None:
    assert not complete(AMARA).is_open(BY_SLUG["partner"])


def test_saying_yes_leads_to_the_first_entry_and_keeps_it_out_of_the_answers() -> None:
    sheet = complete(language_tests=[]).with_presence(TESTS, there=True)
    assert sheet.after(Place(TESTS)) == step(TESTS, "test", 1)
    assert sheet.answers["language_tests"] == []


def test_saying_no_leaves_an_empty_list() -> None:
    sheet = complete().with_presence(TESTS, there=False)
    assert sheet.answers["language_tests"] == []
    assert sheet.first_gap() is None


def test_saying_no_to_an_offer_leaves_none() -> None:
    assert complete().with_presence(OFFER, there=False).answers["job_offer"] is None


def test_saying_yes_again_keeps_what_is_there() -> None:
    before = complete()
    assert before.with_presence(TESTS, there=True) == before


def test_half_an_entry_is_kept_beside_the_answers() -> None:
    sheet = complete(language_tests=[]).with_answer(step(TESTS, "test", 1), SITTING)
    assert sheet.unfinished == {"language-tests": [SITTING]}
    assert sheet.answers["language_tests"] == []
    assert sheet.first_gap() == step(TESTS, "scores", 1)


def test_a_whole_entry_joins_the_answers() -> None:
    sheet = complete(language_tests=[]).with_answer(step(TESTS, "test", 1), SITTING)
    sheet = sheet.with_answer(step(TESTS, "scores", 1), SCORES)
    assert sheet.answers["language_tests"] == [{**SITTING, **SCORES}]
    assert sheet.unfinished == {}


def test_sending_a_new_entry_twice_gives_one_entry() -> None:
    sheet = complete(language_tests=[])
    for _press in range(2):
        sheet = sheet.with_answer(step(TESTS, "test", 1), SITTING)
    assert sheet.entries(TESTS) == [SITTING]


def test_scores_that_do_not_fit_the_changed_test_are_asked_again_and_not_forgotten() -> None:
    sheet = complete().with_answer(
        step(TESTS, "test", 1), {"test": "celpip_general", "date_taken": "2026-03-01"}
    )
    half = complete(language_tests=[{**SITTING, "scores": dict.fromkeys(SCORES["scores"], 6.5)}])
    half = half.with_answer(step(TESTS, "test", 1), {"test": "celpip_general", "date_taken": "2026-03-01"})
    assert sheet.first_gap() is None
    assert half.first_gap() == step(TESTS, "scores", 1)
    assert half.part(step(TESTS, "scores", 1))["scores"]["reading"] == 6.5


def test_after_the_last_step_of_an_entry_comes_the_list() -> None:
    sheet = complete()
    assert sheet.after(step(TESTS, "test", 1)) == step(TESTS, "scores", 1)
    assert sheet.after(step(TESTS, "scores", 1)) == Place(TESTS)


def test_after_the_last_step_of_an_offer_comes_the_next_gap() -> None:
    offer = {"noc": "21232", "hours_per_week": 40, "duration_months": None, "lmia": True, "work_permit": None}
    sheet = complete(job_offer=offer)
    assert sheet.after(step(OFFER, "details")) is None


def test_changing_an_offer_that_is_there_leads_through_its_steps() -> None:
    sheet = complete().with_presence(OFFER, there=True)
    assert sheet.after(Place(OFFER)) == step(OFFER, "occupation")


def test_removing_the_only_entry_leaves_an_empty_list() -> None:
    assert complete().without(TESTS, 1).answers["language_tests"] == []


def test_removing_an_entry_keeps_the_others() -> None:
    education = BY_SLUG["education"]
    assert [one["level"] for one in complete().without(education, 1).entries(education)] == ["masters"]
    assert [one["level"] for one in complete().without(education, 2).entries(education)] == ["three_year"]


def test_a_later_step_waits_for_the_earlier_one() -> None:
    sheet = complete(language_tests=[])
    assert sheet.detour(step(TESTS, "scores", 1)) == step(TESTS, "test", 1)


def test_an_entry_far_beyond_the_last_leads_to_the_list() -> None:
    assert complete().detour(step(TESTS, "test", 3)) == Place(TESTS)
    assert complete().detour(step(TESTS, "test", 0)) == Place(TESTS)


def test_a_list_takes_no_more_than_so_many_entries() -> None:
    sheet = complete(language_tests=[{**SITTING, **SCORES}] * MOST_ENTRIES)
    assert sheet.detour(step(TESTS, "test", MOST_ENTRIES + 1)) == Place(TESTS)


def test_the_assessment_of_a_credential_that_turns_out_canadian_is_dropped() -> None:
    sheet = complete()
    education = BY_SLUG["education"]
    place = step(education, "credential", 1)
    sheet = sheet.with_answer(place, {**sheet.part(place), "country": "CA"})
    study = {"full_time_months": 30, "months_in_canada": 30}
    assert sheet.first_gap() == step(education, "study", 1)
    sheet = sheet.with_answer(step(education, "study", 1), {"canadian_study": study})
    assert "eca" not in sheet.answers["education"][0]
    assert sheet.answers["education"][0]["canadian_study"] == study


def test_a_primary_occupation_without_its_job_is_asked_for_again() -> None:
    nurse = {**AMARA.facts(TODAY)["work"][0], "noc": "31301"}
    assert complete(work=[nurse]).first_gap() == Place(BY_SLUG["occupation"])


def test_an_occupation_left_over_from_removed_jobs_is_not_part_of_the_profile() -> None:
    assert complete().without(WORK, 1).document(TODAY)["primary_occupation_noc"] is None


def test_a_partner_left_over_from_a_marriage_is_not_part_of_the_profile() -> None:
    assert complete(BEN, marital_status="divorced").document(TODAY)["spouse"] is None


def test_the_partner_comes_back_when_the_status_does() -> None:
    sheet = complete(BEN, marital_status="divorced")
    again = sheet.with_answer(Place(BY_SLUG["marital-status"]), {"marital_status": "married"})
    assert again.first_gap() is None


def test_an_answer_about_the_partner_keeps_the_partners_other_answers() -> None:
    sheet = complete(BEN).with_answer(
        Place(BY_SLUG["partner"]), {"accompanying": False, "canadian_citizen_or_pr": False}
    )
    assert sheet.answers["spouse"]["education"] == BEN.facts(TODAY)["spouse"]["education"]


def test_back_leads_through_steps_list_and_questions() -> None:
    sheet = complete()
    assert sheet.before(step(TESTS, "scores", 1)) == step(TESTS, "test", 1)
    assert sheet.before(step(TESTS, "test", 1)) == Place(TESTS)
    assert sheet.before(Place(TESTS)) == Place(BY_SLUG["first-language"])
    assert sheet.before(Place(BY_SLUG["province"])) is None
