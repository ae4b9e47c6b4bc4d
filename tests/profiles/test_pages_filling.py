"""The pages of a draft: every fact can be entered, what was typed is never lost."""

from typing import Any

import pytest
from django.test import Client

from profiles.listings import MOST_ENTRIES
from profiles.models import Draft
from profiles.sections import shown
from tests import factories
from tests.factories import AT
from tests.personas import AMARA, BEN, DIVYA, EMEKA, EVERYBODY, Answers, Persona, job, years_before
from tests.profiles.reading import filled_in, words_of
from tests.profiles.typed import typed

pytestmark = pytest.mark.django_db
DRAFT = "/en/account/draft/"
ON = AT.date()


@pytest.fixture
def amara(client: Client) -> Client:
    client.force_login(factories.account(AMARA))
    return client


def send(client: Client, page: str, told: dict[str, Any], **buttons: str) -> Any:
    """Send a page as a browser does: with what stands hidden in it."""
    seen = filled_in(client.get(DRAFT + page))["seen"]
    return client.post(DRAFT + page, {**told, "seen": seen, **buttons})


def tell(client: Client, answers: Answers) -> None:
    """Go through all sections, as somebody does who has these answers in mind."""
    for section in shown(answers):
        entries = section.entries.of(section.part(answers)) if section.entries else []
        for number in range(1, len(entries) + 1):
            send(client, f"{section.slug}/add/", typed(answers, section.slug, number))
        if section.questions or not entries:
            send(client, f"{section.slug}/", typed(answers, section.slug))


def answers() -> Answers:
    told: Answers = Draft.objects.open().get().answers
    return told


RICH = {
    "job_offer": {
        "noc": "31301",
        "hours_per_week": 37.5,
        "duration_months": 24,
        "lmia": True,
        "work_permit": "lmia_exempt",
        "employer_since": "2024-03-01",
    },
    "nomination": {"nominated": True, "province": "NS"},
    "intended_province": "QC",
    "plans": {"provinces": ["NS", "QC"], "shared_with": ["esdc"], "sure": ["quebec:"]},
}


def several(persona: Persona) -> Answers:
    """Return a persona's answers with every list long and every thing there."""
    told = persona.answers(ON)
    unusual = job(ON, "72200", "CA", 9, 8, paid=False, authorized=False, self_employed=True)
    return {**told, **RICH, "work": [*told["work"], unusual]}


@pytest.mark.parametrize("persona", EVERYBODY, ids=lambda persona: persona.username)
def test_whatever_a_candidate_can_tell_stands_in_the_draft_as_it_was_told(
    client: Client, persona: Persona
) -> None:
    client.force_login(factories.account(persona))
    factories.empty_draft(persona)
    told = {key: value for key, value in persona.answers(ON).items() if key != "spouse" or value}
    tell(client, persona.answers(ON))
    assert answers() == told


@pytest.mark.parametrize("persona", [BEN, DIVYA], ids=lambda persona: persona.username)
def test_every_fact_of_the_profile_can_be_entered(client: Client, persona: Persona) -> None:
    client.force_login(factories.account(persona))
    factories.empty_draft(persona)
    told = several(persona)
    tell(client, told)
    assert answers() == {key: value for key, value in told.items() if key != "spouse" or value}


@pytest.mark.parametrize("persona", [BEN, DIVYA], ids=lambda persona: persona.username)
def test_sending_every_page_as_it_stands_changes_nothing(client: Client, persona: Persona) -> None:
    client.force_login(factories.account(persona))
    told = several(persona)
    factories.draft(persona, **told)
    for section in shown(told):
        entries = section.entries.of(section.part(told)) if section.entries else []
        for page in ["", *(f"{number}/" for number in range(1, len(entries) + 1))]:
            address = f"{DRAFT}{section.slug}/{page}"
            client.post(address, filled_in(client.get(address)))
    assert answers() == told


def test_a_page_with_errors_keeps_what_was_typed(amara: Client) -> None:
    factories.draft(AMARA)
    wrong = typed(AMARA.answers(ON), "work", 1) | {"hours_per_week": "full <time>", "start_date_month": "13"}
    page = send(amara, "work/1/", wrong)
    assert page.status_code == 200
    assert filled_in(page).items() >= wrong.items()
    assert "2 things to fix on this page" in words_of(page)
    assert page.content.decode().count("<title>Error:") == 1


def test_a_page_with_errors_changes_no_answer(amara: Client) -> None:
    factories.draft(AMARA)
    send(amara, "family/", typed(AMARA.answers(ON), "family") | {"family_size": "0"})
    assert answers() == AMARA.answers(ON)


def test_wrong_values_are_kept_until_they_are_mended(amara: Client) -> None:
    factories.draft(AMARA)
    send(amara, "family/", {"marital_status": "never_married", "family_size": "two"}, exit="yes")
    page = amara.get(f"{DRAFT}family/")
    assert filled_in(page)["family_size"] == "two"
    assert "‘two’ is not a number" in words_of(page)
    send(amara, "family/", {"marital_status": "never_married", "family_size": "2"})
    assert answers()["family_size"] == 2
    assert Draft.objects.get().unfinished == {}


def test_what_was_typed_can_be_thrown_away_for_what_was_saved(amara: Client) -> None:
    factories.draft(AMARA)
    send(amara, "family/", {"marital_status": "never_married", "family_size": "two"}, exit="yes")
    send(amara, "family/", {}, forget="yes")
    assert filled_in(amara.get(f"{DRAFT}family/"))["family_size"] == "1"
    assert Draft.objects.get().unfinished == {}


def test_save_and_exit_saves_a_whole_page(amara: Client) -> None:
    factories.draft(AMARA)
    told = typed({**AMARA.answers(ON), "family_size": 4}, "family")
    response = send(amara, "family/", told, exit="yes")
    assert response.headers["Location"] == "/en/account/"
    assert answers()["family_size"] == 4


def test_save_and_exit_says_that_a_wrong_page_needs_attention(amara: Client) -> None:
    factories.draft(AMARA)
    send(amara, "family/", {"family_size": "two"}, exit="yes")
    words = words_of(amara.get("/en/account/"))
    assert "What you typed is kept as it is. Marital status and family still needs your attention." in words


def test_save_and_add_another_leads_to_an_empty_entry(amara: Client) -> None:
    factories.draft(AMARA)
    told = typed(BEN.answers(ON), "work", 1)
    response = send(amara, "work/add/", told, another="yes")
    assert response.headers["Location"] == f"{DRAFT}work/add/"
    assert len(answers()["work"]) == 2
    assert set(filled_in(amara.get(f"{DRAFT}work/add/"))) == {"seen"}


def test_saying_that_there_is_something_to_add_leads_to_its_page(amara: Client) -> None:
    factories.empty_draft(AMARA)
    response = send(amara, "relatives/", {"answered": "yes"})
    assert response.headers["Location"] == f"{DRAFT}relatives/add/"
    assert "relatives_in_canada" not in answers()


def test_saying_that_there_is_nothing_to_add_answers_the_section(amara: Client) -> None:
    factories.empty_draft(AMARA)
    for slug in ("relatives", "job-offer"):
        assert send(amara, f"{slug}/", {"answered": "no"}).headers["Location"] == DRAFT
    assert answers() == {"relatives_in_canada": [], "job_offer": None}


def test_an_entry_is_taken_out_after_a_question(amara: Client) -> None:
    factories.draft(AMARA)
    page = amara.get(f"{DRAFT}study/1/delete/")
    assert "Remove this entry?" in words_of(page)
    assert len(answers()["education"]) == 2
    amara.post(f"{DRAFT}study/1/delete/", filled_in(page))
    assert answers()["education"] == AMARA.answers(ON)["education"][1:]


def test_taking_an_entry_out_moves_the_unfinished_ones_behind_it_up(amara: Client) -> None:
    factories.draft(AMARA)
    send(amara, "study/2/", typed(AMARA.answers(ON), "study", 2) | {"level": "wizard"}, exit="yes")
    amara.post(f"{DRAFT}study/1/delete/", filled_in(amara.get(f"{DRAFT}study/1/delete/")))
    assert list(Draft.objects.get().unfinished) == ["study/1"]


def test_the_last_entry_gone_leaves_the_answer_none(amara: Client) -> None:
    factories.draft(AMARA, job_offer=RICH["job_offer"])
    amara.post(f"{DRAFT}job-offer/1/delete/", filled_in(amara.get(f"{DRAFT}job-offer/1/delete/")))
    assert answers()["job_offer"] is None


def test_a_second_job_offer_is_not_asked_for(amara: Client) -> None:
    factories.draft(AMARA, job_offer=RICH["job_offer"])
    assert amara.get(f"{DRAFT}job-offer/add/").headers["Location"] == f"{DRAFT}job-offer/1/"


def test_an_entry_that_is_not_there_is_a_missing_page(amara: Client) -> None:
    factories.draft(AMARA)
    for page in ("work/2/", "work/0/", "work/2/delete/", "work/99999999999999999999/", "plans/add/", "no/"):
        assert amara.get(DRAFT + page).status_code == 404, page


def test_the_partners_pages_are_missing_for_who_has_none(amara: Client) -> None:
    factories.draft(AMARA)
    assert amara.get(f"{DRAFT}partner/").status_code == 404


def test_a_partner_who_is_gone_leaves_their_answers_in_the_draft(client: Client) -> None:
    client.force_login(factories.account(BEN))
    told = factories.draft(BEN).answers
    send(client, "family/", typed({**told, "marital_status": "divorced"}, "family"))
    assert answers()["spouse"] == told["spouse"]


def test_the_primary_occupation_is_one_of_the_jobs(amara: Client) -> None:
    factories.draft(AMARA)
    page = send(amara, "work/", {"primary_occupation_noc": "00010"})
    assert "error-summary" in page.content.decode()
    assert answers()["primary_occupation_noc"] == "21232"


def test_a_list_has_a_limit_and_what_was_typed_beyond_it_stays(amara: Client) -> None:
    jobs = [job(ON, "21232", "NG", 9, 8) for _number in range(MOST_ENTRIES)]
    factories.draft(AMARA, work=jobs)
    told = typed(EMEKA.answers(ON), "work", 1)
    page = send(amara, "work/add/", told)
    assert "A list holds at most 40 entries here." in words_of(page)
    assert filled_in(page).items() >= told.items()


def test_a_date_that_is_still_to_come_is_refused_at_its_field(amara: Client) -> None:
    factories.draft(AMARA)
    told = typed(AMARA.answers(ON), "languages", 1) | {"date_taken_year": "2027"}
    assert "is still to come" in words_of(send(amara, "languages/1/", told))


def test_a_score_is_judged_by_the_scale_of_its_test(amara: Client) -> None:
    factories.draft(AMARA)
    told = typed(AMARA.answers(ON), "languages", 1) | {"reading": "7.3"}
    words = words_of(send(amara, "languages/1/", told))
    assert "7.3 is no score of IELTS General Training." in words


def test_the_pages_speak_french(client: Client) -> None:
    client.force_login(factories.account(AMARA))
    factories.draft(AMARA)
    for page in ("", "work/", "work/1/", "languages/add/", "check/", "result/", "sign/"):
        assert client.get(f"/fr/account/draft/{page}").status_code == 200


def test_french_numbers_may_have_a_comma(client: Client) -> None:
    client.force_login(factories.account(AMARA))
    factories.draft(AMARA)
    address = "/fr/account/draft/work/1/"
    told = typed(AMARA.answers(ON), "work", 1) | {"hours_per_week": "37,5"}
    client.post(address, {**told, "seen": filled_in(client.get(address))["seen"]})
    assert answers()["work"][0]["hours_per_week"] == 37.5


def test_an_unfinished_credential_may_lack_its_day_of_completion(amara: Client) -> None:
    factories.empty_draft(AMARA)
    told = {"level": "masters", "country": "FR", "unfinished": "on"}
    send(amara, "study/add/", told)
    assert answers()["education"][0]["completion_date"] is None


def test_days_are_kept_as_they_were_typed(amara: Client) -> None:
    factories.empty_draft(AMARA)
    send(amara, "personal/", typed(AMARA.answers(ON), "personal"))
    assert answers()["birth_date"] == years_before(ON, 29.5)
