"""Pages of entries: the levels of a test at once, what counts of the work, and what is asked about what is saved."""

from typing import Any

import pytest
from django.test import Client

from profiles.facts import facts_of
from profiles.levels import levels_of
from profiles.models import Draft
from profiles.work_picture import in_hours, work_picture
from rules.days import day
from rules.explanation import explain
from rules.factors import find
from rules.parameters import on as parameters_on
from rules.timeline import timeline
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EVERYBODY, Answers, Persona, credential, job
from tests.profiles.reading import filled_in, words_of
from tests.profiles.typed import typed

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"
ON = AT.date()


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def drawn(**differences: Any) -> Answers:
    """Make Amara's draft and return its answers."""
    answers: Answers = factories.draft(AMARA, **differences).answers
    return answers


def test_a_saved_test_shows_its_levels_on_its_page_and_in_the_list(amara: Client) -> None:
    drawn()
    assert "Listening Reading Writing Speaking 9 9 9 9" in words_of(amara.get(f"{DRAFT}languages/1/"))
    assert "CLB: listening 9, reading 9, writing 9, speaking 9" in words_of(amara.get(f"{DRAFT}languages/"))


def test_the_levels_are_shown_before_a_test_is_saved(amara: Client) -> None:
    answers = drawn()
    told = typed(answers, "languages", 1) | {"listening": "8.5", "levels": "yes"}
    page = amara.post(f"{DRAFT}languages/1/", told)
    assert "Listening Reading Writing Speaking 10+ 9 9 9" in words_of(page)
    assert filled_in(page)["listening"] == "8.5"
    assert Draft.objects.get().answers == answers


def test_levels_are_asked_for_without_an_error_for_what_is_not_typed_yet(amara: Client) -> None:
    drawn()
    page = amara.post(f"{DRAFT}languages/add/", {"test": "ielts_general", "levels": "yes"})
    assert page.status_code == 200
    assert "to fix on this page" not in words_of(page)
    assert 'id="levels"' not in page.content.decode()


def test_a_score_between_half_bands_has_no_level_and_says_why(amara: Client) -> None:
    answers = drawn()
    told = typed(answers, "languages", 1) | {"reading": "6.3", "levels": "yes"}
    page = words_of(amara.post(f"{DRAFT}languages/1/", told))
    assert "6.3 is no score of IELTS General Training" in page
    assert "These scores are the following levels" not in page


def test_french_scores_are_levels_of_the_french_scale() -> None:
    taken = {"listening": 560, "reading": 560, "writing": 500, "speaking": 500}
    levels = levels_of({"test": "tef_canada", "date_taken": "2026-03-25", "scores": taken})
    assert levels is not None
    assert levels.scale == "NCLC"
    assert levels.last_day.isoformat() == "2028-03-24"


@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)
def test_the_table_of_work_has_the_figures_that_the_result_rests_on(persona: Persona) -> None:
    answers = persona.answers(ON)
    picture = work_picture(answers, ON)
    assert picture is not None
    found = {total.amount.measure: total for total in picture.totals}
    profile = facts_of(answers, ON)
    factors = find(timeline(profile, parameters_on(ON)), day(ON)).factors
    explained = {line.factor: line.facts for line in explain(profile).lines}
    assert found["crs_canadian"].amount.years == factors.canadian_years
    assert found["crs_foreign"].amount.years == factors.foreign_years
    assert found["crs_canadian"].hours == in_hours(explained["canadian_work"]["hours"])
    assert found["crs_foreign"].hours == in_hours(explained["transfer_foreign_work"]["hours"])


COUNTS = f"{DRAFT}work/counts/"


def test_a_page_of_its_own_shows_what_work_counts_for_as_a_table_and_two_drawings(amara: Client) -> None:
    drawn()
    assert f'href="{COUNTS}"' in amara.get(f"{DRAFT}work/").content.decode()
    page = amara.get(COUNTS)
    assert "Federal Skilled Worker Program, minimum" in words_of(page)
    plain = amara.get(f"{DRAFT}plans/").content.decode().count("<svg")
    assert page.content.decode().count("<svg") == 2 + plain


def test_gaps_and_overlaps_are_named(amara: Client) -> None:
    jobs = [job(ON, "21232", "NG", 6, 4), job(ON, "21232", "NG", 5, 3), job(ON, "21232", "NG", 2, None)]
    drawn(work=jobs)
    page = words_of(amara.get(COUNTS))
    assert "several jobs at once" in page
    assert page.count(": no job") == 1


def test_more_than_112_hours_a_week_over_several_jobs_are_told(amara: Client) -> None:
    jobs = [
        job(ON, "21232", "NG", 3, 1, hours_per_week=60),
        job(ON, "21231", "NG", 2, None, hours_per_week=60),
    ]
    drawn(work=jobs)
    assert "more than 112 hours a week" in words_of(amara.get(COUNTS))


def test_without_a_job_there_is_nothing_to_count_and_the_page_leads_back(amara: Client) -> None:
    drawn(work=[])
    assert "What counts of your work" not in words_of(amara.get(f"{DRAFT}work/"))
    answer = amara.get(COUNTS)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{DRAFT}work/")


def test_what_counts_is_a_page_of_jobs_only(amara: Client) -> None:
    drawn()
    assert amara.get(f"{DRAFT}study/counts/").status_code == 404


def test_a_saved_entry_that_cannot_well_be_needs_attention_until_it_is_confirmed(amara: Client) -> None:
    drawn(education=[credential(ON, "masters", "NG", 21, 20)])
    tasks = words_of(amara.get(DRAFT))
    assert "Credential 1, Day of completion" in tasks
    page = amara.get(f"{DRAFT}study/1/")
    assert "very young for this credential" in words_of(page)
    box = page.content.decode().partition('name="sure"')[2].partition('value="')[2].partition('"')[0]
    assert amara.post(f"{DRAFT}study/1/", filled_in(page) | {"sure": box}).status_code == 302
    assert Draft.objects.get().answers["education"][0]["details"]["sure"] == [box]
    assert "Credential 1, Day of completion" not in words_of(amara.get(DRAFT))
    assert "to fix on this page" not in words_of(amara.get(f"{DRAFT}study/1/"))


def test_the_list_names_what_was_told_beside_the_facts(amara: Client) -> None:
    title = {"details": {"title": "Lead developer"}}
    drawn(work=[job(ON, "21232", "NG", 5.4, None, **title)])
    assert "Job title: Lead developer" in words_of(amara.get(f"{DRAFT}work/"))
    assert "Job title: Lead developer" in words_of(amara.get(f"{DRAFT}check/"))


def test_the_qualification_to_practise_is_kept_beside_the_facts(client: Client) -> None:
    client.force_login(factories.account(DIVYA))
    answers = factories.draft(DIVYA).answers
    told = typed(answers, "work") | {
        "qualified_on_day": "30",
        "qualified_on_month": "6",
        "qualified_on_year": "2023",
    }
    seen = filled_in(client.get(f"{DRAFT}work/"))["seen"]
    client.post(f"{DRAFT}work/", told | {"seen": seen})
    assert Draft.objects.get().answers["practice"] == {"qualified_on": "2023-06-30"}
    assert "30 June 2023" in words_of(client.get(f"{DRAFT}check/"))


def test_plans_and_claim_are_read_out(client: Client) -> None:
    client.force_login(factories.account(BEN))
    factories.draft(BEN, nomination={"nominated": True, "province": "NS"})
    page = words_of(client.get(f"{DRAFT}check/"))
    assert "Which provinces or territories interest you? Alberta" in page
    assert "Has a province or territory nominated you? Nova Scotia" in page


def test_an_occupation_is_found_by_its_title_and_chosen(amara: Client) -> None:
    answers = drawn()
    told = typed(answers, "work", 1)
    page = amara.post(f"{DRAFT}work/1/", told | {"noc_words": "registered nurse", "find": "yes"})
    assert "(31301), TEER 1: counts as skilled work" in words_of(page)
    assert Draft.objects.get().answers == answers
    chosen = {name: value for name, value in filled_in(page).items() if name != "find"} | {"noc": "31301"}
    assert amara.post(f"{DRAFT}work/1/", chosen).status_code == 302
    assert Draft.objects.get().answers["work"] == [answers["work"][0] | {"noc": "31301"}]


def test_enter_in_the_search_offers_the_occupations_beside_what_is_still_to_be_fixed(amara: Client) -> None:
    told = {**typed(drawn(), "work", 1), "noc": "", "noc_words": "registered nurse"}
    page = amara.post(f"{DRAFT}work/1/", told)
    assert "(31301), TEER 1: counts as skilled work" in words_of(page)
    assert "One thing to fix on this page" in words_of(page)


def test_an_old_code_leads_to_the_new_ones(amara: Client) -> None:
    drawn()
    page = amara.post(f"{DRAFT}work/add/", {"noc_words": "2173", "find": "yes"})
    assert "(21231)" in words_of(page)


@pytest.mark.parametrize("words", ["", "\x00", "zzzzzzzz", "x" * 500])
def test_a_search_that_finds_nothing_says_so_and_keeps_what_was_typed(amara: Client, words: str) -> None:
    answers = drawn()
    page = amara.post(f"{DRAFT}work/1/", typed(answers, "work", 1) | {"noc_words": words, "find": "yes"})
    assert page.status_code == 200
    assert "No occupation was found" in words_of(page)
    assert filled_in(page)["noc"] == answers["work"][0]["noc"]


@pytest.mark.parametrize("place", ["plans/", "relatives/add/", "languages/1/"])
def test_a_page_without_an_occupation_searches_for_none(amara: Client, place: str) -> None:
    answers = drawn()
    assert amara.post(f"{DRAFT}{place}", {"noc_words": "nurse", "find": "yes"}).status_code == 200
    assert Draft.objects.get().answers == answers


def test_a_partners_work_has_a_picture_of_its_own(client: Client) -> None:
    client.force_login(factories.account(BEN))
    spouse = BEN.answers(ON)["spouse"] | {"work": [job(ON, "31301", "CA", 3, 1)]}
    factories.draft(BEN, spouse=spouse)
    page = words_of(client.get(f"{DRAFT}partner-work/counts/"))
    assert "What counts of your partner’s work today" in page
    assert "Ranking: your partner’s skilled work in Canada" in page
    assert "Canadian Experience Class" not in page
