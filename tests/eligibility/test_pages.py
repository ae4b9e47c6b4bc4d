"""The questionnaire's pages: what they show, where they lead, what they keep."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from eligibility.holding import cookie_for
from eligibility.models import Questionnaire
from tests.factories import AT, questionnaire
from tests.personas import AMARA, BEN

pytestmark = pytest.mark.django_db
TODAY = AT.date()
START = "/en/eligibility/"


def begun(**answers: Any) -> Questionnaire:
    return Questionnaire.objects.create(started_at=AT, answers=answers)


def page(client: Client, address: str) -> str:
    response = client.get(f"{START}{address}")
    assert response.status_code == 200, (address, response.status_code, response.headers.get("Location"))
    return response.content.decode()


def test_starting_gives_the_browser_nothing_but_a_signed_id(client: Client) -> None:
    response = client.post(START)
    assert response["Location"] == f"{START}province/"
    assert list(client.cookies) == [settings.QUESTIONNAIRE_COOKIE_NAME]
    assert client.cookies[settings.QUESTIONNAIRE_COOKIE_NAME].value == cookie_for(Questionnaire.objects.get())


def test_looking_at_the_start_begins_nothing(client: Client) -> None:
    assert client.get(START).status_code == 200
    assert not Questionnaire.objects.exists()


def test_whoever_has_begun_may_go_on_or_start_again(visitor: Callable[..., Client]) -> None:
    text = page(visitor(begun(intended_province="ON")), "")
    assert "Go on where you stopped" in text
    assert "Start again" in text


@pytest.mark.parametrize("address", ["province/", "work/1/details/", "work/1/remove/", "answers/", "result/"])
def test_without_a_questionnaire_every_page_leads_to_the_start(client: Client, address: str) -> None:
    assert client.get(f"{START}{address}")["Location"] == START


def test_a_questionnaire_that_is_gone_leads_to_the_start(visitor: Callable[..., Client]) -> None:
    found = begun(intended_province="ON")
    client = visitor(found)
    found.delete()
    assert client.post(f"{START}first-language/", {"first_official_language": "en"})["Location"] == START


def test_a_question_that_does_not_exist_is_not_found(visitor: Callable[..., Client]) -> None:
    client = visitor(begun())
    for address in (
        "favourite-colour/",
        "work/1/colour/",
        "job-offer/colour/",
        "funds/1/details/",
        "work/details/",
    ):
        assert client.get(f"{START}{address}").status_code == 404, address


@pytest.mark.parametrize("address", ["funds/", "work/1/occupation/", "job-offer/details/", "relatives/"])
def test_a_question_out_of_order_leads_to_the_first_open_one(
    visitor: Callable[..., Client], address: str
) -> None:
    client = visitor(begun(intended_province="ON"))
    assert client.get(f"{START}{address}")["Location"] == f"{START}first-language/"


def test_a_question_that_does_not_apply_leads_to_the_answers(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    assert client.get(f"{START}partner/")["Location"] == f"{START}answers/"


def test_an_answer_is_shown_when_somebody_comes_back(visitor: Callable[..., Client]) -> None:
    text = page(visitor(AMARA), "province/")
    assert '<option value="ON" selected>' in text


def test_what_was_typed_wrongly_stays_and_the_error_leads_to_it(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    text = client.post(f"{START}funds/", {"settlement_funds_cad": "plenty"}).content.decode()
    assert 'value="plenty"' in text
    assert 'href="#id_settlement_funds_cad"' in text
    assert "‘plenty’ is not an amount." in text
    assert "<title>Error:" in " ".join(text.split())


def test_a_refused_answer_changes_nothing(visitor: Callable[..., Client]) -> None:
    found = questionnaire(AMARA)
    visitor(found).post(f"{START}funds/", {"settlement_funds_cad": "plenty"})
    found.refresh_from_db()
    assert found.answers["settlement_funds_cad"] == 25000


def test_a_score_off_the_tests_scale_is_refused_at_its_field(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    scores = {"listening": "12", "reading": "7.2", "writing": "7", "speaking": "7"}
    text = client.post(f"{START}language-tests/1/scores/", scores).content.decode()
    assert "12 is no score of IELTS General Training. Enter a number from 0 to 9 in steps of 0.5." in text
    assert "7.2 is no score of IELTS General Training." in text
    assert 'value="7.2"' in text


def test_back_leads_to_the_question_before(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    assert f'<a href="{START}province/">Back</a>' in page(client, "first-language/")
    assert f'<a href="{START}language-tests/1/test/">Back</a>' in page(client, "language-tests/1/scores/")


def test_a_list_offers_to_add_change_and_remove(visitor: Callable[..., Client]) -> None:
    text = page(visitor(AMARA), "education/")
    assert f'href="{START}education/3/credential/"' in text
    assert f'href="{START}education/1/credential/"' in text
    assert f'href="{START}education/2/remove/"' in text


def test_removing_asks_first(visitor: Callable[..., Client]) -> None:
    found = questionnaire(AMARA)
    client = visitor(found)
    assert "Master’s degree" in page(client, "education/2/remove/")
    found.refresh_from_db()
    assert len(found.answers["education"]) == 2
    assert client.post(f"{START}education/2/remove/")["Location"] == f"{START}education/"
    found.refresh_from_db()
    assert [one["level"] for one in found.answers["education"]] == ["three_year"]


def test_removing_what_is_not_there_leads_to_the_list(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    assert client.post(f"{START}education/7/remove/")["Location"] == f"{START}education/"


def test_half_an_entry_is_listed_with_a_way_to_finish_it(visitor: Callable[..., Client]) -> None:
    found = questionnaire(AMARA, work=[])
    client = visitor(found)
    client.post(f"{START}work/", {"answered": "yes"})
    assert (
        client.post(f"{START}work/1/occupation/", {"noc": "31301"})["Location"] == f"{START}work/1/details/"
    )
    text = page(client, "work/")
    assert "Something is still missing here." in text
    assert f'href="{START}work/1/details/"' in text
    found.refresh_from_db()
    assert found.answers["work"] == []


def test_an_occupation_is_found_by_its_title_without_losing_the_way(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    text = page(client, "work/2/occupation/?title=registered+nurse")
    assert "Registered nurses and registered psychiatric nurses (31301)" in text
    answer = client.post(f"{START}work/2/occupation/?title=registered+nurse", {"noc": "31301"})
    assert answer["Location"] == f"{START}work/2/details/"


def test_a_title_that_no_occupation_has_is_told_and_a_code_may_be_typed(
    visitor: Callable[..., Client],
) -> None:
    text = page(visitor(AMARA), "work/2/occupation/?title=xyzzy")
    assert "No occupation has a title like ‘xyzzy’." in text
    assert 'name="noc"' in text


def test_a_search_without_a_choice_keeps_the_results(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    text = client.post(f"{START}work/2/occupation/?title=nurse", {}).content.decode()
    assert "Choose an occupation, or search with other words." in text
    assert 'value="31301"' in text


def test_the_answers_are_listed_with_links_to_change_them(visitor: Callable[..., Client]) -> None:
    text = page(visitor(BEN), "answers/")
    for slug in ("province", "language-tests", "partner-language-tests", "certificate", "family-size"):
        assert f'href="{START}{slug}/"' in text, slug
    assert "Electricians (except industrial and power system) (72200)" in text
    assert "40,000 CAD" in text


def test_with_a_gap_the_answers_lead_to_it_and_not_to_the_result(visitor: Callable[..., Client]) -> None:
    client = visitor(begun(intended_province="ON"))
    text = page(client, "answers/")
    assert f'href="{START}first-language/"' in text
    assert "See my result" not in text
    assert client.post(f"{START}answers/")["Location"] == f"{START}first-language/"


def test_a_changed_answer_asks_for_the_verdict_anew(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    client.post(f"{START}answers/")
    assert client.get(f"{START}result/").status_code == 200
    assert client.post(f"{START}funds/", {"settlement_funds_cad": "26000"})["Location"] == f"{START}answers/"
    assert client.get(f"{START}result/")["Location"] == f"{START}answers/"


def test_sending_the_same_answer_again_keeps_the_verdict(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    client.post(f"{START}answers/")
    client.post(f"{START}funds/", {"settlement_funds_cad": "25 000"})
    assert client.get(f"{START}result/").status_code == 200


def test_no_page_of_the_questionnaire_is_kept_by_the_browser(visitor: Callable[..., Client]) -> None:
    client = visitor(AMARA)
    for address in ("province/", "answers/", "education/"):
        assert "no-store" in client.get(f"{START}{address}")["Cache-Control"]


def test_a_page_takes_few_queries_whatever_was_told(
    visitor: Callable[..., Client], django_assert_max_num_queries: Any
) -> None:
    client = visitor(BEN)
    with django_assert_max_num_queries(4):
        client.get(f"{START}answers/")


def test_save_and_exit_keeps_the_answer_and_leads_out(visitor: Callable[..., Client]) -> None:
    found = begun(intended_province="ON")
    client = visitor(found)
    sent = {"first_official_language": "fr", "then": "exit"}
    assert client.post(f"{START}first-language/", sent)["Location"] == START
    found.refresh_from_db()
    assert found.answers["first_official_language"] == "fr"


@pytest.mark.parametrize("partner", [(False, False), (True, True), (False, True)])
def test_a_partner_who_is_not_scored_needs_no_further_answers(
    visitor: Callable[..., Client], partner: tuple[bool, bool]
) -> None:
    spouse = dict(zip(("accompanying", "canadian_citizen_or_pr"), partner, strict=True))
    client = visitor(AMARA, marital_status="common_law", spouse=spouse)
    assert client.post(f"{START}answers/")["Location"] == f"{START}result/"
    assert client.get(f"{START}result/").status_code == 200


@pytest.mark.parametrize("test", ["ielts_general", "pte_core", "tef_canada"])
def test_a_test_taken_before_there_were_scales_has_no_conversion_in_the_margin(
    visitor: Callable[..., Client], test: str
) -> None:
    scores = {"listening": 8, "reading": 7, "writing": 7, "speaking": 7}
    taken = {"test": test, "date_taken": "1994-05-01", "scores": scores}
    client = visitor(AMARA, language_tests=[taken])
    assert "How scores convert" not in page(client, "language-tests/1/scores/")
    taken["date_taken"] = "2025-05-01"
    assert "How scores convert" in page(visitor(AMARA, language_tests=[taken]), "language-tests/1/scores/")
